import { assertNever } from '../../../core/util/assertNever';
import type { MatchNode, ResultNode } from '../../search/nodes';
import type { PagePlace } from '../../../protocol/details';
import type { SearchDeps } from './deps';

interface ResultActions extends Pick<SearchDeps, 'selection' | 'open' | 'loadMore'> {
  readonly goOn: () => Promise<void>;
}

/** Does what the selected row of the results stands for: opens the transcript there, or searches what was not searched. */
export function actOnResult({ selection, open, loadMore, goOn }: ResultActions) {
  return async (): Promise<void> => {
    const [node, another] = await selection();
    if (node !== undefined && another === undefined) await act(node);
  };

  async function act(node: ResultNode): Promise<void> {
    switch (node.kind) {
      case 'conversation':
        return;
      case 'match':
        return open(node.parent.conversationId, { preserveFocus: true, place: placeOf(node) });
      case 'rest':
        return open(node.parent.conversationId, { preserveFocus: true });
      case 'notice':
        return node.about === 'leftOut' ? goOn() : loadMore();
      default:
        return assertNever(node);
    }
  }
}

function placeOf({ match: { place, found } }: MatchNode): PagePlace {
  switch (place.part) {
    case 'variables':
      return { part: place.part, found };
    case 'message':
      return { part: place.part, turn: place.turn, found };
    default:
      return { part: place.part, turn: place.turn, call: place.call, found };
  }
}
