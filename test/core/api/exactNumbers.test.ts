import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Conversation } from '../../../src/core/model/conversation';
import type { Transcript } from '../../../src/core/model/transcript';
import { csvSerialiser } from '../../../src/core/export/csv';
import { jsonSerialiser } from '../../../src/core/export/json';
import { masked } from '../../../src/core/export/mask';
import { planRerun, type RerunPlan, rerun } from '../../../src/core/running/rerun';
import { TestConversations } from '../../../src/core/running/testConversations';
import { conversationMarkdown, type MarkdownWords } from '../../../src/core/text/copyMarkdown';
import { transcriptViewOf, copyTextOf } from '../../../src/core/view/details';
import { findConversations } from '../../../src/core/view/find';
import { compileQuery } from '../../../src/core/view/transcriptSearch/query';
import { searchTranscript } from '../../../src/core/view/transcriptSearch/search';
import { rawDocument } from '../../../src/shell/documents/record';
import { clientFor, failureOf, never } from './support/client';
import { LocalServer, send } from './support/localServer';

const body = readFileSync('test/fixtures/exact-numbers.json', 'utf8').trim();
const row =
  '{"id":"a","assistant_id":"uuid","type":"test","total_cost":0.00450000,"external_identifier":9007199254740993,"created_at":null,"variables":{"customer_id":1234567890123456789,"qty":1,"qty":2}}';
const page = `{"data":[${row}],"current_page":1,"last_page":1,"total":1}`;
const given = '{"order_id":9007199254740993,"price":12.50,"huge":1e400,"tiny":-0,"qty":1,"qty":2}';
const result = '{"order_id":1790000000000000123,"ok":true}';
/** What is to be found however it is indented. */
const packed = (text: string): string => text.replace(/\s+/g, '');

describe('Numbers and fields, from one side of the network to the other', () => {
  let server: LocalServer;
  let transcript: Transcript;
  let conversation: Conversation;
  let api: ReturnType<typeof clientFor>['api'];

  beforeEach(async () => {
    server = await LocalServer.start((request, response) => {
      const isPost = request.method === 'POST';
      const answer = isPost
        ? '{"status":true,"conversation_id":"new","message":"ok"}'
        : request.url?.startsWith('/user') === true
          ? page
          : body;
      request
        .on('end', () => send(response, { headers: { 'content-type': 'application/json' }, body: answer }))
        .resume();
    });
    api = clientFor(server.origin).api;
    transcript = await api.getTranscript('a', never());
    const [first] = (await api.listConversations({}, { pageSize: 30 }, never())).rows;
    conversation = first ?? assert.fail();
  });
  afterEach(async () => {
    api.dispose();
    await server.stop();
  });

  it('are sent again by a rerun as they came', async () => {
    for (const variables of [
      '{"customer_id":1234567890123456789}',
      '{"booking_id":9007199254740993}',
      '{"price":12.50,"n":{"tiny":-0,"huge":1e400},"qty":1,"qty":2}',
    ]) {
      const plan = planRerun(conversation, {
        ...transcript,
        variables: (await transcriptWith(variables)).variables,
      }) as RerunPlan;
      server.seen.length = 0;
      const director = {
        step: () => undefined,
        decide: () => Promise.resolve('stop' as const),
        stop: new AbortController().signal,
      };
      assert.equal((await rerun(plan, { api, tests: new TestConversations() }, director)).kind, 'done');
      assert.equal(server.seen[0]?.body, `{"assistant_id":"uuid","type":"test","variables":${variables}}`);
    }
  });

  async function transcriptWith(variables: string): Promise<Transcript> {
    const other = await LocalServer.start((_, response) =>
      send(response, { body: `{"history":[],"variables":${variables}}` }),
    );
    try {
      return await clientFor(other.origin).api.getTranscript('b', never());
    } finally {
      await other.stop();
    }
  }

  it('stand in the document, in exports and in what is copied', () => {
    assert.ok(
      packed(rawDocument(conversation, transcript)).includes(packed(`{"conversation":${row},"transcript":${body}}`)),
    );
    const exported = { id: 'a', conversation, transcript, missed: undefined };
    for (const each of [exported, masked(exported, ['phones'])]) {
      assert.ok(packed(jsonSerialiser().add(each)).includes(packed(body).slice(-100)), 'JSON');
    }
    assert.ok(packed(jsonSerialiser().add(exported)).includes(packed(row)));
    const words: MarkdownWords = {
      variables: 'V',
      transcript: 'T',
      noTurns: '',
      arguments: 'A',
      result: 'R',
      role: String,
      call: String,
    };
    const markdown = conversationMarkdown(
      { title: 't', facts: [], variables: transcript.variables, turns: transcript.turns },
      words,
    );
    assert.ok(packed(markdown).includes(given) && packed(markdown).includes('{"customer_id":1234567890123456789}'));
    const table = csvSerialiser(
      () => '',
      () => '',
    );
    table.begin({ transcripts: true } as never);
    const cells = table.add(exported).replaceAll('""', '"');
    for (const text of [
      given,
      '1790000000000000123',
      '0.00450000',
      '9007199254740993',
      '{"customer_id":1234567890123456789,"qty":1,"qty":2}',
    ])
      assert.ok(cells.includes(text), text);

    const known = { id: 'a', row: conversation, transcript };
    const copied = (part: 'arguments' | 'result' | 'whole'): string =>
      copyTextOf(known, { kind: 'call', turn: 1, call: 0, part }) ?? '';
    assert.equal(packed(copied('arguments')), given);
    assert.equal(copied('result'), result);
    assert.ok(packed(copied('whole')).includes(given));
    assert.equal(copyTextOf(known, { kind: 'variable', name: 'customer_id' }), '1234567890123456789');
    const twice = { id: 'a', row: conversation, transcript: undefined };
    assert.deepEqual(
      [0, 1, 2].map((nth) => copyTextOf(twice, { kind: 'variable', name: 'qty', nth })),
      ['1', '2', undefined],
    );
    assert.equal(conversation.totalCost, '0.00450000');
    assert.equal(conversation.externalIdentifier, '9007199254740993');
  });

  it('are found by their digits, and by them alone', () => {
    const places = (text: string): number => {
      const query = compileQuery({ text, isRegex: false });
      return query.ok ? searchTranscript(transcript, query.find, false).total : -1;
    };
    for (const text of [
      '9007199254740993',
      '12.50',
      '1e400',
      'tiny: -0',
      '1790000000000000123',
      '1234567890123456789',
      'qty: 1',
      'qty: 2',
    ])
      assert.equal(places(text), 1, text);
    for (const text of ['9007199254740992', 'Infinity', '1234567890123456800']) assert.equal(places(text), 0, text);
    const find = (text: string): unknown => findConversations([conversation], text, { limit: 5 }).matches[0]?.fields;
    assert.deepEqual(find('1234567890123456789'), [
      { kind: 'variable', name: 'customer_id', value: '1234567890123456789' },
    ]);
    assert.equal(find('1234567890123456800'), undefined);
  });

  it('stand in the lines that sum up a call', () => {
    const [call] = transcriptViewOf(transcript).turns[1]?.calls ?? [];
    assert.equal(
      call?.argumentsSummary,
      'order_id: 9007199254740993, price: 12.50, huge: 1e400, tiny: -0, qty: 1, qty: 2',
    );
    assert.equal(call?.resultSummary, 'order_id: 1790000000000000123, ok: true');
  });
});

