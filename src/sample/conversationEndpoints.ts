import type { JsonValue } from '../core/model/json';
import { ExactNumber, stringify } from '../core/util/exactJson';
import { parse } from '../core/util/parseJson';
import { conversationNotFound, emptyAs, createFailure, type Invalid, json, refuseInvalid, type Wire } from './answers';
import { sampleAssistants } from './assistants';
import { hash } from './random';
import { chooseFilling, fillText } from './conversations/fill';
import { readScript } from './conversations/fixtures';
import { toPartyFields } from './listEndpoint';
import type { SampleOptions } from './options';
import type { SampleState } from './state';
import type { SampleConversation, SampleRequest, SampleResponse, SampleTurn } from './wire';

const insufficientBalance = 'Insufficient balance. Please top up your account.';

/** USD per user message, except in tests. */
const messagePrice = 0.01;

/** `GET /conversations/{uuid}` */
export function getConversation(id: string, state: SampleState, options: SampleOptions): SampleResponse {
  const found = state.find(id);
  if (!found || found.detailMissing) return conversationNotFound();
  return json(200, {
    status: true,
    history: found.history.map((turn) => toWireTurn(turn, options)),
    ...(options.hasExtraFields
      ? { variables: emptyAs(options.emptyObjectAs, found.variables), ...toPartyFields(found) }
      : {}),
  });
}

/** `POST /conversations`. Charged as a widget unless the type is `test`, as on the platform. */
export function createConversation(
  request: SampleRequest,
  state: SampleState,
  options: SampleOptions,
  now: number,
): SampleResponse {
  const body = readBody(request);
  const { assistant_id: uuid, type = 'widget', variables } = body;
  const errors: Invalid = {};
  if (isBlank(uuid)) errors['assistant_id'] = ['The assistant id field is required.'];
  else if (typeof uuid !== 'string') errors['assistant_id'] = ['The assistant id field must be a string.'];
  if (type !== null && type !== 'widget' && type !== 'test') errors['type'] = ['The selected type is invalid.'];
  if (!isBlank(variables) && typeof variables !== 'object') {
    errors['variables'] = ['The variables field must be an array.'];
  }
  const refused = refuseInvalid(errors);
  if (refused) return refused;

  const assistant = sampleAssistants.find((each) => each.uuid === uuid);
  if (!assistant) return createFailure(404, 'Assistant not found');
  if (options.insufficientBalance) return createFailure(400, insufficientBalance);
  const values = isObject(variables) ? variables : {};
  const fill = (_: string, name: string): string => toText(values[name]);
  const opening = assistant.initialMessage?.replace(/\{\{\s*(\w+)\s*\}\}/g, fill);
  const history: readonly SampleTurn[] = opening ? [{ role: 'assistant', content: opening }] : [];
  const given = { type: typeof type === 'string' ? type : 'widget', variables: variables ?? null, history };
  const made = state.add({ assistant: assistant.key, ...given }, now);
  return json(200, {
    status: true,
    conversation_id: made.id,
    history: history.map((turn) => toWireTurn(turn, options)),
  });
}

/** `POST /conversations/{uuid}/messages`. The assistant replies by its script; both turns are added to the history. */
export function sendMessage(
  request: SampleRequest,
  id: string,
  state: SampleState,
  options: SampleOptions,
  now: number,
): SampleResponse {
  const { message } = readBody(request);
  const errors: Invalid = {};
  if (isBlank(message)) errors['message'] = ['The message field is required.'];
  else if (typeof message !== 'string') errors['message'] = ['The message field must be a string.'];
  else if ([...message].length > 2000)
    errors['message'] = ['The message field must not be greater than 2000 characters.'];
  const refused = refuseInvalid(errors);
  if (refused) return refused;

  const found = state.find(id);
  if (!found || found.detailMissing) return conversationNotFound();
  if (options.insufficientBalance) return createFailure(400, insufficientBalance);
  if (found.sending === 'toolTimeout') return createFailure(400, 'Failed to process message: tool timeout');
  const text = toText(message);
  const answer = found.aiEnabled ? replyTo(text, found) : undefined;
  state.update(id, {
    history: [...found.history, { role: 'user', content: text }, ...(answer ? [answer] : [])],
    updatedAt: now,
    totalCost: found.type === 'test' ? found.totalCost : Number((Number(found.totalCost) + messagePrice).toFixed(8)),
  });
  const calls = answer ? (toWireTurn(answer, options).function_calls ?? []) : [];
  const response = json(200, { status: true, message: answer?.content ?? null, function_calls: calls });
  return found.sending === 'slow' ? { ...response, delayMs: options.slowAnswerMs } : response;
}

function replyTo(text: string, conversation: SampleConversation): SampleTurn | undefined {
  const assistant = sampleAssistants.find(({ uuid }) => uuid === conversation.assistantUuid);
  const script = assistant?.replies.find(([when]) => when.test(text))?.[1];
  if (script === undefined) return { role: 'assistant', content: "I'm no longer available." };
  // A conversation's topic doesn't change from message to message.
  const chance = hash(conversation.number);
  return readScript(fillText(script, chooseFilling(chance, conversation.createdAt), chance))[0];
}

function toWireTurn(turn: SampleTurn, options: SampleOptions): WireTurn {
  const { function_calls: calls, ...rest } = turn;
  if (!calls) return rest;
  const shape = (value: JsonValue): JsonValue => emptyAs(options.emptyObjectAs, value);
  return {
    ...rest,
    function_calls: calls.map((call) => ({
      name: call.name,
      arguments: shape(call.arguments),
      result: shape(call.result),
    })),
  };
}

interface WireTurn {
  readonly [key: string]: Wire | undefined;
  readonly function_calls?: readonly Wire[];
}

type Body = Readonly<Record<string, JsonValue | undefined>>;

/** An invalid body counts as empty. Strings are trimmed, as by the platform's middleware. */
function readBody(request: SampleRequest): Body {
  let body: unknown;
  try {
    body = parse(request.body ?? '');
  } catch {
    return {};
  }
  if (typeof body !== 'object' || body === null) return {};
  const fields = Object.entries(body as Record<string, JsonValue>);
  return Object.fromEntries(fields.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]));
}

const isBlank = (value: JsonValue | undefined): value is undefined | null | '' =>
  value === undefined || value === null || value === '';

const isObject = (value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

function toText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : stringify(value);
}
