const month =
  'jan|ene|gen|feb|fev|fév|mar|mär|apr|abr|avr|may|mai|mag|jun|giu|juin|jul|lug|juil|aug|ago|aoû|sep|set|oct|okt|ott|out|nov|dec|dez|dic|déc';
/** Leading zeros, more digits than are shown, zeros behind the point, exponents; days, times, fractions, percentages; an apostrophe. */
const reread = new RegExp(
  String.raw`^\s*(?:[-+]?0\d[\d.,]*|\d{12,}|\d+[.,]\d*0|[-+]?\d+(?:[.,]\d*)?e[-+]?\d+|\d{1,4}[-/.]\d{1,4}(?:[-/.]\d{1,4})?|\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?|\d+(?:[.,]\d+)? ?%|\d+ \d+/\d+|(?:\d{1,4}[-/. ]*)?(?:${month})\p{L}*[-/. ]*\d{0,4}|true|false)\s*$|^'`,
  'iu',
);

/** Whether a spreadsheet that opens a CSV would make another value of a text: `00123456`, `12E5`, `3-11`. */
export function isReread(text: string): boolean {
  return text.length < 100 && /\d|^(?:true|false)$|^'/i.test(text) && reread.test(text);
}
