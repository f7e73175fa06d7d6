import assert from 'node:assert/strict';
import { isUsagePageMessage, type UsagePageMessage } from '../../src/protocol/usageMessages';

/** Serializes a message as VS Code does, without undefined fields. */
const serialize = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

describe('isUsagePageMessage', () => {
  const validMessages: readonly UsagePageMessage[] = [
    { type: 'ready', heard: 0 },
    { type: 'loadAll' },
    { type: 'copy', what: 'day' },
  ];
  for (const message of validMessages) {
    it(`accepts ${JSON.stringify(message)}`, () => assert.equal(isUsagePageMessage(serialize(message)), true));
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
    it(`rejects ${JSON.stringify(message)}`, () => assert.equal(isUsagePageMessage(message), false));
  }
});
