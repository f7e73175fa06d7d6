import assert from 'node:assert/strict';
import { decodeAssistants, decodeKeyOwner } from '../../../src/core/api/decodeAccount';

describe('decodeAssistants', () => {
  it('decodes both IDs and leaves out assistants with only one', () => {
    const page = decodeAssistants(
      {
        current_page: 1,
        last_page: 1,
        data: [
          { id: 318, uuid: 'c4a1', name: 'Clinic Desk', llm_temperature: '0.30', deleted_at: null },
          { id: '319', uuid: 'd5b2', name: null },
          { id: 321, uuid: 'a1b2', name: 'Deleted', deleted_at: '2026-11-01T10:00:00.000000Z' },
          { id: 320, name: 'No uuid' },
          { uuid: 'e6c3', name: 'No id' },
          { id: 'x', uuid: 'f7d4', name: 'No number' },
          null,
        ],
      },
      { pageSize: 100 },
    );
    assert.deepEqual(page?.rows, [
      { serverId: 318, uuid: 'c4a1', name: 'Clinic Desk' },
      { serverId: 319, uuid: 'd5b2', name: '' },
      { serverId: 321, uuid: 'a1b2', name: 'Deleted', isDeleted: true },
    ]);
  });

  it('decodes a bare array and finds no list in anything else', () => {
    assert.equal(decodeAssistants([{ id: 1, uuid: 'a', name: 'A' }], { pageSize: 100 })?.rows.length, 1);
    assert.equal(decodeAssistants({ message: 'x' }, { pageSize: 100 }), undefined);
  });
});

describe('decodeKeyOwner', () => {
  it('decodes the fields that are present', () => {
    assert.deepEqual(decodeKeyOwner({ name: 'Ada', email: 'ada@example.test', total_balance: 41.250731 }), {
      name: 'Ada',
      email: 'ada@example.test',
      balance: 41.250731,
    });
    const nothing = { name: undefined, email: undefined, balance: undefined };
    assert.deepEqual(decodeKeyOwner({ data: { name: 'Ada' } }), { ...nothing, name: 'Ada' });
    assert.deepEqual(decodeKeyOwner({ total_balance: '0.10' }), { ...nothing, balance: '0.10' });
    assert.deepEqual(decodeKeyOwner({ name: null, email: ' ', total_balance: 'much' }), nothing);
    assert.deepEqual(decodeKeyOwner({}), nothing);
  });

  it("returns undefined for a body that isn't an object", () => {
    for (const body of [null, [], 'x', 1]) assert.equal(decodeKeyOwner(body), undefined);
  });
});
