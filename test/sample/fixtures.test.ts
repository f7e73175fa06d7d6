import assert from 'node:assert/strict';
import { fixtureNames } from '../../src/sample/conversations/fixtures';
import { sendRequest, createBackend, parseBody, detail, loadAllRows, type Row, type Turn } from './requests';

const backend = createBackend();
const turns = (name: Parameters<typeof backend.fixtureId>[0]): readonly Turn[] =>
  detail(backend, backend.fixtureId(name)).history;
const row = (name: Parameters<typeof backend.fixtureId>[0]): Row => {
  const found = loadAllRows(backend).find(({ id }) => id === backend.fixtureId(name));
  assert.ok(found, name);
  return found;
};
const calls = (name: Parameters<typeof backend.fixtureId>[0]): NonNullable<Turn['function_calls']> =>
  turns(name).flatMap((turn) => turn.function_calls ?? []);

describe('Sample fixtures', () => {
  it('have all shapes of tool calls', () => {
    assert.deepEqual(calls('noTools'), []);
    assert.ok(turns('noTools').every((turn) => !('function_calls' in turn)));
    assert.equal(turns('twoTools').at(-1)?.function_calls?.length, 2);
    assert.deepEqual(calls('emptyArguments')[0]?.arguments, []);
    assert.deepEqual(JSON.parse(String(calls('jsonStringResult')[0]?.result)), {
      plan: 'Business',
      seats: 20,
      trial: false,
    });
    assert.match(String(calls('plainTextError')[0]?.result), /^Error: connect/);
    assert.equal(calls('nullResult')[0]?.result, null);
    assert.ok(JSON.stringify(calls('hugeResult')[0]?.result).length >= 200_000);
    assert.equal(turns('nullContent').at(-1)?.content, null);
    assert.equal(calls('nullContent').length, 1);
  });

  it('have all shapes of transcripts and text', () => {
    assert.deepEqual(turns('emptyHistory'), []);
    assert.equal(turns('longHistory').length, 400);
    const markup = JSON.stringify(turns('markup'));
    for (const part of ['<script>', 'data:text/html', '| Plan | Seats |', 'onerror='])
      assert.ok(markup.includes(part), part);
    const scripts = turns('scripts')
      .map(({ content }) => content)
      .join();
    assert.match(scripts, /[\u0600-\u06ff]/);
    assert.match(scripts, /\p{Extended_Pictographic}/u);
    assert.match(scripts, /\r\n/);
    assert.equal(turns('unknownType')[0]?.role, 'system');
  });

  it('have all shapes of rows', () => {
    const variables = (['variablesNull', 'variablesEmpty', 'variablesList'] as const).map(
      (name) => row(name).variables,
    );
    assert.deepEqual(variables, [null, {}, []]);
    assert.equal(typeof (row('variablesNested').variables as { customer: unknown }).customer, 'object');
    assert.equal(row('unknownType').type, 'voice');
    assert.equal(row('aiOff').ai_enabled, false);
    assert.equal(row('deletedAssistant').assistant_name, null);
    assert.equal(row('stringCost').total_cost, '0.00450000');
    assert.match(row('oddId').id, /^[\w-]{36}$/);
    assert.doesNotMatch(row('oddId').id, /^[\da-f-]+$/);
    assert.equal(detail(backend, row('oddId').id).history.length, 3);
  });

  it('list a conversation whose transcript is missing', () => {
    const response = sendRequest(backend, `/conversations/${row('missingDetail').id}`);
    assert.equal(response.status, 404);
    assert.deepEqual(parseBody(response), { status: false, error: 'Conversation not found' });
  });

  it('include two assistants with the same name', () => {
    const ids = loadAllRows(backend).filter((each) => each.assistant_name === 'Support Assistant');
    assert.equal(new Set(ids.map((each) => each.assistant_id)).size, 2);
  });

  it('are identified by test_name and all part of the default data', () => {
    for (const name of fixtureNames(true)) {
      const { variables } = row(name);
      if (name.startsWith('variables') && name !== 'variablesNested') continue;
      assert.ok((variables as { test_name: string }).test_name.length > 0, name);
    }
  });

  it('leave confusing ones out of the sample data for users', () => {
    const sampleOnly = createBackend({ fixtures: false });
    assert.throws(() => sampleOnly.fixtureId('missingDetail'), RangeError);
    assert.equal(detail(sampleOnly, sampleOnly.fixtureId('longHistory')).history.length, 400);
    for (const { id } of loadAllRows(sampleOnly))
      assert.equal(sendRequest(sampleOnly, `/conversations/${id}`).status, 200);
    assert.throws(() => createBackend({ count: 4 }).fixtureId('noTools'), RangeError);
  });
});
