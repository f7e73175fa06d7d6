import { json, refuseInvalid, type Wire } from './answers';
import { type SampleAssistant, sampleAssistants } from './assistants';
import type { SampleOptions } from './options';
import { createNumberedPage } from './paging';
import type { SampleResponse } from './wire';

/** `GET /user/me` */
export function getMe(options: SampleOptions): SampleResponse {
  if (options.me === '404') return json(404, { message: 'The route api/user/me could not be found.' });
  return json(200, { name: 'Ada Sample', email: 'ada@example.test', total_balance: 41.250731 });
}

/** `GET /user/assistants/get`: 10 per page, always in numbered pages. */
export function listAssistants(url: URL, options: SampleOptions): SampleResponse {
  if (options.assistantsCall === '404') {
    return json(404, { message: 'The route api/user/assistants/get could not be found.' });
  }
  if (options.assistantsCall === '403') {
    return json(403, { error: 'Insufficient permissions', message: 'This key may not list assistants.' });
  }
  const requested = url.searchParams.get('per_page') ?? '10';
  const valid = /^\d+$/.test(requested) && Number(requested) >= 1 && Number(requested) <= 100;
  const refused = refuseInvalid(valid ? {} : { per_page: ['The per page field must be between 1 and 100.'] });
  if (refused) return refused;
  // The options with wrong totals apply only to the list of conversations.
  const honest = { ...options, lyingTotal: undefined, lyingLastPage: undefined, noLastPage: false };
  const path = `${url.origin}${url.pathname}`;
  const ask = { options: honest, path, query: url.searchParams, perPage: Number(requested) };
  return createNumberedPage(ask, sampleAssistants, toAssistantRow);
}

function toAssistantRow(assistant: SampleAssistant): Wire {
  return {
    id: assistant.id,
    uuid: assistant.uuid,
    user_id: 9,
    name: assistant.name,
    type: 'inbound',
    mode: 'pipeline',
    status: 'active',
    language_id: 2,
    llm_model_id: 5,
    llm_temperature: '0.30',
    timezone: 'Europe/Berlin',
    initial_message: assistant.initialMessage,
    system_prompt: assistant.prompt,
    variables: {},
    tools: [],
    widget_settings: {},
    post_call_schema: [],
    knowledgebase_id: null,
    created_at: '2026-03-02T10:00:00.000000Z',
    updated_at: '2026-11-18T16:41:09.000000Z',
    deleted_at: null,
  };
}
