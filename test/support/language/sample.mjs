// Picks texts at random, so that a person can judge how the project reads.

/** Picks `count` different texts of a kind: the same ones for the same seed and texts. */
export function sampleTexts(texts, kind, count, seed) {
  const left = [
    ...new Map(texts.filter((each) => each.kind === kind).map((each) => [plain(each.text), each])).entries(),
  ];
  const random = randomNumbers(seed);
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [[text, { file, line }]] = left.splice(Math.floor(random() * left.length), 1);
    return { file, line, text };
  });
}

function plain(text) {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Numbers from 0 up to 1 by the mulberry32 generator. */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
