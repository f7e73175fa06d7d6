import assert from 'node:assert/strict';
import { listAssistantChoices } from '../../../src/core/view/filterAssistants';
import { sortNewestFirst } from '../../../src/core/view/rowOrder';
import { checkFilter } from '../../../src/core/view/filterParse';
import { sumUsage } from '../../../src/core/view/usage';
import { createUsageState } from '../../../src/shell/usage/state';
import { formatFilter, formatCheckedFilter } from '../../../src/shell/format/filter';
import { row } from '../../core/view/filterRows';

const uuids = ['1a2b3c4d-0000-4000-8000-000000000000', '9f8e7d6c-0000-4000-8000-000000000000'] as const;
const rows = [
  row({ assistantId: uuids[0], assistantName: 'Support' }),
  row({ assistantId: uuids[1], assistantName: 'Support' }),
  row({ assistantId: 'b00c1a2b-0000-4000-8000-000000000000', assistantName: 'Booking Bot' }),
];

describe('assistants with the same name', () => {
  it('are distinguished in the label of a filter, saved or not', () => {
    const assistant = { uuid: uuids[0], name: 'Support', ambiguous: true };
    assert.equal(formatFilter({ assistant, type: 'test' }), 'test · Support (1a2b3c4d)');
    assert.equal(formatFilter({ assistant: { uuid: uuids[0], name: 'Support' } }), 'Support');
    assert.equal(
      formatFilter({ assistant: { uuid: uuids[0], name: undefined, ambiguous: true } }),
      'Deleted assistant 1a2b3c4d',
    );
    assert.equal(formatCheckedFilter(checkFilter({ assistant })), 'Support (1a2b3c4d)');
    assert.deepEqual(
      listAssistantChoices(rows, []).map(({ ambiguous }) => ambiguous),
      [false, true, true],
    );
  });

  it('are distinguished in the usage', () => {
    const context = { loaded: 3, filter: '', notLoaded: { any: false, count: 0 }, balance: undefined, now: Date.now() };
    const { assistant } = createUsageState(sumUsage(sortNewestFirst(rows, 'UTC')), context).lines;
    assert.deepEqual(assistant.map(({ label }) => label).sort(), [
      'Booking Bot',
      'Support (1a2b3c4d)',
      'Support (9f8e7d6c)',
    ]);
  });

  it('keep the digits that follow a right-to-left name in place', () => {
    assert.equal(
      formatFilter({ assistant: { uuid: uuids[0], name: 'دعم' }, minMessages: 5 }),
      '\u2068دعم\u2069 · ≥ 5 messages',
    );
  });
});
