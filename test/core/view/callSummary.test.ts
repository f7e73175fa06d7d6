import assert from 'node:assert/strict';
import type { JsonValue } from '../../../src/core/model/json';
import type { Turn } from '../../../src/core/model/transcript';
import { CallSummaries, summarizeCalls } from '../../../src/core/view/callSummary';

const createTurn = (role: string, content: string, ...calls: [name: string, result: JsonValue][]): Turn => ({
  role,
  content,
  functionCalls: calls.map(([name, result]) => ({ name, arguments: {}, result })),
});
const failedCall: [string, JsonValue] = ['get_order', { error: 'no such order' }];
const goodCall: [string, JsonValue] = ['get_order', { order: 7 }];

describe('summarizeCalls', () => {
  it('counts calls and failures, and lists the tools and their places', () => {
    const summary = summarizeCalls({
      turns: [
        createTurn('user', 'Hi'),
        createTurn('assistant', '', goodCall, failedCall),
        createTurn('assistant', 'Done', ['refund', true]),
      ],
    });
    assert.deepEqual(summary, {
      calls: 3,
      failed: 1,
      tools: ['get_order', 'refund'],
      records: [
        { tool: 'get_order', turn: 1, call: 0, isFailed: false, reason: undefined },
        { tool: 'get_order', turn: 1, call: 1, isFailed: true, reason: 'no such order' },
        { tool: 'refund', turn: 2, call: 0, isFailed: false, reason: undefined },
      ],
      opening: 'Hi',
    });
  });

  it('takes the first user message that is not empty, and shortens it', () => {
    const opening = (...turns: Turn[]): string | undefined => summarizeCalls({ turns }).opening;
    assert.equal(
      opening(createTurn('assistant', 'Hello'), createTurn('user', ' \n'), createTurn('user', '\n Hi ')),
      'Hi ',
    );
    assert.equal(opening(createTurn('user', 'x'.repeat(1000)))?.length, 200);
    assert.equal(opening(createTurn('assistant', 'Hello')), undefined);
    assert.equal(opening(), undefined);
  });

  it('counts all calls of a long transcript, but lists only the first 1,000', () => {
    const turns = Array.from({ length: 1500 }, () => createTurn('assistant', '', failedCall));
    const { calls, failed, records } = summarizeCalls({ turns });
    assert.deepEqual([calls, failed, records.length], [1500, 1500, 1000]);
  });
});

describe('CallSummaries', () => {
  const failing = { turns: [createTurn('assistant', '', failedCall)] };
  const fine = { turns: [createTurn('assistant', '', goodCall)] };
  const a = { id: 'a', updatedAt: '1' };

  it('knows nothing about a transcript that was never loaded', () => {
    const summaries = new CallSummaries();
    assert.equal(summaries.of('a'), undefined);
    assert.equal(summaries.isCurrent(a), false);
  });

  it('keeps the summary of an earlier version, and marks it as outdated', () => {
    const summaries = new CallSummaries();
    summaries.note(a, failing);
    assert.equal(summaries.isCurrent(a), true);
    const later = { id: 'a', updatedAt: '2' };
    assert.equal(summaries.isCurrent(later), false);
    assert.equal(summaries.of('a')?.failed, 1);
    summaries.note(later, failing);
    assert.equal(summaries.isCurrent(later), true);
  });

  it('reports only changes', () => {
    const summaries = new CallSummaries();
    const changes: (readonly string[])[] = [];
    summaries.onDidChange((ids) => changes.push(ids));
    summaries.note(a, failing);
    summaries.note(a, { turns: [...failing.turns] });
    assert.deepEqual(changes, [['a']]);
    summaries.note(a, fine);
    summaries.note({ ...a, updatedAt: '2' }, fine);
    assert.deepEqual(changes, [['a'], ['a'], ['a']]);
  });

  it('drops the oldest beyond its limit, and reports them', () => {
    const summaries = new CallSummaries(5);
    const changes: (readonly string[])[] = [];
    summaries.onDidChange((ids) => changes.push(ids));
    for (const id of ['a', 'b', 'c']) summaries.note({ id, updatedAt: '1' }, failing);
    assert.deepEqual(changes, [['a'], ['b'], ['c', 'a']]);
    assert.deepEqual(
      ['a', 'b', 'c'].map((id) => summaries.of(id)?.failed),
      [undefined, 1, 1],
    );
  });

  it('forgets everything on a change of account', () => {
    const summaries = new CallSummaries();
    summaries.note(a, failing);
    const changes: (readonly string[])[] = [];
    summaries.onDidChange((ids) => changes.push(ids));
    summaries.clear();
    summaries.clear();
    assert.deepEqual([summaries.of('a'), changes], [undefined, [['a']]]);
    summaries.note(a, failing);
    assert.equal(summaries.of('a')?.failed, 1);
  });
});
