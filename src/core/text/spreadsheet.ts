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
export function escapeFormula(text: string, isText = false): string {
  if (!isText && number.test(text)) return text;
  return `${isText || formula.test(text) ? "'" : ''}${text.replace(formulaWithin, "'")}`;
}

const month =
  'jan|ene|gen|feb|fev|fév|mar|mär|apr|abr|avr|may|mai|mag|jun|giu|juin|jul|lug|juil|aug|ago|aoû|sep|set|oct|okt|ott|out|nov|dec|dez|dic|déc';
/** Leading zeros, more digits than are shown, zeros behind the point, exponents; days, times, fractions, percentages; an apostrophe. */
const reinterpreted = new RegExp(
  String.raw`^\s*(?:[-+]?0\d[\d.,]*|\d{12,}|\d+[.,]\d*0|[-+]?\d+(?:[.,]\d*)?e[-+]?\d+|\d{1,4}[-/.]\d{1,4}(?:[-/.]\d{1,4})?|\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?|\d+(?:[.,]\d+)? ?%|\d+ \d+/\d+|(?:\d{1,4}[-/. ]*)?(?:${month})\p{L}*[-/. ]*\d{0,4}|true|false)\s*$|^'`,
  'iu',
);

/** Whether a spreadsheet that opens a CSV would make another value of a text: `00123456`, `12E5`, `3-11`. */
export function isReinterpreted(text: string): boolean {
  return text.length < 100 && /\d|^(?:true|false)$|^'/i.test(text) && reinterpreted.test(text);
}
