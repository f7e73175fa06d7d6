import type { Assistant } from '../model/conversation';
import type { L10n } from '../text/l10n';
import type { AssistantReference } from './suite';

export type FoundAssistant =
  | { readonly kind: 'found'; readonly assistant: Assistant }
  | { readonly kind: 'unknown' }
  /** Several have this name, and the file has no ID. */
  | { readonly kind: 'ambiguous'; readonly ids: readonly number[] };

export function findAssistant({ name, id }: AssistantReference, assistants: readonly Assistant[]): FoundAssistant {
  const ofName = assistants.filter(
    (assistant) => assistant.isDeleted !== true && assistant.name.trim() === name.trim(),
  );
  const [assistant, another] = id === undefined ? ofName : ofName.filter(({ serverId }) => serverId === id);
  if (assistant === undefined) return { kind: 'unknown' };
  if (another === undefined) return { kind: 'found', assistant };
  return { kind: 'ambiguous', ids: ofName.map(({ serverId }) => serverId) };
}

/** Returns a sentence. */
export function describeMissingAssistant(
  { name, id }: AssistantReference,
  found: Exclude<FoundAssistant, { readonly kind: 'found' }>,
  l10n: L10n,
): string {
  if (found.kind === 'ambiguous')
    return l10n.t(
      'Several assistants are called {0}. Add the ID of one of them to the file: {1}.',
      name,
      found.ids.join(', '),
    );
  return id === undefined
    ? l10n.t('This account has no assistant called {0}.', name)
    : l10n.t('This account has no assistant called {0} with the ID {1}.', name, id);
}

/**
 * Returns how a test file names an assistant: by its ID too if another one has its name.
 * @returns undefined if the account doesn't have it
 */
export function createAssistantReference(
  uuid: string,
  assistants: readonly Assistant[],
): AssistantReference | undefined {
  const assistant = assistants.find((each) => each.uuid === uuid);
  if (assistant === undefined) return undefined;
  const { name, serverId } = assistant;
  const isUnique = findAssistant({ name, id: undefined }, assistants).kind === 'found';
  return { name, id: isUnique ? undefined : serverId };
}
