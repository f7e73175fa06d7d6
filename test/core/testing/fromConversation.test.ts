import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/core/model/json';
import type { Turn } from '../../../src/core/model/transcript';
import { type ConvertedConversation, type DraftTest, convertToTest } from '../../../src/core/testing/fromConversation';
import { parseSuite } from '../../../src/core/testing/parse';
import { fillTest } from '../../../src/core/testing/placeholders';
import type { RecordedConversation } from '../../../src/core/testing/privacy';
import type { TestSuite } from '../../../src/core/testing/suite';
import { appendTests, createTestFileName, writeTestFile } from '../../../src/core/testing/testFileText';
import { row, transcript, turn } from '../running/support';
import { startSampleServer } from '../../support/sampleServer';
import { untrustedText } from '../report/arbitraries';
import { connect } from './support';

const id = '5f0c7a1e-9b34-4e0f-8a55-0d9c1b7e2f43';
const assistant = { name: 'Clinic Desk', id: undefined };
const options = { zone: 'UTC' };

function call(name: string, args: JsonValue | undefined): Turn['functionCalls'][number] {
  return { name, arguments: args, result: { ok: true } };
}

function record(
  turns: readonly Turn[],
  change: Parameters<typeof row>[0] = {},
  variables?: JsonObject,
): RecordedConversation {
  return { id, conversation: row({ id, ...change }), transcript: transcript(turns, variables) };
}

function convert(recorded: RecordedConversation, masksAll?: boolean): ConvertedConversation {
  const converted = convertToTest(recorded, { ...options, ...(masksAll === undefined ? {} : { masksAll }) });
  assert.ok(converted !== 'noUserMessages');
  return converted;
}

function parse(text: string): TestSuite {
  const { suite, problems } = parseSuite(text);
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
    text,
  );
  assert.ok(suite);
  return suite;
}

const booking = record(
  [
    turn('assistant', 'Clinic Desk, hello.'),
    turn('user', 'Is Dr Okoro free tomorrow?'),
    {
      ...turn('assistant', 'At 09:20.\nShall I book it?'),
      functionCalls: [call('find_slots', { doctor: 'okoro', day: '2026-11-21' })],
    },
    turn('user', 'Yes, please.'),
    { ...turn('assistant', ''), functionCalls: [call('book_slot', '{"at":"2026-11-21T09:20","seats":2}')] },
    turn('assistant', 'Booked.'),
  ],
  {},
  { patient_name: 'Ines' },
);

