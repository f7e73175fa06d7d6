import { visible } from './label';

/** One line of text that Markdown shows as it is. A dollar sign matters only where another one makes a formula with it. */
export function escapeInline(text: string): string {
  const line = visible(text).trim();
  const special = line.indexOf('$') === line.lastIndexOf('$') ? /[\\`*_[\]<>&|~#]/g : /[\\`*_[\]<>&|~#$]/g;
  return line.replace(special, '\\$&');
}

/** One line of code. Its backticks are outnumbered, so that they don't end it. */
export function codeSpan(text: string): string {
  const line = visible(text).trim();
  if (line === '') return '';
  const ticks = '`'.repeat(longestRun(line, '`') + 1);
  return line.startsWith('`') || line.endsWith('`') ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

/** A block of code whose fence is longer than any within. */
export function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text, '`') + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/**
 * What somebody wrote, as a quotation: whatever block they open ends with the quotation. Their Markdown stays, but for
 * what would reach out of it: headings, HTML, images that load from elsewhere, links to anything but the web, and
 * definitions that hold everywhere.
 */
export function quotation(text: string): string {
  let fence: string | undefined;
  // A fence within a list ends with the list, which is more than this can tell: from there on all is tamed, also code.
  let isSure = true;
  const lines: string[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    const [, indentation, ticks] = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})/.exec(line) ?? [];
    if (fence === undefined) {
      isSure &&= ticks === undefined ? !/^[ \t\d.)>*+-]+(?:`{3}|~{3})/.test(line) : indentation === '';
      if (isSure) fence = ticks;
      lines.push(fence === undefined ? tamed(line) : line);
    } else {
      if (ticks?.startsWith(fence) && line.trim() === ticks) fence = undefined;
      lines.push(line);
    }
  }
  return lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
}

const listAndQuoteMarks = /^[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*)*/;

/** HTML; images; what defines a link; links to something else than the web. */
const reachesOut = /<(?=[A-Za-z/!?])|!(?=\[)|\](?=:)|\](?=\((?!https?:\/\/))/gi;

function tamed(line: string): string {
  if (/^[ \t>]*(?:=+|-+)[ \t]*$/.test(line)) return line.replace(/[=-]/, '\\$&');
  const marks = listAndQuoteMarks.exec(line)?.[0] ?? '';
  const rest = line.slice(marks.length);
  const start = /^#{1,6}(?:[ \t]|$)/.test(rest) ? '\\' : '';
  return marks + start + rest.replace(reachesOut, (found, at: number) => (isEscaped(rest, at) ? found : `\\${found}`));
}

/** A second backslash would only undo the first. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const each of text) {
    run = each === character ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
