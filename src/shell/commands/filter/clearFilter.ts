import type { FilterHolder } from './deps';

/** `Clear Filter`. */
export function createClearFilter({ viewState }: { readonly viewState: FilterHolder }): () => Promise<void> {
  return () => viewState.setFilter({});
}
