const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Isolates right-to-left text, which would otherwise reorder digits after it. Other text is unchanged, so that it can
 * be found and copied without marks.
 */
export function isolateDirection(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** All directional formatting characters: marks, embeddings, overrides, and isolates. */
const directional = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

const rightToLeftLetters = /(?=\p{L})[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/gu;

/** An embedding or isolate around only a number, as address books copy phone numbers. */
const aroundNumber = /([\u202a\u2066\u2068])[\d\s+().,/-]{1,40}([\u202c\u2069])/g;

/** No text needs more marks in a row; longer runs can encode a hidden message. */
const maxMarks = 2;

interface DirectionalCharacter {
  readonly at: number;
  readonly character: string;
}

/**
 * Returns the indices of directional characters that show the text as its author saw it. Overrides, unclosed pairs, and
 * pairs that reverse Latin text aren't among them: they can forge text (Trojan Source).
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

/** Finds nested pairs. Right-to-left ones must contain right-to-left letters. */
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
      // Crossed pairs aren't closed, and neither is anything around them.
      if (!isPair) return closed;
      while ((letters[passed] ?? Infinity) < each.at) passed += 1;
      const hasLetters = (letters[passed - 1] ?? -1) > opener.at;
      if (hasLetters || !/[\u202b\u2067]/.test(opener.character)) closed.push(opener.at, each.at);
    }
  }
  return closed;
}
