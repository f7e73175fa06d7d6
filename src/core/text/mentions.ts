/**
 * GitHub makes a mention of `@name`, which notifies that person, and a link of `#123`, `GH-123` and a commit's hash. It does so in the
 * text that Markdown made, so no backslash and no entity helps (github/cmark-gfm#181): an empty comment does, and can't be seen.
 */
const apart = '<!-- -->';

const at = String.raw`(?<![A-Za-z\d])(?:@|(?<!\\)&(?:#0*64|#x0*40|commat);)(?=[A-Za-z\d&])`;
const hash = String.raw`(?:(?<!(?<!\\)&(?=#\d{1,7};|#x[\da-f]{1,6};))#|(?<!\\)&(?:#0*35|#x0*23|num);)(?=[\d&])`;
const prefix = String.raw`(?<![A-Za-z\d])GH-(?=[\d&])`;
/** Of a commit; not of a UUID. */
const commit = String.raw`(?<![A-Za-z\d-])(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{3}(?=[\da-f]{4,37}(?![A-Za-z\d-]))`;
const live = `${at}|${hash}|${prefix}|${commit}`;
/** A link's own address, and a bare one that a viewer makes a link of: nothing within is a mention. */
const address = String.raw`(?:(?<=\]\()https?:\/\/|(?<![A-Za-z\d])https?:\/\/[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+)[A-Za-z\d._~:/?#@&=+,;%$-]*`;
const addressOrLive = new RegExp(`(?<address>${address})|${live}`, 'gi');
const anyLive = new RegExp(live, 'gi');

/** One line of plain text, escaped: also what looks like an address is text. */
export function withoutMentionsInText(escaped: string): string {
  return escaped.replace(anyLive, `$&${apart}`);
}

/** Lines of Markdown. Code stays as it is where it surely is code. */
export class MentionsOut {
  /** Whether no code began in the lines before, within the same paragraph. */
  private isSure = true;

  line(markdown: string): string {
    if (markdown.trim() === '') this.isSure = true;
    if (!markdown.includes('`')) return this.text(markdown);
    const code = this.isSure ? codeIn(markdown) : undefined;
    this.isSure = code !== undefined;
    if (code === undefined) return this.text(markdown);
    let out = '';
    let done = 0;
    for (const [start, end] of code) {
      out += this.text(markdown.slice(done, start)) + markdown.slice(start, end);
      done = end;
    }
    return out + this.text(markdown.slice(done));
  }

  private text(markdown: string): string {
    return markdown.replace(addressOrLive, (found, ...more) => {
      const { address: isAddress } = more.at(-1) as { readonly address?: string };
      return isAddress === undefined ? found + apart : found;
    });
  }
}

/** Where code stands in a line; undefined where it is not sure, as with backslashes, cells of a table, or a backtick too many. */
function codeIn(line: string): readonly (readonly [start: number, end: number])[] | undefined {
  if (/[\\|]/.test(line)) return undefined;
  const code: [number, number][] = [];
  const runs = [...line.matchAll(/`+/g)].map(({ 0: ticks, index }) => ({ length: ticks.length, start: index, end: index + ticks.length }));
  for (let index = 0; index < runs.length; index += 2) {
    const [opening, closing] = [runs[index], runs[index + 1]];
    // Code with backticks in it is rare: that there may be some is enough.
    if (opening === undefined || closing === undefined || opening.length !== closing.length) return undefined;
    code.push([opening.start, closing.end]);
  }
  return code;
}
