import type { Filter } from '../../../core/model/query';
import { withPart } from '../../../core/view/filter';
import { commands } from '../../../manifest';
import type { App } from '../../app';
import type { StepResult } from './ask';
import { askForAssistant } from './assistantStep';
import { askForDates } from './datesStep';
import { askForFilter } from './filterBox';
import type { FilterPart } from './filterItems';
import {
  askForAi,
  askForCalls,
  askForCost,
  askForLabel,
  askForMessages,
  askForTextFilter,
  askForTool,
  askForType,
} from './steps';

/** `Change Filter…` is `Filter Conversations…` with another icon. */
export const handlers = {
  [commands.filter]: filterConversations,
  [commands.changeFilter]: filterConversations,
  [commands.clearFilter]: ({ viewState }: App) => viewState.setFilter({}),
};

/** Each part has its own step, which returns here. Every change applies immediately. */
async function filterConversations(app: App): Promise<void> {
  let part: FilterPart | undefined;
  for (;;) {
    part = await askForFilter(app, part);
    if (part === undefined) return;
    const after = await change(app, part);
    if (after === 'closed') return;
  }
}

function change(app: App, part: FilterPart): Promise<'changed' | 'back' | 'closed'> {
  switch (part) {
    case 'type':
      return apply(app, part, askForType(app));
    case 'assistant':
      return apply(app, part, askForAssistant(app));
    case 'dates':
      return apply(app, part, askForDates(app));
    case 'aiEnabled':
      return apply(app, part, askForAi(app));
    case 'minMessages':
      return apply(app, part, askForMessages(app));
    case 'minCost':
      return apply(app, part, askForCost(app));
    case 'label':
      return apply(app, part, askForLabel(app));
    case 'calls':
      return apply(app, part, askForCalls(app));
    case 'tool':
      return apply(app, part, askForTool(app));
    case 'text':
      return apply(app, part, askForTextFilter(app));
  }
}

async function apply<Part extends FilterPart>(
  { viewState }: App,
  part: Part,
  step: Promise<StepResult<Filter[Part] | undefined>>,
): Promise<'changed' | 'back' | 'closed'> {
  const answer = await step;
  if (answer.kind !== 'chosen') return answer.kind;
  await viewState.setFilter(withPart(viewState.filter, part, answer.value));
  return 'changed';
}
