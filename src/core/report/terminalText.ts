/** Control characters, and characters that reorder or break lines. Line breaks and tabs are left. */
const active = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Surrogate}]/gu;

/**
 * Makes untrusted text safe to print: control characters become their codes, such as `\u001b`, and GitHub Actions finds
 * no `##[command]` in it. `indentLines` also prevents `::command::`.
 */
export function toTerminalText(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(active, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('##[', '## [');
}

/** Like `toTerminalText`, on one line. */
export function toTerminalLine(text: string): string {
  return toTerminalText(text).replaceAll('\n', '\\n').replaceAll('\t', ' ');
}

/**
 * Starts all lines but the first with a mark. GitHub Actions ignores leading space, so white space alone doesn't keep it
 * from reading a line that starts with `::` as a command.
 */
export function indentLines(text: string, mark = '  | '): string {
  return text.replaceAll('\n', `\n${mark}`);
}
