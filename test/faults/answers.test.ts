import assert from 'node:assert/strict';
import { Chain, row, useServers } from './support/chain';
import { testFaults, type Fault } from './support/faultTable';
import { answer } from './support/rawServer';

const html = { 'content-type': 'text/html; charset=UTF-8' };
const unexpected = { kind: 'unexpected', attempts: 1 } as const;
const page = /returned a web page instead of JSON\. Is the base URL correct\?/;
const broken = /was cut off or isn't valid JSON \(loading test conversations\)/;
const shape = /unexpected response while loading test conversations/;

const faults: readonly Fault[] = [
  {
    name: 'HTML with 200: a captive portal',
    ...unexpected,
    answer: 'webPage',
    serve: answer({ headers: html, body: '<!DOCTYPE html><title>Hotel Wi-Fi</title><a href="/accept">Accept</a>' }),
    says: page,
  },
  {
    name: 'HTML with 200: a login page that calls itself JSON',
    ...unexpected,
    answer: 'webPage',
    serve: answer({ headers: { 'content-type': 'application/json' }, body: '\n<html><form action="/login">' }),
    says: page,
  },
  { name: '204', ...unexpected, answer: 'notJson', serve: answer({ status: 204 }), says: broken },
  { name: 'an empty body', ...unexpected, answer: 'notJson', serve: answer({ body: '' }), says: broken },
  { name: 'invalid JSON', ...unexpected, answer: 'notJson', serve: answer({ body: "{'data': [,]}" }), says: broken },
  {
    name: 'JSON and then something else',
    ...unexpected,
    answer: 'notJson',
    serve: answer({ body: '{"data":[]}Warning: PHP' }),
    says: broken,
  },
  ...[null, 7, 'text', {}, { data: null }, { data: 'rows' }, { data: { a: 1 } }, { conversations: [] }].map(
    (body): Fault => ({
      name: `right JSON of the wrong shape: ${JSON.stringify(body)}`,
      ...unexpected,
      answer: 'shape',
      serve: answer({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      says: shape,
    }),
  ),
];

describe('An answer that is none', () => {
  testFaults(faults);
  const start = useServers();

  it('rows partly broken: the others are shown, and the broken ones counted', async () => {
    const server = await start();
    const chain = new Chain(server, { pageSize: 10 });
    const data = [
      row('good'),
      null,
      'text',
      { ...row('x'), id: null },
      [],
      { ...row('odd'), total_cost: {}, message_count: -1, ai_enabled: 'perhaps' },
    ];
    server.serve = answer({ body: { data, current_page: 1, last_page: 1, total: 6 } });
    await chain.store.open('test');
    assert.deepEqual(chain.ids, ['good', 'odd']);
    const { state, rejected, mayLackRows } = chain.list;
    assert.deepEqual([state.kind, rejected, mayLackRows], ['ready', 4, false]);
  });
});
