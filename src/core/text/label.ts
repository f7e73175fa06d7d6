import type { Conversation } from '../model/conversation';
import type { JsonValue } from '../model/json';
import { entriesOf } from '../util/exactJson';
import { hiddenIn } from './segments';

/** What a reader recognises a conversation by. `id` is the first eight characters of it. */
export interface ConversationLabel {
  readonly kind: 'customer' | 'externalIdentifier' | 'variable' | 'id';
  readonly text: string;
}

/** Variables that tell who a conversation is with, the most telling first. */
const tellingVariable =
  /^(?:(?:customer|patient|user|client|caller|contact|guest|employee|member|visitor|lead)[_\- ]?)?(?:full|first)?[_\- ]?name$/i;
const maximumLength = 60;

export function shortId(id: string): string {
  return cut(id, 8);
}

/** Never empty: the customer's name, else the external identifier, else a telling variable, else the short id. */
export function labelOf(conversation: Conversation): ConversationLabel {
  const customer = readable(conversation.customer?.name) ?? readable(conversation.customer?.phone);
  if (customer !== undefined) return { kind: 'customer', text: customer };
  const external = readable(conversation.externalIdentifier);
  if (external !== undefined) return { kind: 'externalIdentifier', text: external };
  const name = entriesOf(conversation.variables ?? {}).find(([key]) => tellingVariable.test(key))?.[1];
  const variable = readable(name);
  if (variable !== undefined) return { kind: 'variable', text: variable };
  return { kind: 'id', text: readable(shortId(conversation.id)) ?? '?' };
}

function readable(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = visible(value).trim();
  if (!seen.test(text)) return undefined;
  return text.length > maximumLength ? `${cut(text, maximumLength - 1)}…` : text;
}

/** Something that leaves ink: joiners and zero-width spaces alone would be an empty label. */
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** At most so many UTF-16 units, without half of a character at the end. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** One line, with whatever could reorder or hide text made harmless: a stranger may have written it. */
export function visible(text: string): string {
  let line = '';
  let done = 0;
  for (const [start, end] of hiddenIn(text)) {
    line += text.slice(done, start) + text.slice(start, end).replace(/[^\p{Cc}\u2028\u2029]/gu, '');
    done = end;
  }
  return (line + text.slice(done)).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** Reads as before and is no link: VS Code makes `[text](command:…)` one in notifications and below input boxes. */
export function unlinked(text: string): string {
  return text.replaceAll('](', '] (');
}
