/** By which share of itself a list has grown before listeners are told. */
const growthToTell = 0.02;

/**
 * Tells of a list that is read page by page, every page up to 5,000 rows, then more and more seldom: each time, listeners look
 * through all rows. Notified of each page, they would read 50 million rows to load 100,000.
 */
export function whenGrown(tell: () => void): (loaded: number) => void {
  let told = 0;
  return (loaded) => {
    if (loaded < told * (1 + growthToTell)) return;
    told = loaded;
    tell();
  };
}
