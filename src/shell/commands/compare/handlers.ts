import { commands } from '../../../manifest';
import { createCompareSelected } from './compareSelected';
import { createCompareWithSelected } from './compareWithSelected';
import type { CompareDeps } from './deps';
import { createSelectForCompare } from './selectForCompare';

export interface CompareCommandsDeps extends CompareDeps {
  /** What is shown side by side: by an address of either side, or the one that has the focus. */
  readonly comparisons: () => Promise<{ openSide(side: 'left' | 'right', address: unknown): void }>;
}

/** The commands that compare conversations, and those of a comparison. */
export function compareHandlers(dependencies: CompareCommandsDeps) {
  const { comparisons } = dependencies;
  return {
    [commands.selectForCompare]: createSelectForCompare(dependencies),
    [commands.compareWithSelected]: createCompareWithSelected(dependencies),
    [commands.compareSelected]: createCompareSelected(dependencies),
    [commands.openLeft]: async (address: unknown) => (await comparisons()).openSide('left', address),
    [commands.openRight]: async (address: unknown) => (await comparisons()).openSide('right', address),
  };
}
