/** The bottom of the head while it covers the page's top, else 0. */
export function findVisibleTop(): number {
  return Math.max(0, document.querySelector('.head')?.getBoundingClientRect().bottom ?? 0);
}
