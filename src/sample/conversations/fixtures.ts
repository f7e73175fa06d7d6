import type { JsonValue } from '../../core/model/json';
import type { SampleCall, SampleConversation, SampleTurn } from '../wire';

/** A conversation with an unusual feature that clients must handle. */
export interface Fixture {
  /** Also useful to users who explore the sample; the others only test a client. */
  readonly instructive: boolean;
  /** Its variable `test_name`, so that users find it. */
  readonly title: string;
  readonly assistant: string;
  readonly turns: () => readonly SampleTurn[];
  /** Other special fields. */
  readonly patch?: Partial<SampleConversation>;
}

function fixture(
  assistant: string,
  title: string,
  turns: string | (() => readonly SampleTurn[]),
  patch: Partial<SampleConversation> = {},
  instructive = false,
): Fixture {
  return {
    instructive,
    title,
    assistant,
    patch,
    turns: typeof turns === 'string' ? () => readScript(turns) : turns,
  };
}

const instructive = (...[assistant, title, turns, patch]: Parameters<typeof fixture>): Fixture =>
  fixture(assistant, title, turns, patch, true);

const greeting = 'a Hello. What can I do for you?';
const smallTalk = `${greeting}\nu just testing\na All right. I'm here when you need me.`;

function asking(question: string, call: SampleCall, answer: string | null): () => readonly SampleTurn[] {
  return () => [
    { role: 'assistant', content: 'Hello. What can I do for you?' },
    { role: 'user', content: question },
    { role: 'assistant', content: answer, function_calls: [call] },
  ];
}

const call = (name: string, given: JsonValue, result: JsonValue): SampleCall => ({ name, arguments: given, result });

/** 200 kB of log lines, created on demand. */
function hugeResult(): JsonValue {
  const lines: string[] = [];
  for (let size = 0, line = 0; size < 200_000; line++) {
    const text = `${String(line).padStart(5, '0')} worker-${line % 7} GET /v1/rows?offset=${line * 50} 200 ${(line * 37) % 900}ms`;
    lines.push(text);
    size += text.length + 3;
  }
  return { lines, truncated: false };
}

function longHistory(): readonly SampleTurn[] {
  return Array.from({ length: 400 }, (_, index): SampleTurn => {
    const step = Math.floor(index / 2) + 1;
    if (index % 2 === 1)
      return { role: 'user', content: `Done with step ${step}. ${step % 9 === 0 ? 'It beeped.' : 'Next?'}` };
    const content = `Step ${step} of 200: check the label on shelf ${step}, and tell me when you have.`;
    if (index === 0 || step % 10 !== 0) return { role: 'assistant', content };
    return {
      role: 'assistant',
      content,
      function_calls: [call('save_progress', { step }, { saved: step % 50 !== 0 })],
    };
  });
}

const nested: JsonValue = {
  test_name: 'Nested variables',
  customer: { id: 7, tags: ['vip', 'returning'], address: { city: 'Graz', geo: [47.07, 15.44] } },
  flags: { beta: true, limit: null },
};

