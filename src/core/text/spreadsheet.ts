/** The start of a formula in spreadsheets, also after blanks and quotes, and in full-width characters. */
const formula = /^[\s"']*[=+\-@＝＋－＠]|^[\t\r\n]/;
const number = /^-?\d+(?:\.\d+)?$/;

/**
 * A formula start within a cell, because spreadsheets in much of Europe split cells at semicolons or tabs. Looks back
 * from the formula sign: looking ahead from each blank would take quadratic time.
 */
const formulaWithin = /(?=[-=+@＝＋－＠])(?<=[;\t\r\n][\s"']*)(?!- [^=|!(;\t\r\n]*(?:[;\t\r\n]|$))/g;

/**
 * Prevents a cell from being a formula. An apostrophe marks text, as when typed into a spreadsheet.
 * @param isText whether a number must stay text too
 */
export function escapeFormula(text: string, isText = false): string {
  if (!isText && number.test(text)) return text;
  return `${isText || formula.test(text) ? "'" : ''}${text.replace(formulaWithin, "'")}`;
}

const month =
  'jan|ene|gen|feb|fev|fév|mar|mär|apr|abr|avr|may|mai|mag|jun|giu|juin|jul|lug|juil|aug|ago|aoû|sep|set|oct|okt|ott|out|nov|dec|dez|dic|déc';
/**
 * Leading zeros, too many digits, trailing zeros, exponents, days, times, fractions, percentages, and a leading
 * apostrophe.
 */
const reinterpreted = new RegExp(
  String.raw`^\s*(?:[-+]?0\d[\d.,]*|\d{12,}|\d+[.,]\d*0|[-+]?\d+(?:[.,]\d*)?e[-+]?\d+|\d{1,4}[-/.]\d{1,4}(?:[-/.]\d{1,4})?|\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?|\d+(?:[.,]\d+)? ?%|\d+ \d+/\d+|(?:\d{1,4}[-/. ]*)?(?:${month})\p{L}*[-/. ]*\d{0,4}|true|false)\s*$|^'`,
  'iu',
);

/** Returns whether opening a CSV file in a spreadsheet changes the text: `00123456`, `12E5`, `3-11`. */
export function isReinterpreted(text: string): boolean {
  return text.length < 100 && /\d|^(?:true|false)$|^'/i.test(text) && reinterpreted.test(text);
}
