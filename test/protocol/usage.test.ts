import assert from 'node:assert/strict';
import {
  isUsageHostMessage,
  isUsageKept,
  isUsagePageMessage,
  usageWordKeys,
  type UsageHostMessage,
  type UsagePageMessage,
  type UsageState,
  type UsageWords,
} from '../../src/protocol/usage';

/** As it arrives: what is undefined is not there any more. */
const sent = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

const line = { label: '3 Nov', day: '2026-11-03', values: [1, 2, 0.5], cells: ['1', '2', '$0.5000'] };
const usage: UsageState = {
  covers: 'Over 1.',
  loadAll: undefined,
  notes: [],
  totals: [{ name: 'Cost', value: '$1' }],
  lines: { day: [line], type: [{ ...line, day: undefined }], assistant: [] },
};
const words = Object.fromEntries(usageWordKeys.map((key) => [key, key])) as UsageWords;

describe('what the usage page may say', () => {
  const good: readonly UsagePageMessage[] = [
    { type: 'ready' },
    { type: 'refused' },
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

describe('what the usage page is told', () => {
  const good: readonly UsageHostMessage[] = [
    { type: 'words', words, language: 'en' },
    { type: 'usage', usage },
    { type: 'copied', ok: false },
  ];
  for (const message of good) {
    it(`is taken: ${message.type}`, () => assert.equal(isUsageHostMessage(sent(message)), true));
  }
  const bad: Readonly<Record<string, unknown>> = {
    'a word that is missing': { type: 'words', words: { ...words, title: undefined }, language: 'en' },
    'a value that is no number': {
      type: 'usage',
      usage: { ...usage, lines: { ...usage.lines, day: [{ ...line, values: ['1'] }] } },
    },
    'a breakdown that is missing': { type: 'usage', usage: { ...usage, lines: { day: [], type: [] } } },
    'another type': { type: 'html', html: '<b>' },
  };
  for (const [name, message] of Object.entries(bad)) {
    it(`is refused: ${name}`, () => assert.equal(isUsageHostMessage(sent(message)), false));
  }
});

describe('what the usage page has kept', () => {
  it('is a metric, or nothing', () => {
    assert.deepEqual([{ metric: 'cost' }, { metric: 'dollars' }, undefined, null, 'cost'].map(isUsageKept), [
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
