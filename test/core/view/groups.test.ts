import assert from 'node:assert/strict';
import { knownConversationTypes } from '../../../src/core/model/conversation';
import { groupRows, compareTypes, formatGroupKey } from '../../../src/core/view/groups';
import { sortNewestFirst } from '../../../src/core/view/rowOrder';
import { row } from './filterRows';

const idsOf = (rows: ReturnType<typeof sortNewestFirst>): string[] => rows.map(({ row: { id } }) => id);

describe('Groups of conversations', () => {
  it('have known types in their order, then others by name', () => {
    const types = ['zeta', ...[...knownConversationTypes].reverse(), 'alpha', ''];
    const sorted = [...types].sort(compareTypes);
    assert.deepEqual(sorted, [...knownConversationTypes, '', 'alpha', 'zeta']);
    for (const one of types) {
      for (const other of types)
        assert.equal(Math.sign(compareTypes(one, other)), -Math.sign(compareTypes(other, one)) || 0);
    }
    const rows = sortNewestFirst(
      types.map((type, index) => row({ id: String(index), type, createdAt: `2026-11-${index + 10} 10:00:00` })),
      'UTC',
    );
    assert.deepEqual(
      groupRows(rows, 'type').map(({ key }) => key),
      sorted.map((type) => ({ by: 'type', type })),
    );
  });

  it('have assistants in the order of their newest conversation', () => {
    const rows = sortNewestFirst(
      [
        row({ id: '1', assistantId: 'a', createdAt: '2026-11-01 10:00:00' }),
        row({ id: '2', assistantId: 'b', createdAt: '2026-11-02 10:00:00' }),
        row({ id: '3', assistantId: 'a', createdAt: '2026-10-01 10:00:00' }),
      ],
      'UTC',
    );
    assert.deepEqual(
      groupRows(rows, 'assistant').map(({ key, rows: members }) => [formatGroupKey(key), idsOf(members)]),
      [
        ['assistant/b', ['2']],
        ['assistant/a', ['1', '3']],
      ],
    );
  });

  it('sort rows with equal times by ID and put rows without a time last, in a day group of their own', () => {
    const rows = ['b', 'c', 'a'].map((id) => row({ id, createdAt: '2026-11-01 10:00:00' }));
    const undated = ['y', 'x'].map((id) => row({ id, createdAt: 'once' }));
    for (const each of [[...undated, ...rows], [...rows, ...undated].reverse()])
      assert.deepEqual(idsOf(sortNewestFirst(each, 'UTC')), ['a', 'b', 'c', 'x', 'y']);
    assert.deepEqual(formatGroupKey({ by: 'day', day: undefined }), 'day/');
    assert.equal(groupRows(sortNewestFirst(undated, 'UTC'), 'day').length, 1);
  });

  it('have a unique key for any text', () => {
    const texts = ['', 'a', 'a/b', '%2F', '"', '\\', '\ud800', '\udfff', '\\ud800', 'é'];
    const keys = texts.map((type) => formatGroupKey({ by: 'type', type }));
    assert.equal(new Set(keys).size, texts.length);
    assert.equal(keys[1], 'type/a');
    assert.ok(keys.every((key) => /^type\/[^/"]*$/.test(key)));
  });
});
