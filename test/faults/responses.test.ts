import assert from 'node:assert/strict';
import { Chain, row, useServers } from './support/chain';
import { testFaults, type Fault } from './support/faultTable';
import { respondWith } from './support/rawServer';

const html = { 'content-type': 'text/html; charset=UTF-8' };
const unexpected = { kind: 'unexpected', attempts: 1 } as const;
const webPage = /returned a web page instead of JSON\. Is the base URL correct\?/;
const invalidJson = /^Couldn't load test conversations\. The response was cut off or isn't valid JSON/;
const wrongShape = /^Couldn't load test conversations\. The server sent an unexpected response\./;

const faults: readonly Fault[] = [
  {
    name: 'HTML with status 200 from a captive portal',
    ...unexpected,
    answer: 'webPage',
    serve: respondWith({
      headers: html,
      body: '<!DOCTYPE html><title>Hotel Wi-Fi</title><a href="/accept">Accept</a>',
    }),
    message: webPage,
  },
  {
    name: 'HTML with status 200 from a login page that is labeled as JSON',
    ...unexpected,
    answer: 'webPage',
    serve: respondWith({ headers: { 'content-type': 'application/json' }, body: '\n<html><form action="/login">' }),
    message: webPage,
  },
  { name: 'status 204', ...unexpected, answer: 'notJson', serve: respondWith({ status: 204 }), message: invalidJson },
  { name: 'an empty body', ...unexpected, answer: 'notJson', serve: respondWith({ body: '' }), message: invalidJson },
  {
    name: 'invalid JSON',
    ...unexpected,
    answer: 'notJson',
    serve: respondWith({ body: "{'data': [,]}" }),
    message: invalidJson,
  },
  {
    name: 'JSON followed by other text',
    ...unexpected,
    answer: 'notJson',
    serve: respondWith({ body: '{"data":[]}Warning: PHP' }),
    message: invalidJson,
  },
  ...[null, 7, 'text', {}, { data: null }, { data: 'rows' }, { data: { a: 1 } }, { conversations: [] }].map(
    (body): Fault => ({
      name: `valid JSON of the wrong shape: ${JSON.stringify(body)}`,
      ...unexpected,
      answer: 'shape',
      serve: respondWith({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      message: wrongShape,
    }),
  ),
];

describe('an invalid response', () => {
  testFaults(faults);
  const start = useServers();

  it('with some invalid rows shows the valid rows and counts the invalid ones', async () => {
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
    server.serve = respondWith({ body: { data, current_page: 1, last_page: 1, total: 6 } });
    await chain.store.open('test');
    assert.deepEqual(chain.ids, ['good', 'odd']);
    const { state, rejected, mayLackRows } = chain.list;
    assert.deepEqual([state.kind, rejected, mayLackRows], ['ready', 4, false]);
  });
});
