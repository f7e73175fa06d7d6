/** What spreadsheets take for the beginning of a formula; also behind blanks and quotes, and in the full width of East Asian text. */
const formula = /^[\s"']*[=+\-@＝＋－＠]|^[\t\r\n]/;
const number = /^-?\d+(?:\.\d+)?$/;

/**
 * The same within a cell, where a spreadsheet that separates by semicolons or tabs, as in much of Europe, begins another one. A
 * list's item that can call nothing is left as it is. It looks back from what begins a formula: from each blank on, a run of
 * blanks would be looked through again and again.
 */
const formulaWithin = /(?=[-=+@＝＋－＠])(?<=[;\t\r\n][\s"']*)(?!- [^=|!(;\t\r\n]*(?:[;\t\r\n]|$))/g;

/**
 * A cell that can't start a formula: an apostrophe makes it text, as it does where somebody types it in.
 * @param isText whether a number must stay text too
 */
export function unstarted(text: string, isText = false): string {
  if (!isText && number.test(text)) return text;
  return `${isText || formula.test(text) ? "'" : ''}${text.replace(formulaWithin, "'")}`;
}