describe('A test from a conversation', () => {
  it('has the messages, the replies as references, the variables, and the tool calls with relative days', () => {
    const { test, masked, leftOut } = convert(booking);
    assert.deepEqual([masked, leftOut], [[], 0]);
    assert.equal(
      writeTestFile(assistant, [test]),
      `assistant: Clinic Desk
tests:
  - description: Is Dr Okoro free tomorrow?
    variables:
      patient_name: Ines
    turns:
      - user: Is Dr Okoro free tomorrow?
        reference: |-
          At 09:20.
          Shall I book it?
        assert:
          - type: tool-args-match
            value:
              name: find_slots
              args:
                doctor: okoro
                day: "{{today+1}}"
      - user: Yes, please.
        reference: Booked.
        assert:
          - type: tool-args-match
            value:
              name: book_slot
              args:
                at: "{{today+1}}T09:20"
                seats: 2
`,
    );
  });

  it('is filled with the recorded arguments on the day of the conversation', () => {
    const [test] = parse(writeTestFile(assistant, [convert(booking).test])).tests;
    assert.ok(test);
    const filled = fillTest(test, { now: Date.parse('2026-11-20T12:00:00Z'), zone: 'UTC' });
    const args = filled.turns.flatMap(({ assertions }) =>
      assertions.flatMap((each) => (each.kind === 'tool-args-match' ? each.args : [])),
    );
    assert.deepEqual(JSON.parse(JSON.stringify(args)), [
      { doctor: 'okoro', day: '2026-11-21' },
      { at: '2026-11-21T09:20', seats: 2 },
    ]);
  });

  it('makes days relative within 60 days of the conversation, and only arguments', () => {
    const day = (value: string, createdAt = '2026-11-20 23:30:00'): unknown => {
      const reply = {
        ...turn('assistant', value),
        functionCalls: [call('find', { day: value, nested: { days: [value] } })],
      };
      const { turns } = convert(record([turn('user', value), reply], { createdAt })).test;
      assert.deepEqual([turns[0]?.user, turns[0]?.reference], [value, value]);
      const { args } = turns[0]?.assert?.[0]?.value as { args: { day: string; nested: { days: readonly string[] } } };
      assert.equal(args.nested.days[0], args.day);
      return args.day;
    };
    assert.equal(day('2026-11-20'), '{{today}}');
    assert.equal(day('2026-11-19'), '{{today-1}}');
    assert.equal(day('2027-01-19'), '{{today+60}}');
    for (const text of ['2027-01-20', '2026-02-30', '2026-11-20x', 'on 2026-11-20', '20.11.2026', '1989-04-01'])
      assert.equal(day(text), text);
    assert.equal(day('2026-11-20', 'unknown'), '2026-11-20');
  });

  it('checks the use of a tool if it was called without arguments, and equal calls once', () => {
    const calls = [
      call('ping', undefined),
      call('ping', {}),
      call('log', 'text'),
      call('find', { a: 1 }),
      call('find', { a: 1 }),
    ];
    const { test } = convert(record([turn('user', 'Hi'), { ...turn('assistant', ''), functionCalls: calls }]));
    assert.deepEqual(JSON.parse(JSON.stringify(test.turns[0]?.assert)), [
      { type: 'tool-used', value: 'ping' },
      { type: 'tool-used', value: 'log' },
      { type: 'tool-args-match', value: { name: 'find', args: { a: 1 } } },
    ]);
    assert.equal(test.turns[0]?.reference, undefined);
  });

  it('leaves out messages that cannot be sent, and messages after the hundredth', () => {
    const many = Array.from({ length: 101 }, (_, index) => turn('user', `Message ${index}`));
    assert.deepEqual([convert(record(many)).leftOut, convert(record(many)).test.turns.length], [1, 100]);
    const some = [turn('user', ' '), turn('user', 'x'.repeat(2001)), turn('user', 'Hi'), turn('assistant', 'Hello')];
    assert.deepEqual(convert(record(some)).leftOut, 2);
    assert.deepEqual(convert(record(some)).test.turns, [{ user: 'Hi', reference: 'Hello' }]);
    assert.equal(convertToTest(record([turn('assistant', 'Hello')]), options), 'noUserMessages');
  });

  it('has a description of 60 characters at most', () => {
    const describeMessage = (message: string): string => convert(record([turn('user', message)])).test.description;
    assert.equal(describeMessage('Two\n lines\u0007  here'), 'Two lines here');
    assert.equal([...describeMessage('😀'.repeat(80))].length, 60);
    assert.equal(describeMessage('\u200b.'), '.');
  });

  describe('without private parts', () => {
    const phone = '+49 171 2345678';
    const other = '030 7654321';
    const texts = [
      `My number is 0171 2345678, or 491712345678, else ${other}.`,
      'Write to ines.k@example.org.',
      `The ID is ${id.toUpperCase()}, ${id}.`,
      'Use the key 41|Zx9abcdefgh.',
    ];
    const args = {
      phone: '01712345678',
      numbers: [491712345678],
      contact: { mail: 'ines.k@example.org', name: 'Ines' },
      customer: '0a1b2c3d-1111-4222-8333-444455556666',
      doctor: 'okoro',
      json: `{"id":"${id}"}`,
    };
    const turns = texts.flatMap((text) => [
      turn('user', text),
      { ...turn('assistant', text), functionCalls: [call('save', args), call('again', JSON.stringify(args))] },
    ]);
    const variables = { phone, url: `https://x.example/${id}`, patient: 'Ines', number: 491712345678 };

    for (const type of ['whatsapp', 'test']) {
      it(`never has an ID, a key, or the customer's phone number (${type})`, () => {
        const recorded = record(turns, { type, customer: { name: 'Ines', phone } }, variables);
        const { test, masked } = convert(recorded);
        const text = writeTestFile(assistant, [test]);
        parse(text);
        assert.doesNotMatch(text, /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|1712345678|171 2345678|Zx9abc/i);
        assert.ok(masked.includes('phones') && masked.includes('ids'));
        const [first] = test.turns[0]?.assert ?? [];
        const expected = (first?.value as { args: object }).args;
        const mail = type === 'test' ? { mail: 'ines.k@example.org' } : {};
        assert.deepEqual(JSON.parse(JSON.stringify(expected)), { contact: { ...mail, name: 'Ines' }, doctor: 'okoro' });
        assert.equal(text.includes('ines.k@example.org'), type === 'test');
        assert.equal(text.includes(other), type === 'test');
        assert.equal(masked.includes('emails'), type !== 'test');
      });
    }

    it('masks test conversations only if asked, and others unless declined', () => {
      const recorded = record([turn('user', `Call ${other}.`)], { type: 'test' });
      assert.equal(convert(recorded).test.turns[0]?.user, `Call ${other}.`);
      assert.equal(convert(recorded, true).test.turns[0]?.user, 'Call …21.');
      assert.equal(convert({ ...recorded, conversation: undefined }).test.turns[0]?.user, 'Call …21.');
      const widget = record([turn('user', `Call ${other}.`)], { type: 'widget' });
      assert.equal(convert(widget, false).test.turns[0]?.user, `Call ${other}.`);
    });
  });

  it('has the same turns after it is written and parsed, for every conversation of the sample data', async function () {
    this.timeout(30_000);
    const server = await startSampleServer();
    const { api } = connect(server);
    const signal = new AbortController().signal;
    try {
      const { rows } = await api.listConversations({}, { pageSize: 100 }, { signal });
      let checked = 0;
      for (const conversation of rows) {
        const found = server.backend.state.find(conversation.id);
        if (!found || found.detailMissing) continue;
        const body = server.backend.handle({
          method: 'GET',
          url: `${server.url}/conversations/${conversation.id}`,
          headers: { accept: 'application/json', authorization: 'Bearer 1|x' },
        });
        const { decodeTranscript } = await import('../../../src/core/api/decodeTranscript');
        const { parse: parseBody } = await import('../../../src/core/util/parseJson');
        const decoded = decodeTranscript(parseBody(body.body));
        if (decoded === undefined) continue;
        const converted = convertToTest({ id: conversation.id, conversation, transcript: decoded }, options);
        if (converted === 'noUserMessages') continue;
        checkWritten(converted.test, [
          conversation.id,
          conversation.customer?.phone,
          conversation.whatsappSender?.phone,
        ]);
        checked += 1;
      }
      assert.ok(checked > 40, `${checked} conversations`);
    } finally {
      api.dispose();
      await server.close();
    }
  });

  it('has the same turns after it is written and parsed, for any text', () => {
    const text = fc.oneof(
      untrustedText,
      fc.constantFrom(
        '+491711234',
        '0049',
        'yes',
        '# no',
        '- a',
        'a: b',
        '{{x}}',
        'a\n b\n',
        '"',
        "'",
        '|',
        '\ta',
        'a\n\n\nb',
        ' a ',
        '1e3',
        '~',
        '...',
        '---',
      ),
    );
    const json: fc.Arbitrary<JsonValue> = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(text, tie('value'), { maxKeys: 3 }),
      ),
    })).value as fc.Arbitrary<JsonValue>;
    const exchange = fc.tuple(
      text,
      text,
      fc.array(fc.tuple(text, fc.dictionary(text, json, { maxKeys: 3 })), { maxLength: 2 }),
    );
    fc.assert(
      fc.property(fc.array(exchange, { minLength: 1, maxLength: 3 }), (exchanges) => {
        const turns = exchanges.flatMap(([user, reply, calls]) => [
          turn('user', user),
          { ...turn('assistant', reply), functionCalls: calls.map(([name, args]) => call(name, args as JsonObject)) },
        ]);
        const converted = convertToTest(record(turns), options);
        if (converted !== 'noUserMessages') checkWritten(converted.test, [id]);
      }),
      { numRuns: 300 },
    );
  });

  function checkWritten(test: DraftTest, secrets: readonly (string | undefined)[]): void {
    const text = writeTestFile(assistant, [test]);
    const [parsed] = parse(text).tests;
    assert.deepEqual(
      parsed?.turns.map(({ user, reference, assertions }) => [user, reference, assertions.length]),
      test.turns.map(({ user, reference, assert: list }) => [user, reference, list?.length ?? 0]),
    );
    const expected = test.turns.flatMap(({ assert: list = [] }) => list.map(({ value }) => value));
    const actual = parsed?.turns.flatMap(({ assertions }) =>
      assertions.map((each) =>
        each.kind === 'tool-args-match'
          ? { name: each.name, args: each.args }
          : each.kind === 'tool-used'
            ? each.names[0]
            : each,
      ),
    );
    assert.equal(JSON.stringify(actual), JSON.stringify(expected));
    for (const secret of secrets) if (secret !== undefined) assert.ok(!text.includes(secret), text);
  }
});

