import assert from 'node:assert/strict';
import type { FunctionCall } from '../../../src/core/model/transcript';
import { english } from '../../../src/core/text/l10n';
import { Checker, type CheckerOptions } from '../../../src/core/testing/checker';
import { parseSuite } from '../../../src/core/testing/parse';
import type { Failure, TurnResult } from '../../../src/core/testing/result';
import type { TestCase } from '../../../src/core/testing/suite';
import type { Judge } from '../../../src/core/testing/judge';

const now = Date.parse('2026-12-01T10:00:00Z');

const createChecker = (options: Partial<CheckerOptions> = {}): Checker =>
  new Checker({ l10n: english, now: () => now, zone: 'UTC', ...options });

/** Parses a test whose only turn has these assertions, as flow maps. */
function parseTest(assertions: readonly string[], place: 'turn' | 'conversation' = 'turn'): TestCase {
  const list = `[${assertions.join(', ')}]`;
  const turn = place === 'turn' ? `{ user: Hello, assert: ${list} }` : '{ user: Hello }';
  const whole = place === 'turn' ? '[]' : list;
  const { suite, problems } = parseSuite(
    `assistant: Desk\nvariables: { name: Ines, price: 5.00 }\ntests: [{ description: a, turns: [${turn}], assert: ${whole} }]`,
  );
  assert.ok(suite?.tests[0], JSON.stringify(problems));
  return createChecker().fill(suite.tests[0], suite);
}

const call = (name: string, args?: FunctionCall['arguments'], result?: FunctionCall['result']): FunctionCall => ({
  name,
  arguments: args,
  result,
});

const reply = (content: string, calls: readonly FunctionCall[] = [], number = 1, ms = 1000): TurnResult => ({
  number,
  user: 'Hello',
  reply: { role: 'assistant', content, functionCalls: calls },
  ms,
});

async function checkTurn(assertion: string, turn: TurnResult): Promise<readonly Failure[]> {
  return createChecker().checkTurn(parseTest([assertion]).turns[0]?.assertions ?? [], turn);
}

/** Undefined: the assertion holds. */
type Case = readonly [assertion: string, turn: TurnResult, message: string | undefined];

const tools = (...names: readonly string[]): TurnResult =>
  reply(
    'Done.',
    names.map((name) => call(name)),
  );
const createBooking = (args: FunctionCall['arguments']): TurnResult => reply('Done.', [call('book', args)]);

