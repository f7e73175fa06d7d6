import type { Conversation } from '../model/conversation';
import type { JsonValue } from '../model/json';
import { entriesOf } from '../util/exactJson';
import { findHidden } from './segments';

/** A short text that identifies a conversation to the user; `id` is the start of its ID. */
export interface ConversationTitle {
  readonly kind: 'customer' | 'externalIdentifier' | 'variable' | 'message' | 'id';
  readonly text: string;
}

/** Variables with the name of the customer. */
const nameVariable =
  /^(?:(?:customer|patient|user|client|caller|contact|guest|employee|member|visitor|lead)[_\- ]?)?(?:full|first)?[_\- ]?name$/i;
/** Variables with the subject of the conversation. */
const subjectVariable =
  /^(?:(?:test|case|scenario|conversation)[_\- ]?name|scenario|subject|topic|title|reason|issue|problem|question|intent|request|purpose)$/i;
const maxTitleChars = 60;
const maxRowMessageChars = 20;

export function shortId(id: string): string {
  return cut(id, 8);
}

/**
 * Returns the customer's name or phone, else the external identifier, a variable with a name or a subject, the first user
 * message, or the short ID. Never empty.
 * @param opening start of the first user message, if the transcript was loaded
 */
export function findTitle(conversation: Conversation, opening?: string): ConversationTitle {
  const customer = toTitleText(conversation.customer?.name) ?? toTitleText(conversation.customer?.phone);
  if (customer !== undefined) return { kind: 'customer', text: customer };
  const external = toTitleText(conversation.externalIdentifier);
  if (external !== undefined) return { kind: 'externalIdentifier', text: external };
  const variables = entriesOf(conversation.variables ?? {});
  for (const names of [nameVariable, subjectVariable]) {
    const variable = toTitleText(variables.find(([key]) => names.test(key))?.[1]);
    if (variable !== undefined) return { kind: 'variable', text: variable };
  }
  const message = toTitleText(opening);
  if (message !== undefined) return { kind: 'message', text: message };
  return { kind: 'id', text: toTitleText(shortId(conversation.id)) ?? '?' };
}

/** Returns the title as a row's label: a message leaves room for age, messages, and cost at 300 px. */
export function toRowLabel({ kind, text }: ConversationTitle): string {
  if (kind !== 'message' || text.length <= maxRowMessageChars) return text;
  return `${cut(text, maxRowMessageChars - 1).trimEnd()}…`;
}

function toTitleText(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = toVisibleLine(value).trim();
  if (!visibleCharacter.test(text)) return undefined;
  return text.length > maxTitleChars ? `${cut(text, maxTitleChars - 1)}…` : text;
}

/** Joiners and zero-width spaces alone would be an empty title. */
const visibleCharacter = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Cuts to at most `length` UTF-16 units, without a lone surrogate at the end. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** Returns untrusted text as one line, without characters that hide or reorder text. */
export function toVisibleLine(text: string): string {
  let line = '';
  let done = 0;
  for (const [start, end] of findHidden(text)) {
    line += text.slice(done, start) + text.slice(start, end).replace(/[^\p{Cc}\u2028\u2029]/gu, '');
    done = end;
  }
  return (line + text.slice(done)).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** Prevents `[text](command:…)` links, which VS Code renders in notifications and below input boxes. */
export function breakLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