describe('appendTests', () => {
  const tests = [convert(booking).test, convert(booking).test];
  const descriptions = (text: string): string[] => parse(text).tests.map(({ description }) => description);
  const files: Readonly<Record<string, string>> = {
    'a file with comments': `# Top
assistant:   Clinic Desk   # who
defaultTest: { assert: [ { type: not-icontains, value: as an AI } ] }   # every reply

tests:
    # The first one.
    - description: "first"     # quoted
      turns:
        - user: Hi
          assert:
            - { type: contains, value: Hello }   # at the end

    # After the last test.

# The end.
timeZone: Europe/Berlin
`,
    'items without indentation': 'assistant: a\ntests:\n- description: first\n  turns:\n  - user: Hi\n',
    'a block scalar at the end, without a line break':
      'assistant: a\ntests:\n  - description: first\n    turns:\n      - user: |\n          Hi\n          there',
    'a flow list': 'assistant: a\ntests: [ { description: first, turns: [ { user: Hi } ] } ] # end\ntimeZone: UTC\n',
    'a flow list with a comma at its end':
      '{ assistant: a, tests: [ { description: first, turns: [ { user: Hi } ] }, ] }\n',
    'Windows line breaks':
      'assistant: a\r\ntests:\r\n  - description: first\r\n    turns:\r\n      - user: Hi\r\n# end\r\n',
    'a dash on its own line': 'assistant: a\ntests:\n  -\n    description: first\n    turns: [{ user: Hi }] # - x\n',
  };
  for (const [title, text] of Object.entries(files)) {
    it(`keeps every byte of ${title}`, () => {
      const changed = appendTests(text, tests);
      assert.ok(changed !== undefined);
      assert.deepEqual(descriptions(changed), [
        'first',
        'Is Dr Okoro free tomorrow?',
        'Is Dr Okoro free tomorrow? (2)',
      ]);
      let start = 0;
      while (changed[start] === text[start] && start < text.length) start += 1;
      assert.ok(changed.endsWith(text.slice(start)), changed);
      assert.equal(changed.includes('\r\n'), text.includes('\r\n'));
      assert.equal(/(?<!\r)\n/.test(changed), !text.includes('\r\n'));
      const again = appendTests(changed, tests);
      assert.equal(again && descriptions(again).length, 5);
    });
  }

  it('refuses a file with errors', () => {
    assert.equal(appendTests('assistant: a\ntests: [', tests), undefined);
    assert.equal(appendTests('assistant: a\n', tests), undefined);
  });

  it('writes the ID of an assistant that shares its name', () => {
    assert.deepEqual(parse(writeTestFile({ name: 'Support Assistant', id: 371 }, tests)).assistant, {
      name: 'Support Assistant',
      id: 371,
    });
  });
});

describe('createTestFileName', () => {
  it('has only letters, digits, and hyphens', () => {
    assert.equal(createTestFileName('Clinic Desk (copy)'), 'clinic-desk-copy.conversation.yaml');
    assert.equal(createTestFileName('../Über: Ärzte'), 'über-ärzte.conversation.yaml');
    assert.equal(createTestFileName(' / '), 'assistant.conversation.yaml');
    assert.equal(createTestFileName('😀x'.repeat(99)).length, 60 + '.conversation.yaml'.length);
  });
});
