import { knownConversationTypes } from '../core/model/conversation';
import { type Invalid, refuseInvalid, type Wire, emptyAs } from './answers';
import { sampleAssistants } from './assistants';
import type { SampleOptions } from './options';
import { createCursorPage, createNumberedPage, type PageAsk } from './paging';
import type { SampleState } from './state';
import { formatInZone, type SampleConversation, type SampleResponse } from './wire';

const defaultPerPage = 15;
const dates = ['date_from', 'date_to'];

/** The list endpoint's behavior in one paging style. */
interface ListStyle {
  /** Additional filters. */
  readonly filters: readonly string[];
  page(ask: PageAsk, numbers: readonly number[], row: (number: number) => Wire): SampleResponse;
}

const listStyles: Readonly<Record<SampleOptions['style'], ListStyle>> = {
  page: { filters: dates, page: createNumberedPage },
  cursor: {
    filters: ['customer_phone', 'whatsapp_sender_phone', 'external_identifier'],
    page: (ask, numbers, row) => createCursorPage(ask, numbers, (number) => number, row),
  },
};

/** `GET /user/conversations` */
export function listConversations(url: URL, state: SampleState, options: SampleOptions): SampleResponse {
  if (options.overrideList !== undefined) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: options.overrideList };
  }
  const query = new URLSearchParams(url.searchParams);
  for (const name of [...options.ignoreQuery, ...(options.ignoreType ? ['type'] : [])]) query.delete(name);
  const refused = refuseInvalid(findInvalid(query, state, options));
  if (refused) return refused;

  const row = (number: number): Wire => toConversationRow(state.get(number), options);
  const requested = Number(query.get('per_page') ?? defaultPerPage);
  const perPage =
    options.perPagePolicy === 'ignore' || !Number.isInteger(requested)
      ? defaultPerPage
      : Math.min(100, Math.max(1, requested));
  const ask = { options, path: `${url.origin}${url.pathname}`, query: url.searchParams, perPage };
  const numbers = selectNumbers(query, state, options);
  return listStyles[options.style].page(ask, numbers, row);
}

function findInvalid(query: URLSearchParams, state: SampleState, options: SampleOptions): Invalid {
  const errors: Invalid = {};
  const type = query.get('type');
  if (type && !isKnownType(type, state)) errors['type'] = ['The selected type is invalid.'];
  const assistant = query.get('assistant_id');
  if (assistant && !/^\d+$/.test(assistant)) {
    errors['assistant_id'] = ['The assistant id field must be an integer.'];
  } else if (assistant && !sampleAssistants.some(({ id }) => id === Number(assistant))) {
    errors['assistant_id'] = ['The selected assistant id is invalid.'];
  }
  for (const name of dates.filter((each) => listStyles[options.style].filters.includes(each))) {
    const date = query.get(name);
    if (date && !isDay(date)) errors[name] = [`The ${name.replace('_', ' ')} field must match the format Y-m-d.`];
  }
  const perPage = query.get('per_page');
  if (perPage && options.perPagePolicy === '422') {
    if (!/^-?\d+$/.test(perPage)) errors['per_page'] = ['The per page field must be an integer.'];
    else if (Number(perPage) < 1) errors['per_page'] = ['The per page field must be at least 1.'];
    else if (Number(perPage) > 100) errors['per_page'] = ['The per page field must not be greater than 100.'];
  }
  return errors;
}

/** A server with custom types also filters by them. */
function isKnownType(type: string, state: SampleState): boolean {
  const known: readonly string[] = knownConversationTypes;
  return known.includes(type) || state.select(`type=${type}`, (each) => each.type === type).length > 0;
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function selectNumbers(query: URLSearchParams, state: SampleState, options: SampleOptions): readonly number[] {
  const used = new URLSearchParams();
  for (const name of ['type', 'assistant_id', ...listStyles[options.style].filters]) {
    const value = query.get(name);
    if (value) used.set(name, value);
  }
  const uuid = sampleAssistants.find(({ id }) => id === Number(used.get('assistant_id')))?.uuid;
  const equal = (name: string, value: string | undefined): boolean => !used.has(name) || used.get(name) === value;
  const { zone } = options;
  const [from, to] = dates.map((name) => used.get(name));
  // The zone is part of the key: it shifts the start of the days.
  return state.select(`${used.toString()} ${from || to ? zone : ''}`, (each) => {
    if (!equal('type', each.type) || (uuid && each.assistantUuid !== uuid)) return false;
    if (from || to) {
      const day = formatInZone(each.createdAt, zone).slice(0, 10);
      if ((from && day < from) || (to && day > to)) return false;
    }
    return (
      equal('customer_phone', each.customer?.phone) &&
      equal('whatsapp_sender_phone', each.whatsappSender?.phone) &&
      equal('external_identifier', each.externalIdentifier)
    );
  });
}

function toConversationRow(conversation: SampleConversation, options: SampleOptions): Wire {
  const { totalCost } = conversation;
  return {
    id: conversation.id,
    assistant_id: conversation.assistantUuid,
    assistant_name: conversation.assistantName,
    type: conversation.type,
    ...(options.hasExtraFields ? { variables: emptyAs(options.emptyObjectAs, conversation.variables) } : {}),
    message_count: conversation.messageCount,
    total_cost: options.typeOfCost === 'string' && typeof totalCost === 'number' ? totalCost.toFixed(8) : totalCost,
    ai_enabled: conversation.aiEnabled,
    created_at: formatInZone(conversation.createdAt, options.zone),
    updated_at: formatInZone(conversation.updatedAt, options.zone),
    ...(options.hasExtraFields ? toPartyFields(conversation) : {}),
  };
}

/** Fields that only some types have; the transcript includes them as well. */
export function toPartyFields(conversation: SampleConversation): { readonly [key: string]: Wire | undefined } {
  const { externalIdentifier, whatsappSender, customer } = conversation;
  return {
    external_identifier: externalIdentifier,
    whatsapp_sender: whatsappSender && { ...whatsappSender },
    customer: customer && { ...customer },
  };
}
