/**
 * Breaks GitHub's mentions, which notify people, and links from `#123`, `GH-123`, and commit hashes. GitHub looks for
 * them in rendered text, so backslashes and entities don't help (github/cmark-gfm#181).
 */
const comment = '<!-- -->';

/** After a backslash, its `#` is plain text. */
const entity = (decimal: string, hexadecimal: string): string =>
  String.raw`(?<!\\)&#(?:0*(?:${decimal})|x0*(?:${hexadecimal}));`;

/** Excludes the `@` of email addresses, except after a URL. Looks back only from the `@`. */
const notInMail = String.raw`(?<!(?<!\S)[A-Za-z\d._+-]*[A-Za-z\d]@)`;
/** Includes `@` in URLs, because viewers differ in what they treat as a URL. */
const at = String.raw`(?:@${notInMail}|${entity('64', '40')}|&commat;)(?=[A-Za-z\d&])`;
const hash = String.raw`(?:(?<!(?<!\\)&(?=#\d{1,7};|#x[\da-f]{1,6};))#|${entity('35', '23')}|&num;)(?=[\d&])`;
const gh = String.raw`(?:(?<![A-Za-z\d])G|${entity('71|103', '[46]7')})(?:H|${entity('72|104', '[46]8')})(?:\\?-|${entity('45', '2d')})(?=[\d&])`;
/** Excludes parts of UUIDs and URLs, which the comment would break; commit links don't notify people. */
const commit = String.raw`(?<![A-Za-z\d/=-])(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{3}(?=[\da-f]{4,37}(?![A-Za-z\d-]))`;
const reference = new RegExp(`${at}|${hash}|${gh}|${commit}`, 'gi');

/** Breaks mentions and references in Markdown outside of code. */
export function breakMentions(markdown: string): string {
  return markdown.replace(reference, `$&${comment}`);
}

/** Breaks mentions line by line, and leaves code unchanged if it is certainly code. */
export class MentionBreaker {
  /** False if an earlier line of the paragraph may change where code begins. */
  private isSure = true;

  breakLine(markdown: string): string {
    // Only Markdown's blank lines: a no-break space doesn't end a paragraph.
    if (/^[ \t]*$/.test(markdown)) this.isSure = true;
    // Escapes, table cells, URLs, and links can include a backtick, even one on the next line.
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

/** Returns the ranges of code in a line; undefined if its backticks don't pair up. */
function findCode(line: string): readonly (readonly [start: number, end: number])[] | undefined {
  const code: [number, number][] = [];
  const runs = [...line.matchAll(/`+/g)].map(({ 0: ticks, index }) => ({
    length: ticks.length,
    start: index,
    end: index + ticks.length,
  }));
  for (let index = 0; index < runs.length; index += 2) {
    const [opening, closing] = [runs[index], runs[index + 1]];
    // Code that contains backticks is rare, so it counts as unsure.
    if (opening === undefined || closing === undefined || opening.length !== closing.length) return undefined;
    code.push([opening.start, closing.end]);
  }
  return code;
}