describe('A body of more than 256 kB', () => {
  const rows = Array.from(
    { length: 4000 },
    (_, index) =>
      `{"role":"user","content":${JSON.stringify(`Where is my order ${index}? ${'Please '.repeat(100)}`)},"function_calls":[{"name":"f","arguments":{"id":${9007199254740993n + BigInt(2 * index)}}}]}`,
  );
  const large = `{"history":[${rows.join(',')}]}`;

  async function serving<T>(text: string, use: (api: ReturnType<typeof clientFor>['api']) => Promise<T>): Promise<T> {
    const server = await LocalServer.start((_, response) => send(response, { body: text }));
    const { api } = clientFor(server.origin);
    try {
      return await use(api);
    } finally {
      api.dispose();
      await server.stop();
    }
  }

  it('is read as it was sent', async () => {
    const { turns } = await serving(large, (api) => api.getTranscript('a', never()));
    assert.equal(turns.length, 4000);
    assert.equal(
      String((turns[3999]?.functionCalls[0]?.arguments as { id: unknown }).id),
      String(9007199254740993n + 7998n),
    );
  });

  it('is no JSON where it is none', async () => {
    const error = await serving(large.slice(0, -1), async (api) => failureOf(api.getTranscript('a', never())));
    assert.deepEqual([error.kind, error.answer], ['unexpected', 'notJson']);
  });

  it('blocks nothing while it is parsed, and stops when its reader cancels', async () => {
    await serving(large, async (api) => {
      const reader = new AbortController();
      const original = JSON.parse;
      let parsed = 0;
      // The parser reads long texts by JSON.parse: by it one can tell that it is at work.
      JSON.parse = ((text: string) => {
        parsed += 1;
        if (parsed === 1) setImmediate(() => reader.abort());
        return original(text) as unknown;
      }) as typeof JSON.parse;
      try {
        assert.equal((await failureOf(api.getTranscript('a', { signal: reader.signal }))).kind, 'cancelled');
        assert.ok(parsed < 4000, `${parsed} texts`);
      } finally {
        JSON.parse = original;
      }
    });
  });
});
