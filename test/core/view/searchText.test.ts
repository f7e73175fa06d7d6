import assert from 'node:assert/strict';
import { variableLeaves, whoTexts } from '../../../src/core/view/searchText';
import { row } from './filterRows';

describe('what is searched of a conversation', () => {
  it('is every variable with its name, in the order in which they were sent, however deep', () => {
    assert.deepEqual(
      variableLeaves({ plan: 'gold', count: 0, none: null, list: ['a', { b: true }], empty: {}, nothing: [] }),
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

  it('is who it is with, as far as that was sent', () => {
    assert.deepEqual(whoTexts(row({ customer: undefined, externalIdentifier: undefined })), []);
    assert.deepEqual(whoTexts(row({ customer: { name: undefined, phone: '+49' }, externalIdentifier: 'crm-7' })), ['+49', 'crm-7']);
  });
});
