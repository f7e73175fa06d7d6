import { toVisibleLine } from './label';
import { MentionBreaker, breakMentions } from './mentions';

/** One line of text that Markdown shows as it is. A dollar sign matters only where another one makes a formula with it. */
export function escapeInline(text: string): string {
  // Half of a character in a heading has VS Code 1.100 show no preview at all.
  const line = toVisibleLine(text)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();
  const special = line.indexOf('$') === line.lastIndexOf('$') ? /[\\`*_[\]<>&|~#]/g : /[\\`*_[\]<>&|~#$]/g;
  return breakMentions(breakBareUrls(line.replace(special, '\\$&')));
}

/** Where a viewer makes a link of a bare address, it takes the backslashes within for a part of it: what they escaped is free. */
function breakBareUrls(line: string): string {
  return line.replace(/:(?=\/\/)|www(?=\.)/gi, '$&\\');
}

/** One line of code. Its backticks are outnumbered, so that they don't end it. */
export function formatCodeSpan(text: string): string {
  const line = toVisibleLine(text).trim();
  if (line === '') return '';
  const ticks = '`'.repeat(findLongestRun(line, '`') + 1);
  return line.startsWith('`') || line.endsWith('`') ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`;
}

/** A block of code whose fence is longer than any within. */
export function formatCodeBlock(text: string, language: string): string {
  const fence = createFence(text);
  return `${fence}${language}\n${text}\n${fence}`;
}

function createFence(text: string): string {
  return '`'.repeat(Math.max(3, findLongestRun(text, '`') + 1));
}

/** Code between a stranger's fences. */
interface FencedCode {
  readonly fence: string;
  /** As they wrote it, whatever it holds. */
  readonly language: string;
  readonly opening: string;
  readonly lines: string[];
}

/**
 * What somebody wrote, as a quotation: whatever block they open ends with the quotation. Their Markdown stays, but for
 * what would reach out of it: headings, HTML, images that load from elsewhere, links to anything but the web,
 * definitions that hold everywhere, and what a viewer may draw or take for something else: formulas, diagrams and other
 * blocks of its own; on GitHub also mentions, and links to issues and commits. Their code stands between fences of our own, so that every viewer finds the same end.
 */
export function quoteMarkdown(text: string): string {
  const marks = text.indexOf('$') === text.lastIndexOf('$') ? activeMarkup : activeMarkupOrMath;
  const lines: string[] = [];
  const mentions = new MentionBreaker();
  let code: FencedCode | undefined;
  // A fence within a list ends with the list, which is more than this can tell: from there on all is tamed, also code.
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

/** Words behind a fence that have a viewer colour the code, and do no more. Others may have it drawn, and what it names loaded. */
const highlightedLanguages = new Set(
  [
    '',
    'bash',
    'c',
    'cpp',
    'cs',
    'csharp',
    'css',
    'csv',
    'diff',
    'go',
    'graphql',
    'html',
    'http',
    'ini',
    'java',
    'javascript',
    'js',
    'json',
  ]
    .concat([
      'jsonc',
      'jsx',
      'kotlin',
      'log',
      'md',
      'markdown',
      'php',
      'plaintext',
      'powershell',
      'py',
      'python',
      'rb',
      'ruby',
      'rs',
      'rust',
    ])
    .concat(['sh', 'shell', 'sql', 'swift', 'text', 'toml', 'ts', 'tsx', 'txt', 'typescript', 'xml', 'yaml', 'yml']),
);

const isHighlightedLanguage = (language: string): boolean => highlightedLanguages.has(language.toLowerCase());

/** With other words behind its fence, their fence is part of the code: no word is lost. */
function refenceCode({ language, opening, lines }: FencedCode, end?: string): readonly string[] {
  const known = isHighlightedLanguage(language);
  const within = known ? lines : [opening, ...lines, ...(end === undefined ? [] : [end])];
  const fence = createFence(within.join('\n'));
  return [`${fence}${known ? language : ''}`, ...within, fence];
}

/** One at a time: for a group that repeats, the engine keeps each repetition, and fails at millions. */
const listOrQuoteMark = /[ \t]*(?:[-*+>]|\d{1,9}[.)])/y;

/** HTML; images; what defines a link; links to something else than the web. */
const activeMarkup = /<(?=[A-Za-z/!?])|!(?=\[)|\](?=:)|\](?=\((?!https?:\/\/))/gi;
/** The same, and dollars: two of them make a formula, which may take a fence with it. */
const activeMarkupOrMath = new RegExp(`${activeMarkup.source}|\\$`, 'gi');

function escapeLine(line: string, markup: RegExp): string {
  if (/^[ \t>]*(?:=+|-+)[ \t]*$/.test(line)) return line.replace(/[=-]/, '\\$&');
  const begin = findContentStart(line);
  const rest = line.slice(begin);
  const start = startsBlock(rest) ? '\\' : '';
  return line.slice(0, begin) + start + rest.replace(/[^ \t]+/g, (word) => escapeWord(word, markup));
}

/** Index of the text behind the marks of lists and quotations. */
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

/** A heading; colons that some viewers take for a fence; a fence with words behind it that they may act on. */
function startsBlock(line: string): boolean {
  if (/^(?:#{1,6}(?:[ \t]|$)|:{3})/.test(line)) return true;
  const language = fenceAndLanguage.exec(line)?.[3];
  return language !== undefined && !isHighlightedLanguage(language.trim());
}

/** A second backslash would only undo the first. */
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