const cases: Readonly<Record<string, readonly Case[]>> = {
  contains: [
    ['{ type: contains, value: 09:20 }', reply('At 09:20.'), undefined],
    ['{ type: contains, value: at }', reply('At 09:20.'), 'Turn 1: the text doesn\'t contain "at".'],
    ['{ type: contains, value: 5 }', reply('5 euros'), undefined],
    ['{ type: contains, value: "a\\nb" }', reply('a\r\nb'), undefined],
    ['{ type: contains, value: "Caf\\u00e9" }', reply('Cafe\u0301 Nord'), undefined],
    ['{ type: not-contains, value: AI }', reply('I am an AI.'), 'Turn 1: the text contains "AI".'],
    ['{ type: not-contains, value: AI }', reply('Hello'), undefined],
    ['{ type: contains, value: "{{name}}" }', reply('Hello Ines'), undefined],
    ['{ type: contains, value: "{{today+1}}" }', reply('On 2026-12-02.'), undefined],
    ['{ type: contains, value: "{{other}}" }', reply('Hello {{other}}'), undefined],
  ],
  icontains: [
    ['{ type: icontains, value: as an ai }', reply('As an AI, I'), undefined],
    ['{ type: icontains, value: CAFE }', reply('Café'), undefined],
    ['{ type: icontains, value: "don\'t" }', reply('I don’t know'), undefined],
    ['{ type: icontains, value: \'"yes"\' }', reply('She said “Yes”.'), undefined],
    ['{ type: icontains, value: 9-10 }', reply('9–10 Uhr, 9‑10'), undefined],
    ['{ type: icontains, value: 80 EUR }', reply('80\u00a0eur'), undefined],
    ['{ type: icontains, value: 80 EUR }', reply('80\u202feur'), undefined],
    ['{ type: not-icontains, value: as an ai }', reply('AS AN AI'), 'Turn 1: the text contains "as an ai".'],
    ['{ type: icontains, value: no }', reply('Yes'), 'Turn 1: the text doesn\'t contain "no".'],
  ],
  'contains-any and contains-all': [
    ['{ type: contains-any, value: ["09:20", 9.20] }', reply('9.20'), undefined],
    [
      '{ type: contains-any, value: ["09:20", 9:20] }',
      reply('10'),
      'Turn 1: the text contains none of "09:20", "9:20".',
    ],
    ['{ type: contains-all, value: [a, b, c] }', reply('a'), 'Turn 1: the text doesn\'t contain "b", "c".'],
    ['{ type: contains-all, value: [a, b] }', reply('b a'), undefined],
    ['{ type: contains-all, value: [A] }', reply('a'), 'Turn 1: the text doesn\'t contain "A".'],
    ['{ type: icontains-any, value: [X, A] }', reply('a'), undefined],
    ['{ type: icontains-all, value: [A, B] }', reply('a b'), undefined],
    ['{ type: not-contains-any, value: [a, b] }', reply('x b'), 'Turn 1: the text contains "b".'],
    ['{ type: not-contains-any, value: [a, b] }', reply('x'), undefined],
    ['{ type: not-icontains-any, value: [A] }', reply('a'), 'Turn 1: the text contains "A".'],
  ],
  'equals and starts-with': [
    ['{ type: equals, value: Hi }', reply(' Hi\r\n'), undefined],
    ['{ type: equals, value: Hi }', reply('hi'), 'Turn 1: the text differs from the expected text.'],
    ['{ type: equals, value: 0049 }', reply('0049'), undefined],
    ['{ type: not-equals, value: Hi }', reply('Hi'), 'Turn 1: the text is the excluded text.'],
    ['{ type: not-equals, value: Hi }', reply('Hi!'), undefined],
    ['{ type: starts-with, value: Hel }', reply('\nHello'), undefined],
    ['{ type: starts-with, value: hel }', reply('Hello'), 'Turn 1: the text doesn\'t start with "hel".'],
    ['{ type: not-starts-with, value: Sorry }', reply('Sorry!'), 'Turn 1: the text starts with "Sorry".'],
    ['{ type: not-starts-with, value: Sorry }', reply('Hello'), undefined],
  ],
  regex: [
    ["{ type: regex, value: '\\b(112|911)\\b' }", reply('Call 112.'), undefined],
    [
      "{ type: regex, value: '\\b(112|911)\\b' }",
      reply('Call 1123.'),
      "Turn 1: the text doesn't match /\\b(112|911)\\b/.",
    ],
    ["{ type: regex, value: '^b$' }", reply('a\nb\nc'), undefined],
    ["{ type: regex, value: '^\\p{Lu}' }", reply('Ärger'), undefined],
    ["{ type: regex, value: '^{{price}}$' }", reply('5x00'), "Turn 1: the text doesn't match /^5\\.00$/."],
    ["{ type: regex, value: '^{{price}}$' }", reply('5.00'), undefined],
    ["{ type: not-regex, value: '\\d+ €' }", reply('80 €'), 'Turn 1: the text matches /\\d+ €/: "80 €".'],
    ["{ type: not-regex, value: '\\d' }", reply('none'), undefined],
  ],
  'word-count': [
    ['{ type: word-count, value: { max: 3 } }', reply('one  two\nthree'), undefined],
    ['{ type: word-count, value: { max: 2 } }', reply('one two three'), 'Turn 1: 3 words, at most 2.'],
    ['{ type: word-count, value: { min: 2 } }', reply('one'), 'Turn 1: 1 word, at least 2.'],
    ['{ type: word-count, value: { min: 1, max: 1 } }', reply('one'), undefined],
    ['{ type: word-count, value: { min: 1 } }', reply(''), 'Turn 1: 0 words, at least 1.'],
    ['{ type: word-count, value: { max: 0 } }', reply('one'), 'Turn 1: 1 word, at most 0.'],
  ],
  latency: [
    ['{ type: latency, threshold: 1000 }', reply('', [], 1, 1000), undefined],
    ['{ type: latency, threshold: 15000 }', reply('', [], 2, 18_412), 'Turn 2: 18.4 s, at most 15 s.'],
    ['{ type: latency, threshold: 15000 }', reply('', [], 2, 15_012), 'Turn 2: 15.012 s, at most 15 s.'],
    ['{ type: latency, threshold: 0.5 }', reply('', [], 1, 0), undefined],
    ['{ type: latency, threshold: 250 }', reply('', [], 1, 300), 'Turn 1: 0.3 s, at most 0.25 s.'],
    ['{ type: latency, threshold: 1 }', { ...reply(''), ms: undefined }, undefined],
  ],
  'tool-used': [
    ['{ type: tool-used, value: book }', tools('find', 'book'), undefined],
    ['{ type: tool-used, value: book }', tools('find'), "Turn 1: book wasn't called. Called: find."],
    ['{ type: tool-used, value: book }', tools(), "Turn 1: book wasn't called. No tool was called."],
    ['{ type: tool-used, value: [find, book] }', tools('book'), "Turn 1: find wasn't called. Called: book."],
    [
      '{ type: tool-used, value: { name: book, max: 1 } }',
      tools('book', 'book'),
      'Turn 1: book was called 2 times, at most 1.',
    ],
    ['{ type: tool-used, value: { name: book, min: 2 } }', tools('book'), 'Turn 1: book was called once, at least 2.'],
    ['{ type: tool-used, value: { name: book, min: 0, max: 1 } }', tools(), undefined],
    ['{ type: trajectory:tool-used, value: "*_slots" }', tools('find_slots'), undefined],
    ['{ type: tool-used, value: "a*b*c" }', tools('abc'), undefined],
    ['{ type: tool-used, value: "ab*bc" }', tools('abc'), "Turn 1: ab*bc wasn't called. Called: abc."],
    ['{ type: not-tool-used, value: book }', tools('book', 'book'), 'Turn 1: book was called 2 times.'],
    ['{ type: not-tool-used, value: [a, "*_refund"] }', tools('pay_refund'), 'Turn 1: pay_refund was called.'],
    ['{ type: not-tool-used, value: book }', tools('find'), undefined],
    ['{ type: not-tool-used, value: { name: book, min: 2 } }', tools('book'), undefined],
  ],
  'tool-count': [
    ['{ type: tool-count, value: { max: 0 } }', tools(), undefined],
    ['{ type: tool-count, value: { max: 1 } }', tools('a', 'a'), 'Turn 1: 2 tool calls, at most 1.'],
    ['{ type: tool-count, value: { max: 0 } }', tools('a'), 'Turn 1: 1 tool call, at most 0.'],
    ['{ type: tool-count, value: { min: 2 } }', tools('a'), 'Turn 1: 1 tool call, at least 2.'],
    ['{ type: tool-count, value: { min: 1 } }', tools(), 'Turn 1: 0 tool calls, at least 1.'],
    ['{ type: tool-count, value: { min: 1, max: 2 } }', tools('a', 'b'), undefined],
  ],
  'tool-args-match': [
    [
      '{ type: tool-args-match, value: { name: book, args: { day: "{{today+1}}" } } }',
      createBooking({ day: '2026-12-02', x: 1 }),
      undefined,
    ],
    [
      '{ type: tool-args-match, value: { name: book, args: { day: "{{today}}" } } }',
      createBooking({ day: '2026-12-02' }),
      'Turn 1: book was called with day "2026-12-02", not "2026-12-01".',
    ],
    ['{ type: tool-args-match, value: { name: book, args: { a: 1 } } }', createBooking('{"a": 1}'), undefined],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: 2 } } }',
      createBooking({ a: '2' }),
      'Turn 1: book was called with a "2" (text), not 2.',
    ],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: "2" } } }',
      createBooking({ a: 2 }),
      'Turn 1: book was called with a 2, not "2" (text).',
    ],
    ['{ type: tool-args-match, value: { name: book, args: { a: 2.0 } } }', createBooking({ a: 2 }), undefined],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: { b: 1 } } } }',
      createBooking({ a: { b: 1, c: 2 } }),
      undefined,
    ],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: { b: 1 } }, mode: exact } }',
      createBooking({ a: { b: 1, c: 2 } }),
      "Turn 1: book was called with a.c, which isn't expected.",
    ],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: [1] } } }',
      createBooking({ a: [1, 2] }),
      'Turn 1: book was called with 2 entries in a, not 1.',
    ],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: [{ b: 1 }] } } }',
      createBooking({ a: [{ b: 2 }] }),
      'Turn 1: book was called with a[0].b 2, not 1.',
    ],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: 1 }, mode: exact, ignore: [id] } }',
      createBooking({ a: 1, id: 'x' }),
      undefined,
    ],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: 1 } } }',
      createBooking(undefined),
      'Turn 1: book was called without a.',
    ],
    ['{ type: tool-args-match, value: { name: book, args: {}, mode: exact } }', createBooking({}), undefined],
    [
      "{ type: tool-args-match, value: { name: book, patterns: { at: 'T11:40' } } }",
      createBooking({ at: '2026-12-02T11:40:00' }),
      undefined,
    ],
    [
      "{ type: tool-args-match, value: { name: book, patterns: { at: 'T11:40' } } }",
      createBooking({ at: 'T09:20' }),
      'Turn 1: book was called with at "T09:20", which doesn\'t match /T11:40/.',
    ],
    [
      "{ type: tool-args-match, value: { name: book, patterns: { at: '^4' }, mode: exact } }",
      createBooking({ at: 42 }),
      undefined,
    ],
    [
      "{ type: tool-args-match, value: { name: book, patterns: { at: '.' } } }",
      createBooking({}),
      'Turn 1: book was called without at.',
    ],
    [
      '{ type: tool-args-match, value: { name: book, args: { a: 1 } } }',
      tools('find'),
      "Turn 1: book wasn't called. Called: find.",
    ],
    [
      '{ type: not-tool-args-match, value: { name: book, args: { a: 1 } } }',
      createBooking({ a: 1 }),
      'Turn 1: book was called with these arguments.',
    ],
    ['{ type: not-tool-args-match, value: { name: book, args: { a: 1 } } }', createBooking({ a: 2 }), undefined],
    ['{ type: not-tool-args-match, value: { name: book, args: { a: 1 } } }', tools(), undefined],
    [
      '{ type: tool-args-match, value: { name: "b*", args: { a: 1, b: 2 } } }',
      reply('', [call('b1', { a: 9, b: 9 }), call('b2', { a: 1, b: 3 })]),
      'Turn 1: b2 was called with b 3, not 2.',
    ],
  ],
  'tool-sequence': [
    ['{ type: tool-sequence, value: [find, book] }', tools('find', 'x', 'book'), undefined],
    [
      '{ type: tool-sequence, value: [find, book] }',
      tools('book', 'find'),
      "Turn 1: book wasn't called after find. Called: book, find.",
    ],
    ['{ type: tool-sequence, value: [find, book] }', tools('book'), "Turn 1: find wasn't called. Called: book."],
    ['{ type: tool-sequence, value: [a, a] }', tools('a'), "Turn 1: a wasn't called after a. Called: a."],
    ['{ type: tool-sequence, value: { steps: [find, "b*"], mode: exact } }', tools('find', 'book'), undefined],
    [
      '{ type: tool-sequence, value: { steps: [find], mode: exact } }',
      tools('find', 'book'),
      "Turn 1: the tools weren't called exactly in this order. Called: find, book.",
    ],
    [
      '{ type: tool-sequence, value: { steps: [find], mode: exact } }',
      tools(),
      "Turn 1: the tools weren't called exactly in this order. No tool was called.",
    ],
    [
      '{ type: not-tool-sequence, value: [find, book] }',
      tools('find', 'book'),
      'Turn 1: the tools were called in this order: find, book.',
    ],
    ['{ type: not-tool-sequence, value: [find, book] }', tools('book', 'find'), undefined],
  ],
  'tool-succeeds': [
    ['{ type: tool-succeeds }', reply('', [call('book', {}, { ok: true })]), undefined],
    ['{ type: tool-succeeds }', reply('', [call('book', {}, { error: 'too_late' })]), 'Turn 1: book failed: too_late.'],
    [
      '{ type: tool-succeeds }',
      reply('', [call('a', {}, '{}'), call('book', {}, '{"error": "Too late."}')]),
      'Turn 1: book failed: Too late.',
    ],
    ['{ type: tool-succeeds }', reply('', [call('book', {}, { success: false })]), 'Turn 1: book failed.'],
    ['{ type: tool-succeeds }', tools(), undefined],
    ['{ type: tool-succeeds }', reply('', [call('book')]), undefined],
  ],
};

