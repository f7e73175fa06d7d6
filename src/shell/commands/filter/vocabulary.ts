import { type Assistant, type ConversationType, knownConversationTypes } from '../../../core/model/conversation';
import { type AssistantChoice, listAssistantChoices } from '../../../core/view/filterAssistants';
import type { FilterVocabulary } from '../../../core/view/filterLine';
import type { App } from '../../app';

type ListApp = Pick<App, 'store' | 'viewState'>;
type FilterApp = Pick<App, 'callSummaries' | 'store' | 'viewState'>;

/** Returns the types and assistants that a filter can have, with those of the current one. Linear in the loaded rows. */
export function createVocabulary(app: FilterApp, listed: readonly Assistant[]): FilterVocabulary {
  return { types: listTypes(app), assistants: listAssistantsWithCurrent(app, listed), tools: listTools(app) };
}

/** Returns the names of the tools that loaded transcripts call, and the current filter's. Linear in the loaded rows. */
export function listTools({ callSummaries, store, viewState }: FilterApp): readonly string[] {
  const { tool } = viewState.filter;
  const tools = new Set(store.snapshot.rows.flatMap(({ id }) => callSummaries.of(id)?.tools ?? []));
  if (tool !== undefined) tools.add(tool);
  return [...tools].sort();
}

/** Returns the documented types and all types of loaded rows. */
export function listTypes({ store, viewState }: ListApp): readonly ConversationType[] {
  const { type } = viewState.filter;
  const types = new Set<ConversationType>(knownConversationTypes);
  for (const row of store.snapshot.rows) types.add(row.type);
  if (type !== undefined) types.add(type);
  return [...types];
}

/** @param listed empty if the server doesn't list assistants */
export function listAssistantsWithCurrent(
  { store, viewState }: ListApp,
  listed: readonly Assistant[],
): readonly AssistantChoice[] {
  const { assistant } = viewState.filter;
  const choices = listAssistantChoices(store.snapshot.rows, listed);
  const isListed = assistant === undefined || choices.some(({ uuid }) => uuid === assistant.uuid);
  return isListed ? choices : [...choices, { ambiguous: false, ...assistant, loaded: 0 }];
}
