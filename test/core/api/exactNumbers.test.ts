import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Conversation } from '../../../src/core/model/conversation';
import type { Transcript } from '../../../src/core/model/transcript';
import { createCsvSerializer } from '../../../src/core/export/csv';
import { createJsonSerializer } from '../../../src/core/export/json';
import { maskConversation } from '../../../src/core/export/mask';
import { planRerun, type RerunPlan, rerun } from '../../../src/core/running/rerun';
import { TestConversations } from '../../../src/core/running/testConversations';
import { formatConversationMarkdown, type MarkdownLabels } from '../../../src/core/text/copyMarkdown';
import { createTranscriptView, findCopyText } from '../../../src/core/view/details';
import { findConversations } from '../../../src/core/view/find';
import { compileQuery } from '../../../src/core/view/transcriptSearch';
import { searchTranscript } from '../../../src/core/view/transcriptSearch';
import { formatRawDocument } from '../../../src/shell/documents/record';
import { clientFor, catchFailure, never } from './support/client';
import { LocalServer, send } from './support/localServer';

const body = readFileSync('test/fixtures/exact-numbers.json', 'utf8').trim();
const row =
  '{"id":"a","assistant_id":"uuid","type":"test","total_cost":0.00450000,"external_identifier":9007199254740993,"created_at":null,"variables":{"customer_id":1234567890123456789,"qty":1,"qty":2}}';
const page = `{"data":[${row}],"current_page":1,"last_page":1,"total":1}`;
const argumentsText = '{"order_id":9007199254740993,"price":12.50,"huge":1e400,"tiny":-0,"qty":1,"qty":2}';
const resultText = '{"order_id":1790000000000000123,"ok":true}';
/** Removes white space, so that a search ignores indentation. */
const withoutSpace = (text: string): string => text.replace(/\s+/g, '');

describe('Exact numbers and duplicate fields', () => {
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

  it('are sent unchanged by a rerun', async () => {
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

  it('appear unchanged in documents, exports, and copied text', () => {
    assert.ok(
      withoutSpace(formatRawDocument(conversation, transcript)).includes(
        withoutSpace(`{"conversation":${row},"transcript":${body}}`),
      ),
    );
    const exported = { id: 'a', conversation, transcript, missed: undefined };
    for (const each of [exported, maskConversation(exported, ['phones'])]) {
      assert.ok(withoutSpace(createJsonSerializer().add(each)).includes(withoutSpace(body).slice(-100)), 'JSON');
    }
    assert.ok(withoutSpace(createJsonSerializer().add(exported)).includes(withoutSpace(row)));
    const labels: MarkdownLabels = {
      variables: 'V',
      transcript: 'T',
      noTurns: '',
      arguments: 'A',
      result: 'R',
      role: String,
      call: String,
    };
    const markdown = formatConversationMarkdown(
      { title: 't', facts: [], variables: transcript.variables, turns: transcript.turns },
      labels,
    );
    assert.ok(
      withoutSpace(markdown).includes(argumentsText) &&
        withoutSpace(markdown).includes('{"customer_id":1234567890123456789}'),
    );
    const table = createCsvSerializer(
      () => '',
      () => '',
    );
    table.begin({ transcripts: true } as never);
    const cells = table.add(exported).replaceAll('""', '"');
    for (const text of [
      argumentsText,
      '1790000000000000123',
      '0.00450000',
      '9007199254740993',
      '{"customer_id":1234567890123456789,"qty":1,"qty":2}',
    ])
      assert.ok(cells.includes(text), text);

    const known = { id: 'a', row: conversation, transcript };
    const copyPart = (part: 'arguments' | 'result' | 'whole'): string =>
      findCopyText(known, { kind: 'call', turn: 1, call: 0, part }) ?? '';
    assert.equal(withoutSpace(copyPart('arguments')), argumentsText);
    assert.equal(copyPart('result'), resultText);
    assert.ok(withoutSpace(copyPart('whole')).includes(argumentsText));
    assert.equal(findCopyText(known, { kind: 'variable', name: 'customer_id' }), '1234567890123456789');
    const withDuplicates = { id: 'a', row: conversation, transcript: undefined };
    assert.deepEqual(
      [0, 1, 2].map((nth) => findCopyText(withDuplicates, { kind: 'variable', name: 'qty', nth })),
      ['1', '2', undefined],
    );
    assert.equal(conversation.totalCost, '0.00450000');
    assert.equal(conversation.externalIdentifier, '9007199254740993');
  });

  it('are found only by their exact digits', () => {
    const countMatches = (text: string): number => {
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
      assert.equal(countMatches(text), 1, text);
    for (const text of ['9007199254740992', 'Infinity', '1234567890123456800'])
      assert.equal(countMatches(text), 0, text);
    const find = (text: string): unknown => findConversations([conversation], text, { limit: 5 }).matches[0]?.fields;
    assert.deepEqual(find('1234567890123456789'), [
      { kind: 'variable', name: 'customer_id', value: '1234567890123456789' },
    ]);
    assert.equal(find('1234567890123456800'), undefined);
  });

  it('appear unchanged in the summaries of a tool call', () => {
    const [call] = createTranscriptView(transcript).turns[1]?.calls ?? [];
    assert.equal(
      call?.argumentsSummary,
      'order_id: 9007199254740993, price: 12.50, huge: 1e400, tiny: -0, qty: 1, qty: 2',
    );
    assert.equal(call?.resultSummary, 'order_id: 1790000000000000123, ok: true');
  });
});

describe('A response body of more than 256 kB', () => {
  const rows = Array.from(
    { length: 4000 },
    (_, index) =>
      `{"role":"user","content":${JSON.stringify(`Where is my order ${index}? ${'Please '.repeat(100)}`)},"function_calls":[{"name":"f","arguments":{"id":${9007199254740993n + BigInt(2 * index)}}}]}`,
  );
  const large = `{"history":[${rows.join(',')}]}`;

  async function withServer<T>(
    text: string,
    use: (api: ReturnType<typeof clientFor>['api']) => Promise<T>,
  ): Promise<T> {
    const server = await LocalServer.start((_, response) => send(response, { body: text }));
    const { api } = clientFor(server.origin);
    try {
      return await use(api);
    } finally {
      api.dispose();
      await server.stop();
    }
  }

  it('is parsed without changes', async () => {
    const { turns } = await withServer(large, (api) => api.getTranscript('a', never()));
    assert.equal(turns.length, 4000);
    assert.equal(
      String((turns[3999]?.functionCalls[0]?.arguments as { id: unknown }).id),
      String(9007199254740993n + 7998n),
    );
  });

  it('is reported as notJson if it is invalid', async () => {
    const error = await withServer(large.slice(0, -1), async (api) => catchFailure(api.getTranscript('a', never())));
    assert.deepEqual([error.kind, error.unexpected], ['unexpected', 'notJson']);
  });

  it('is parsed without blocking and stops when the caller cancels', async () => {
    await withServer(large, async (api) => {
      const abort = new AbortController();
      const original = JSON.parse;
      let parsed = 0;
      // The parser calls JSON.parse for long strings, so a call shows that it is running.
      JSON.parse = ((text: string) => {
        parsed += 1;
        if (parsed === 1) setImmediate(() => abort.abort());
        return original(text) as unknown;
      }) as typeof JSON.parse;
      try {
        assert.equal((await catchFailure(api.getTranscript('a', { signal: abort.signal }))).kind, 'cancelled');
        assert.ok(parsed < 4000, `parsed ${parsed} texts`);
      } finally {
        JSON.parse = original;
      }
    });
  });
});
