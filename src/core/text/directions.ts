const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A text that others follow on the same line: read from right to left, it would pull digits behind it to its other side.
 * Texts without such letters stay as they are, so that they are found and copied without marks.
 */
export function isolateDirection(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** Marks, embeddings, overrides and isolates: all that Unicode has to turn the direction of text. */
const directional = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

const rightToLeftLetters = /(?=\p{L})[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/gu;

/** As phones are copied out of address books: an embedding or isolate around nothing but the number. */
const aroundNumber = /([\u202a\u2066\u2068])[\d\s+().,/-]{1,40}([\u202c\u2069])/g;

/** No text needs more marks in a row, and a message can be written in them. */
const maxMarks = 2;

interface DirectionalCharacter {
  readonly at: number;
  readonly character: string;
}

/**
 * Indices of directional characters that can stay as they are, because they show the text as its writer saw it: left-to-right
 * marks, and with letters that are read from the right in the same line also the other marks and what is closed in that line.
 * In a line with an override, none is. What isn't closed, or turns Latin text around, is how text is forged (Trojan Source).
 */
export function findHarmlessDirections(text: string): ReadonlySet<number> {
  const harmless = new Set<number>();
  if (text.search(directional) === -1) return harmless;
  let start = 0;
  for (const line of text.split('\n')) {
    for (const at of findHarmlessInLine(line)) harmless.add(start + at);
    start += line.length + 1;
  }
  return harmless;
}

function findHarmlessInLine(line: string): readonly number[] {
  if (/[\u202d\u202e]/.test(line)) return [];
  const found = [...line.matchAll(directional)].map(({ index, 0: character }) => ({ at: index, character }));
  const letters = [...line.matchAll(rightToLeftLetters)].map(({ index }) => index);
  const isTurned = letters.length > 0;
  const marks = found.filter(
    ({ character }) => character === '\u200e' || (isTurned && /[\u200f\u061c]/.test(character)),
  );
  const numbers = [...line.matchAll(aroundNumber)].flatMap(({ index, 0: whole, 1: open, 2: close }) =>
    (open === '\u202a') === (close === '\u202c') ? [index, index + whole.length - 1] : [],
  );
  return [...dropLongRuns(marks), ...numbers, ...(isTurned ? findClosed(letters, found) : [])];
}

function dropLongRuns(marks: readonly DirectionalCharacter[]): readonly number[] {
  const rows: number[][] = [];
  for (const { at } of marks) {
    const row = rows.at(-1);
    if (row !== undefined && row.at(-1) === at - 1) row.push(at);
    else rows.push([at]);
  }
  return rows.filter(({ length }) => length <= maxMarks).flat();
}

/** Embeddings and isolates that are closed in their order. One that turns text to the left needs letters for it. */
function findClosed(letters: readonly number[], found: readonly DirectionalCharacter[]): readonly number[] {
  const closed: number[] = [];
  const open: DirectionalCharacter[] = [];
  let passed = 0;
  for (const each of found) {
    if (/[\u202a\u202b\u2066-\u2068]/.test(each.character)) open.push(each);
    else if (/[\u202c\u2069]/.test(each.character)) {
      const opener = open.pop();
      if (opener === undefined) continue;
      const isPair = /[\u202a\u202b]/.test(opener.character) === (each.character === '\u202c');
      // What is crossed is not closed: neither is anything around it.
      if (!isPair) return closed;
      while ((letters[passed] ?? Infinity) < each.at) passed += 1;
      const hasLetters = (letters[passed - 1] ?? -1) > opener.at;
      if (hasLetters || !/[\u202b\u2067]/.test(opener.character)) closed.push(opener.at, each.at);
    }
  }
  return closed;
}