export const fixtures = {
  noTools: instructive('clinic', 'No tools', smallTalk),
  twoTools: instructive(
    'shop',
    'Two tools in one turn',
    `${greeting}\nu How many lamps are left, and what do they cost?\nf check_stock {"sku":"LAMP-204"} => {"available":14}\nf get_price {"sku":"LAMP-204","currency":"EUR"} => {"price":49.9}\na There are 14 left, at 49.90 EUR.`,
  ),
  emptyArguments: fixture(
    'it',
    'Arguments are an empty list',
    asking('Is anything down?', call('service_status', [], { down: [] }), 'All services are up.'),
  ),
  jsonStringResult: instructive(
    'support',
    'Result as a JSON string',
    asking(
      'What plan am I on?',
      call('get_plan', { workspace: 'tallship' }, '{"plan":"Business","seats":20,"trial":false}'),
      'You are on Business, with 20 seats.',
    ),
  ),
  plainTextError: instructive(
    'it',
    'Tool failed with plain text',
    asking(
      'Restart my VPN please',
      call('restart_service', { name: 'vpnagentd' }, 'Error: connect ECONNREFUSED 10.0.4.17:8443'),
      "I can't reach your computer. Is it on the company's network?",
    ),
  ),
  nullResult: instructive(
    'clinic',
    'Result is null',
    asking(
      'Put me on the waiting list',
      call('add_to_waiting_list', { priority: 'normal' }, null),
      'You are on the list.',
    ),
  ),
  hugeResult: fixture('support', 'Result of 200 kB', () =>
    asking(
      'Send me the whole import log',
      call('get_import_log', { import: 'IM-9' }, hugeResult()),
      'That is the whole log; nothing in it looks wrong.',
    )(),
  ),
  nullContent: fixture(
    'shop',
    'Tool call without text',
    asking('Cancel #2210', call('cancel_order', { order: '#2210' }, { success: true }), null),
  ),
  emptyHistory: fixture('it', 'No messages', ''),
  longHistory: instructive('it', 'Stocktaking in 400 turns', longHistory),
  markup: instructive(
    'support',
    'Markdown and markup',
    `a # Hello\n\nI write **bold**, *italic*, \`code\`, and [links](https://docs.example.test/start).\nu <script>alert('from a stranger')</script> [click me](data:text/html,<script>alert(1)</script>) ![pixel](https://tracker.example.test/p.gif) <img src=x onerror=alert(2)>\na That is shown as text:\n\n> <b>not bold</b>\n\n| Plan | Seats |\n| --- | ---: |\n| Team | 10 |\n| Business | 20 |\n\n~~~html\n<a href="javascript:alert(3)">no</a>\n~~~`,
  ),
  scripts: instructive('shop', 'مرحبا 👋🏽 Grüße', () => [
    { role: 'assistant', content: 'مرحبًا! كيف يمكنني مساعدتك اليوم؟' },
    { role: 'user', content: 'أين طلبي رقم 4471؟ 📦\r\nIch warte seit Montag…\r\n(日本語でも大丈夫ですか)' },
    {
      role: 'assistant',
      content: 'طلبك في الطريق 🚚 \u2014 it arrives tomorrow. 👨‍👩‍👧‍👦',
      function_calls: [call('get_order', { order: '4471', lang: 'ar' }, { الحالة: 'في الطريق', city: 'Zürich' })],
    },
  ]),
  variablesNull: fixture('clinic', '', smallTalk, { variables: null }),
  variablesEmpty: fixture('clinic', '', smallTalk, { variables: {} }),
  variablesList: fixture('shop', '', smallTalk, { variables: [] }),
  variablesNested: instructive('shop', 'Nested variables', smallTalk, { variables: nested }),
  unknownType: fixture('clinic', 'Unknown type and role', `s Call transferred from the switchboard.\n${smallTalk}`, {
    type: 'voice',
  }),
  aiOff: instructive(
    'support',
    'AI turned off',
    `${greeting}\nu Please get me a person\na Rosa takes over from here.\nu Hello Rosa`,
    { aiEnabled: false },
  ),
  deletedAssistant: instructive('clinic', 'Assistant was deleted', smallTalk, {
    assistantName: null,
    assistantUuid: '0f9b6c3e-58d1-47aa-9e02-d4c7813b6f5a',
  }),
  stringCost: fixture('support', 'Cost is a string', smallTalk, { totalCost: '0.00450000' }),
  oddId: fixture('it', 'ID is not hexadecimal', smallTalk, { id: '4b9e02d7-63c1-4fa8-9b5e-fd2g01bf8h17' }),
  missingDetail: fixture('shop', 'Listed but missing', smallTalk, { detailMissing: true }),
  slowAnswer: fixture('clinic', 'Replies after 45 seconds', smallTalk, { sending: 'slow' }),
  toolTimeout: fixture('it', 'Sending fails: tool timeout', smallTalk, { sending: 'toolTimeout' }),
} satisfies Record<string, Fixture>;

export type FixtureName = keyof typeof fixtures;

const names = Object.keys(fixtures) as FixtureName[];

/** Returns the names of the included fixtures, in the order of their rank. */
export function fixtureNames(all: boolean): readonly FixtureName[] {
  return all ? names : names.filter((name) => fixtures[name].instructive);
}

/** A conversation written by hand, with placeholders for varying parts. */
export interface Story {
  readonly key: string;
  /** Key of its assistant. */
  readonly assistant: string;
  /** With placeholders in its strings. */
  readonly variables: JsonValue;
  /**
   * One message per line: `a ` assistant, `u ` user, `s ` system; `f name {arguments} => result` is a call of the next
   * assistant line; any other line continues the message before it. A result that isn't JSON is plain text.
   */
  readonly script: string;
  /** The AI was turned off during the conversation. */
  readonly aiOff?: boolean;
}

/** Parses a script with filled placeholders. @throws SyntaxError if arguments aren't JSON */
export function readScript(script: string): SampleTurn[] {
  const turns: { role: string; content: string | null; function_calls?: SampleCall[] }[] = [];
  let calls: SampleCall[] = [];
  const add = (role: string, content: string | null): void => {
    turns.push({ role, content, ...(calls.length > 0 ? { function_calls: calls } : {}) });
    calls = [];
  };
  for (const line of script.trim().split('\n')) {
    const [, mark, rest = ''] = /^([ausf]) (.*)$/.exec(line) ?? [];
    if (mark === 'f') {
      calls.push(readCall(rest));
    } else if (mark === undefined) {
      const last = turns.at(-1);
      if (last) last.content += `\n${line}`;
    } else {
      // The user writes while calls are pending: the assistant's turn had no text.
      if (mark !== 'a' && calls.length > 0) add('assistant', null);
      add(mark === 'a' ? 'assistant' : mark === 'u' ? 'user' : 'system', rest);
    }
  }
  if (calls.length > 0) add('assistant', null);
  return turns;
}

function readCall(text: string): SampleCall {
  const [, name = '', given = '', result = ''] = /^(\w+) (.*?) => (.*)$/.exec(text) ?? [];
  return { name, arguments: JSON.parse(given) as JsonValue, result: readResult(result) };
}

function readResult(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
