import assert from 'node:assert/strict';
import { isUsagePageMessage, type UsagePageMessage } from '../../src/protocol/usageMessages';

/** As it arrives: what is undefined is not there any more. */
const sent = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

describe('what the usage page may say', () => {
  const good: readonly UsagePageMessage[] = [
    { type: 'ready', heard: 0 },
    { type: 'loadAll' },
    { type: 'copy', what: 'day' },
  ];
  for (const message of good) {
    it(`is taken: ${JSON.stringify(message)}`, () => assert.equal(isUsagePageMessage(sent(message)), true));
  }
  for (const message of [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'run' },
    { type: 'copy' },
    { type: 'copy', what: 'key' },
    { type: 'toString' },
  ]) {
    it(`is refused: ${JSON.stringify(message)}`, () => assert.equal(isUsagePageMessage(message), false));
  }
});
