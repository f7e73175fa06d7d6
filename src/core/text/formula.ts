/** What spreadsheets take for the beginning of a formula; also behind blanks and quotes, and in the full width of East Asian text. */
const formula = /^[\s"']*[=+\-@＝＋－＠]|^[\t\r\n]/;
const number = /^-?\d+(?:\.\d+)?$/;

/** A cell that can't start a formula: an apostrophe makes it text, as it does where somebody types it in. */
export function unstarted(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}
