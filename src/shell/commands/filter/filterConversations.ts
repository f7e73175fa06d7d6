import type { Filter } from '../../../core/model/query';
import { withPart } from '../../../core/view/filter';
import { askForAi } from './aiStep';
import type { Answer } from './ask';
import { askForAssistant, type KnownAssistants } from './assistantStep';
import { askForCost, askForMessages } from './boundSteps';
import { askForDates } from './datesStep';
import type { FilterDeps, FilterPart } from './deps';
import { askForLabel } from './labelStep';
import { askForPart } from './overview';
import { askForWords } from './textStep';
import { askForType } from './typeStep';

/**
 * `Filter Conversations…`: shows what is set; each part has its own step, which comes back here. Every change applies at
 * once. Also for `Change Filter…`, which is the same with another icon.
 */
export function createFilterConversations(deps: FilterDeps): () => Promise<void> {
  const known: KnownAssistants = new WeakMap();
  return async () => {
    let part: FilterPart | undefined;
    for (;;) {
      part = await askForPart(deps, part);
      if (part === undefined) return;
      const after = await change(part, deps, known);
      if (after === 'closed') return;
    }
  };
}

function change(part: FilterPart, deps: FilterDeps, known: KnownAssistants): Promise<'changed' | 'back' | 'closed'> {
  switch (part) {
    case 'type':
      return apply(deps, part, askForType(deps));
    case 'assistant':
      return apply(deps, part, askForAssistant(deps, known));
    case 'dates':
      return apply(deps, part, askForDates(deps));
    case 'aiEnabled':
      return apply(deps, part, askForAi(deps.viewState));
    case 'minMessages':
      return apply(deps, part, askForMessages(deps.viewState));
    case 'minCost':
      return apply(deps, part, askForCost(deps.viewState));
    case 'label':
      return apply(deps, part, askForLabel(deps.viewState));
    case 'text':
      return apply(deps, part, askForWords(deps.viewState));
  }
}

async function apply<Part extends FilterPart>(
  { viewState }: FilterDeps,
  part: Part,
  asked: Promise<Answer<Filter[Part] | undefined>>,
): Promise<'changed' | 'back' | 'closed'> {
  const answer = await asked;
  if (answer.kind !== 'chosen') return answer.kind;
  await viewState.setFilter(withPart(viewState.filter, part, answer.value));
  return 'changed';
}
