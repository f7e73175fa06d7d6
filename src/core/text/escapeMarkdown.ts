import { toVisibleLine } from './title';
import { MentionBreaker, breakMentions } from './mentions';

/** Escapes text for one line of Markdown. A single dollar sign needs no escape: a formula takes two. */
export function escapeInline(text: string): string {
  // VS Code 1.100 shows no preview if a heading contains a lone surrogate.
  const line = toVisibleLine(text)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();
  const special = line.indexOf('$') === line.lastIndexOf('$') ? /[\\`*_[\]<>&|~#]/g : /[\\`*_[\]<>&|~#$]/g;
  return breakMentions(breakBareUrls(line.replace(special, '\\$&')));
}

/** Prevents links from bare URLs: viewers treat backslashes in a bare URL as part of it, which undoes the escapes. */
function breakBareUrls(line: string): string {
  return line.replace(/:(?=\/\/)|www(?=\.)/gi, '$&\\');
}

/** Formats one line of code, with more backticks around it than in it. */
export function formatCodeSpan(text: string): string {
  const line = toVisibleLine(text).trim();
  if (line === '') return '';
  const ticks = '`'.repeat(findLongestRun(line, '`') + 1);
  return line.startsWith('`') || line.endsWith('`') ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

/** Formats a code block with a fence longer than any in the text. */
export function formatCodeBlock(text: string, language: string): string {
  const fence = createFence(text);
  return `${fence}${language}\n${text}\n${fence}`;
}

function createFence(text: string): string {
  return '`'.repeat(Math.max(3, findLongestRun(text, '`') + 1));
}

/** A code block in untrusted text. */
interface FencedCode {
  readonly fence: string;
  /** As written; may contain anything. */
  readonly language: string;
  readonly opening: string;
  readonly lines: string[];
}

/**
 * Quotes untrusted text with its Markdown, but escapes everything that reaches outside the quotation or isn't plain
 * text. Code blocks get our own fences, so that every viewer ends them at the same line.
 */
export function quoteMarkdown(text: string): string {
  const marks = text.indexOf('$') === text.lastIndexOf('$') ? activeMarkup : activeMarkupOrMath;
  const lines: string[] = [];
  const mentions = new MentionBreaker();
  let code: FencedCode | undefined;
  // Lists can end fences in ways that this parser doesn't track: from there on, it escapes code too.
  let isSure = true;
  for (const line of text.split(/\r\n?|\n/)) {
    if (code !== undefined) {
      const end = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
      if (end?.startsWith(code.fence) === true) {
        for (const each of refenceCode(code, line)) lines.push(each);
        code = undefined;
      } else {
        code.lines.push(line);
      }
      continue;
    }
    const [, indentation, fence, language = ''] = fenceAndLanguage.exec(line) ?? [];
    isSure &&= fence === undefined ? !/^[ \t\d.)>*+-]+(?:`{3}|~{3})/.test(line) : indentation === '';
    if (isSure && fence !== undefined) code = { fence, language: language.trim(), opening: line, lines: [] };
    else lines.push(mentions.breakLine(escapeLine(line, marks)));
  }
  if (code !== undefined) for (const each of refenceCode(code)) lines.push(each);
  return lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
}

const fenceAndLanguage = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})([^]*)$/;

/** Languages that viewers only highlight. For others, such as diagrams, they may render the code and load content. */
const highlightedLanguages = new Set([
  '',
  ...(
    'bash c cpp cs csharp css csv diff go graphql html http ini java javascript js json jsonc jsx kotlin log ' +
    'md markdown php plaintext powershell py python rb ruby rs rust sh shell sql swift text toml ts tsx txt ' +
    'typescript xml yaml yml'
  ).split(' '),
]);

const isHighlightedLanguage = (language: string): boolean => highlightedLanguages.has(language.toLowerCase());

/**
 * Replaces the fences. If the language isn't a highlighted one, the original fences become part of the code, so that no
 * text is lost.
 */
function refenceCode({ language, opening, lines }: FencedCode, end?: string): readonly string[] {
  const known = isHighlightedLanguage(language);
  const within = known ? lines : [opening, ...lines, ...(end === undefined ? [] : [end])];
  const fence = createFence(within.join('\n'));
  return [`${fence}${known ? language : ''}`, ...within, fence];
}

/** Matches one mark at a time: a repeated group fails on millions of marks. */
const listOrQuoteMark = /[ \t]*(?:[-*+>]|\d{1,9}[.)])/y;

/** HTML, images, link definitions, and links other than to the web. */
const activeMarkup = /<(?=[A-Za-z/!?])|!(?=\[)|\](?=:)|\](?=\((?!https?:\/\/))/gi;
/** Also dollar signs: two of them make a formula, which can include a fence. */
const activeMarkupOrMath = new RegExp(`${activeMarkup.source}|\\$`, 'gi');

function escapeLine(line: string, markup: RegExp): string {
  if (/^[ \t>]*(?:=+|-+)[ \t]*$/.test(line)) return line.replace(/[=-]/, '\\$&');
  const begin = findContentStart(line);
  const rest = line.slice(begin);
  const start = startsBlock(rest) ? '\\' : '';
  return line.slice(0, begin) + start + rest.replace(/[^ \t]+/g, (word) => escapeWord(word, markup));
}

/** Returns the index of the text after list and quotation marks. */
function findContentStart(line: string): number {
  let end = 0;
  for (listOrQuoteMark.lastIndex = 0; listOrQuoteMark.test(line);) end = listOrQuoteMark.lastIndex;
  while (line[end] === ' ' || line[end] === '\t') end += 1;
  return end;
}

function escapeWord(word: string, markup: RegExp): string {
  const escaped = word.replace(markup, (found, at: number) => (isEscaped(word, at) ? found : `\\${found}`));
  const address = word.search(/:\/\/|www\./i);
  return address >= 0 && word.slice(address).search(markup) >= 0 ? breakBareUrls(escaped) : escaped;
}

/** Matches headings, colon fences of some viewers, and fences with a language that viewers may render. */
function startsBlock(line: string): boolean {
  if (/^(?:#{1,6}(?:[ \t]|$)|:{3})/.test(line)) return true;
  const language = fenceAndLanguage.exec(line)?.[3];
  return language !== undefined && !isHighlightedLanguage(language.trim());
}

/** Another backslash would undo the existing one. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function findLongestRun(text: string, character: string): number {
  let max = 0;
  let run = 0;
  for (const each of text) {
    run = each === character ? run + 1 : 0;
    if (run > max) max = run;
  }
  return max;
}
