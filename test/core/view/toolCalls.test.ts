import assert from 'node:assert/strict';
import { type CallSummary, summarizeCalls } from '../../../src/core/view/callSummary';
import { DatedRow } from '../../../src/core/view/rowOrder';
import { listToolCalls, summarizeTools } from '../../../src/core/view/toolCalls';
import { row } from './filterRows';

const failed = { error: 'no such order' };
const summary = (...calls: (readonly [tool: string, result: object])[]): CallSummary =>
  summarizeCalls({
    turns: calls.map(([name, result]) => ({
      role: 'assistant',
      content: '',
      functionCalls: [{ name, arguments: {}, result: result as { readonly [name: string]: string } }],
    })),
  });

const newest = ['new', 'unchecked', 'old'].map((id) => new DatedRow(row({ id }), 0));
const summaries = new Map([
  ['new', summary(['get_order', {}], ['refund', {}], ['get_order', failed])],
  ['old', summary(['get_order', failed], ['book', {}], ['book', {}])],
]);
const callsOf = (id: string): CallSummary | undefined => summaries.get(id);

describe('summarizeTools', () => {
  it('counts calls, failures, and conversations, most failures first', () => {
    assert.deepEqual(
      summarizeTools(newest, callsOf).map(({ last, ...usage }) => ({ ...usage, last: last.id })),
      [
        { tool: 'get_order', calls: 3, failed: 2, conversations: 2, last: 'new' },
        { tool: 'book', calls: 2, failed: 0, conversations: 1, last: 'old' },
        { tool: 'refund', calls: 1, failed: 0, conversations: 1, last: 'new' },
      ],
    );
  });

  it('is empty if no transcript was loaded', () =>
    assert.deepEqual(
      summarizeTools(newest, () => undefined),
      [],
    ));
});

describe('listToolCalls', () => {
  it('lists failed calls first, then the newest conversation', () => {
    assert.deepEqual(
      listToolCalls(newest, callsOf, 'get_order').map(({ row: { id }, record }) => [id, record.turn, record.isFailed]),
      [
        ['new', 2, true],
        ['old', 0, true],
        ['new', 0, false],
      ],
    );
  });

  it('is empty for an unknown tool', () => assert.deepEqual(listToolCalls(newest, callsOf, 'none'), []));
});