describe('Assertions', () => {
  for (const [name, rows] of Object.entries(cases))
    describe(name, () => {
      for (const [assertion, turn, message] of rows)
        it(`${message === undefined ? 'holds' : 'fails'}: ${assertion} for ${JSON.stringify(turn.reply)}`, async () => {
          const failures = await checkTurn(assertion, turn);
          assert.deepEqual(
            failures.map((failure) => failure.message),
            message === undefined ? [] : [message],
          );
        });
    });

  it('report kind, type, turn, and range', async () => {
    const test = parseTest(['{ type: not-icontains, value: x }']);
    const [failure] = await createChecker().checkTurn(test.turns[0]?.assertions ?? [], reply('X', [], 3));
    assert.deepEqual(failure, {
      kind: 'contains',
      type: 'not-icontains',
      turn: 3,
      range: test.turns[0]?.assertions[0]?.range,
      message: 'Turn 3: the text contains "x".',
    });
  });

  it('name the opening message', async () => {
    const [failure] = await checkTurn('{ type: contains, value: x }', reply('', [], 0));
    assert.equal(failure?.message, 'Opening message: the text doesn\'t contain "x".');
  });

  it('have both sides of a diff, sorted, without the arguments that are not compared', async () => {
    const [failure] = await checkTurn(
      "{ type: tool-args-match, value: { name: book, args: { b: 1, a: 1 }, patterns: { at: '1$', on: '^x' }, ignore: [id] } }",
      createBooking({ id: 7, other: 1, at: 'T1', on: 'y', a: 1, b: 2 }),
    );
    assert.equal(failure?.expected, 'a: 1\nat: "T1"\nb: 1\non: "/^x/"');
    assert.equal(failure.actual, 'a: 1\nat: "T1"\nb: 2\non: "y"');
  });

  it('bound diffs and quotations', async () => {
    const [failure] = await checkTurn('{ type: equals, value: Hi }', reply('x'.repeat(200_000)));
    assert.equal(failure?.actual?.length, 100_001);
    const [quoted] = await checkTurn(`{ type: contains, value: ${'y'.repeat(500)} }`, reply('x'));
    assert.ok((quoted?.message.length ?? 0) < 200);
  });

  it('show control characters of tool names and values as codes or spaces', async () => {
    const [failure] = await checkTurn('{ type: tool-used, value: book }', tools('a\u001b[31m\nb'));
    assert.equal(failure?.message, "Turn 1: book wasn't called. Called: a [31m b.");
    const [value] = await checkTurn(
      '{ type: tool-args-match, value: { name: book, args: { a: x } } }',
      createBooking({ a: '\u001b[31m' }),
    );
    assert.equal(value?.message, String.raw`Turn 1: book was called with a "\u001b[31m", not "x".`);
  });

  it("can't be judged if a regular expression takes too long", async () => {
    const [failure] = await checkTurn("{ type: regex, value: '^(a+)+$' }", reply(`${'a'.repeat(40)}!`));
    assert.deepEqual(
      [failure?.kind, failure?.type, failure?.message],
      ['file', '', 'Turn 1: The regular expression took more than 200 ms. Simplify it.'],
    );
  });

  it('of the conversation join all replies, and check words and times one by one', async () => {
    const assertions = parseTest(
      [
        '{ type: contains, value: "a\\nb" }',
        '{ type: not-contains, value: welcome }',
        '{ type: word-count, value: { max: 1 } }',
        '{ type: latency, threshold: 1500 }',
        '{ type: tool-sequence, value: [x, y] }',
      ],
      'conversation',
    ).assertions;
    const turns = [
      { ...reply('welcome to us', [call('x')], 0), ms: undefined },
      reply('a', [], 1),
      reply('b', [call('y')], 2, 1600),
    ];
    assert.deepEqual(
      (await createChecker().checkConversation(assertions, turns)).map(({ message, turn }) => [message, turn]),
      [['Turn 2: 1.6 s, at most 1.5 s.', 2]],
    );
    const [failure] = await createChecker().checkConversation(assertions.slice(4), turns.slice(0, 2));
    assert.equal(failure?.message, "Conversation: y wasn't called after x. Called: x.");
    assert.deepEqual([failure.expected, failure.actual, failure.turn], ['x\ny', 'x', undefined]);
  });
});

