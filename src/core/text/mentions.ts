/**
 * GitHub turns `@name` into a mention, which notifies that person, and `#123`, `GH-123`, and a commit's hash into links. It does so in
 * the text that Markdown renders, so neither a backslash nor an entity helps (github/cmark-gfm#181): an empty, invisible comment does.
 */
const comment = '<!-- -->';

/** Behind a backslash, its `#` is text. */
const entity = (decimal: string, hexadecimal: string): string =>
  String.raw`(?<!\\)&#(?:0*(?:${decimal})|x0*(?:${hexadecimal}));`;

/** Not the sign of a mail address; behind a web address, which ends in letters too, it starts a text of its own. Looks back only from the sign. */
const notInMail = String.raw`(?<!(?<!\S)[A-Za-z\d._+-]*[A-Za-z\d]@)`;
/** An address is no exception: whether a viewer takes it for one can't be known for sure. */
const at = String.raw`(?:@${notInMail}|${entity('64', '40')}|&commat;)(?=[A-Za-z\d&])`;
const hash = String.raw`(?:(?<!(?<!\\)&(?=#\d{1,7};|#x[\da-f]{1,6};))#|${entity('35', '23')}|&num;)(?=[\d&])`;
const gh = String.raw`(?:(?<![A-Za-z\d])G|${entity('71|103', '[46]7')})(?:H|${entity('72|104', '[46]8')})(?:\\?-|${entity('45', '2d')})(?=[\d&])`;
/** Not a part of a UUID or of an address, which would break: a link to a commit notifies nobody. */
const commit = String.raw`(?<![A-Za-z\d/=-])(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{3}(?=[\da-f]{4,37}(?![A-Za-z\d-]))`;
const reference = new RegExp(`${at}|${hash}|${gh}|${commit}`, 'gi');

/** Text outside of code, without mentions and references. */
export function breakMentions(markdown: string): string {
  return markdown.replace(reference, `$&${comment}`);
}

/** Removes mentions from lines of Markdown, and leaves code unchanged where it is sure to be code. */
export class MentionBreaker {
  /** Whether no earlier line of the same paragraph can move where code begins. */
  private isSure = true;

  breakLine(markdown: string): string {
    // Markdown's blank lines: a no-break space doesn't end a paragraph.
    if (/^[ \t]*$/.test(markdown)) this.isSure = true;
    // What may take a backtick for its own, also one of the next line: escapes, cells, addresses, and links with their titles.
    this.isSure &&= !/[\\|[\]]|:\/\/|www\./i.test(markdown);
    const code = this.isSure ? findCode(markdown) : undefined;
    this.isSure &&= code !== undefined;
    let result = '';
    let done = 0;
    for (const [start, end] of code ?? []) {
      result += breakMentions(markdown.slice(done, start)) + markdown.slice(start, end);
      done = end;
    }
    return result + breakMentions(markdown.slice(done));
  }
}

/** Where code is in a line; undefined if it has a backtick too many. */
function findCode(line: string): readonly (readonly [start: number, end: number])[] | undefined {
  const code: [number, number][] = [];
  const runs = [...line.matchAll(/`+/g)].map(({ 0: ticks, index }) => ({
    length: ticks.length,
    start: index,
    end: index + ticks.length,
  }));
  for (let index = 0; index < runs.length; index += 2) {
    const [opening, closing] = [runs[index], runs[index + 1]];
    // Code with backticks in it is rare: that there may be some is enough.
    if (opening === undefined || closing === undefined || opening.length !== closing.length) return undefined;
    code.push([opening.start, closing.end]);
  }
  return code;
}
