import assert from 'node:assert/strict';
import { getSearchText, listVariableLeaves, listCustomerTexts } from '../../../src/core/view/searchText';
import { row } from './filterRows';

describe('The search text of a conversation', () => {
  it('contains every variable with its name, in the order sent, at any depth', () => {
    assert.deepEqual(
      listVariableLeaves({ plan: 'gold', count: 0, none: null, list: ['a', { b: true }], empty: {}, nothing: [] }),
      [
        { name: 'plan', value: 'gold' },
        { name: 'count', value: '0' },
        { name: 'none', value: '' },
        { name: 'list.0', value: 'a' },
        { name: 'list.1.b', value: 'true' },
        { name: 'empty', value: '' },
        { name: 'nothing', value: '' },
      ],
    );
  });

  it('has a bounded number of variables and bounded names, because both are untrusted', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, index]));
    const leaves = listVariableLeaves({ first: 1, ['K'.repeat(50_000)]: many, last: 2 });
    assert.equal(leaves.length, 1000);
    assert.deepEqual(leaves[0], { name: 'first', value: '1' });
    assert.deepEqual(leaves[999], { name: `${'K'.repeat(193)}.key998`, value: '998' });
    assert.ok(leaves.every(({ name }) => name.length <= 200));
    assert.deepEqual(listVariableLeaves({ list: [[], {}], ['L'.repeat(300)]: 1 }), [
      { name: 'list.0', value: '' },
      { name: 'list.1', value: '' },
      { name: 'L'.repeat(200), value: '1' },
    ]);
  });

  it("is bounded, even for rows that wouldn't fit in a string", () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));
    const text = getSearchText(row({ assistantName: 'Clinic', variables: { ['K'.repeat(100_000)]: many } }));
    assert.ok(text.all.length <= 100_100, `${text.all.length} code units`);
    assert.ok(text.all.includes('KEY50\n50\n'));
    for (const fields of [
      { customer: { name: 'n'.repeat(200_000), phone: undefined } },
      { assistantName: '\ufdfa'.repeat(100_000) },
      { variables: { a: 'v'.repeat(1_000_000) } },
    ]) {
      const { all, who, assistant, variables, note } = getSearchText(row(fields));
      assert.ok(all.length <= 100_100 && all.length > 90_000, `${all.length} code units`);
      assert.ok(0 < who && who < assistant && assistant < variables && variables <= note && note === all.length);
    }
  });

  it("contains the customer's name, phone number, and identifier if they were sent", () => {
    assert.deepEqual(listCustomerTexts(row({ customer: undefined, externalIdentifier: undefined })), []);
    assert.deepEqual(
      listCustomerTexts(row({ customer: { name: undefined, phone: '+49' }, externalIdentifier: 'crm-7' })),
      ['+49', 'crm-7'],
    );
  });
});