describe('llm-rubric', () => {
  const createJudge = (judge: Judge['judge']): Judge => ({ name: 'gpt-5-mini', judge });
  const check = (type: string, judge: Judge | undefined): Promise<readonly Failure[]> =>
    createChecker({ judge }).checkTurn(
      parseTest([`{ type: ${type}, value: "Answers {{name}} in German." }`]).turns[0]?.assertions ?? [],
      reply('Hello'),
    );

  it("can't be judged without a model", async () => {
    const [failure] = await check('llm-rubric', undefined);
    assert.deepEqual(
      [failure?.kind, failure?.type, failure?.message],
      ['judge', '', 'Turn 1: No judge model is set up, so llm-rubric has no verdict.'],
    );
  });

  it('passes the filled rubric and the turns to the model', async () => {
    const received: unknown[] = [];
    const judge = createJudge(async (rubric, turns) => {
      received.push(rubric, turns.length);
      return { pass: true, reason: '' };
    });
    assert.deepEqual(await check('llm-rubric', judge), []);
    assert.deepEqual(received, ['Answers Ines in German.', 1]);
  });

  it('fails with the reason and the votes', async () => {
    const judge = createJudge(async () => ({ pass: false, reason: 'it is English.', votes: { agreed: 2, total: 3 } }));
    const [failure] = await check('llm-rubric', judge);
    assert.deepEqual(
      [failure?.kind, failure?.type, failure?.message],
      ['llm-rubric', 'llm-rubric', 'Turn 1: gpt-5-mini judged "no" (2 of 3): it is English.'],
    );
  });

  it('is turned around by not-', async () => {
    assert.deepEqual(
      await check(
        'not-llm-rubric',
        createJudge(async () => ({ pass: false, reason: '' })),
      ),
      [],
    );
    const [failure] = await check(
      'not-llm-rubric',
      createJudge(async () => ({ pass: true, reason: 'it is German.' })),
    );
    assert.equal(failure?.message, 'Turn 1: gpt-5-mini judged "yes": it is German.');
  });

  it("can't be judged if the model fails", async () => {
    const judge = createJudge(async () => {
      throw new Error('the quota is used up.');
    });
    const [failure] = await check('llm-rubric', judge);
    assert.deepEqual(
      [failure?.kind, failure?.type, failure?.message],
      ['judge', '', 'Turn 1: No verdict from gpt-5-mini: the quota is used up.'],
    );
  });
});
