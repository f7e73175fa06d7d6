// Counts how often each position of a script ran, from V8's coverage.

/**
 * V8 reports nested ranges, of functions and of blocks in them: the innermost range that contains a position has its count.
 * @param functions of one script's entry in a file of NODE_V8_COVERAGE
 * @returns `at` returns the count of a position, and `of` that of the function that starts exactly there, if any
 */
export function createCounts(functions) {
  const ranges = functions.flatMap(({ ranges: [whole, ...blocks] }) => [{ ...whole, whole: true }, ...blocks]);
  ranges.sort((one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset);
  const calls = new Map(ranges.filter(({ whole }) => whole).map(({ startOffset, count }) => [startOffset, count]));
  const around = surroundings(ranges);
  const at = (place) => {
    for (let index = lastBefore(ranges, place); index >= 0; index = around[index]) {
      const { startOffset, endOffset, count, whole } = ranges[index];
      // A function that starts here is only created here. The script itself runs.
      const made = whole && startOffset === place && startOffset > 0;
      if (endOffset > place && !made) return count;
    }
    return 0;
  };
  return { of: (place) => calls.get(place), at };
}

/** For each range, the index of the surrounding one, or -1. */
function surroundings(ranges) {
  const open = [];
  return ranges.map(({ startOffset }, index) => {
    while (open.length > 0 && ranges[open.at(-1)].endOffset <= startOffset) open.pop();
    open.push(index);
    return open.at(-2) ?? -1;
  });
}

/** The last range that starts at or before the position. */
function lastBefore(ranges, place) {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle].startOffset <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
