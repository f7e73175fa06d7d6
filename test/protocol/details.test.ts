import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { isSavedState, isPageMessage, type PageMessage } from '../../src/protocol/detailsMessages';

/** Serializes a message as VS Code does, without undefined fields. */
const serialize = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

describe('isPageMessage', () => {
  const validMessages: readonly PageMessage[] = [
    { type: 'ready', heard: 0 },
    { type: 'undrawn', turn: 0, error: 'RangeError' },
    { type: 'action', action: 'retry' },
    { type: 'arrived', number: 2 },
    { type: 'label', label: 'none', id: 'x', origin: 'https://call.example' },
    { type: 'note', note: '', id: 'x', origin: 'https://call.example' },
    { type: 'giveUpNote', id: 'x', origin: 'https://call.example' },
    { type: 'draft', id: 'x', text: '' },
    { type: 'send', id: 'x', text: 'Hello.' },
    { type: 'copy', what: { kind: 'id' }, id: 'x', transcript: 0 },
    { type: 'copy', what: { kind: 'fact', key: 'cost' }, id: 'x', transcript: 1 },
    { type: 'copy', what: { kind: 'variable', name: 'plan' }, id: 'x', transcript: 1 },
    { type: 'copy', what: { kind: 'message', turn: 0 }, id: 'x', transcript: 1 },
    { type: 'copy', what: { kind: 'call', turn: 1, call: 0, part: 'result' }, id: 'x', transcript: 1 },
  ];
  for (const message of validMessages) {
    it(`accepts ${JSON.stringify(message)}`, () => assert.equal(isPageMessage(serialize(message)), true));
  }

  const invalidMessages: readonly unknown[] = [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'toString' },
    { type: 'action', action: 'deleteEverything' },
    { type: 'action' },
    { type: 'ready' },
    { type: 'undrawn', turn: -1, error: 'RangeError' },
    { type: 'undrawn', turn: 0 },
    { type: 'arrived' },
    { type: 'label', label: 'constructor', id: 'x', origin: 'https://call.example' },
    { type: 'label', label: 'good', id: 'x' },
    { type: 'note', note: 'x'.repeat(2001), id: 'x', origin: 'https://call.example' },
    { type: 'note', note: 7, id: 'x', origin: 'https://call.example' },
    { type: 'send', text: 'Hello.' },
    { type: 'send', id: 'x', text: ['Hello.'] },
    { type: 'draft', id: 7, text: '' },
    { type: 'copy', what: { kind: 'text', text: 'curl evil' }, id: 'x', transcript: 0 },
    { type: 'copy', what: { kind: 'call', turn: -1, call: 0, part: 'result' }, id: 'x', transcript: 0 },
    { type: 'copy', what: { kind: 'call', turn: 0.5, call: 0, part: 'result' }, id: 'x', transcript: 0 },
    { type: 'copy', what: { kind: 'call', turn: 0, call: 0, part: 'constructor' }, id: 'x', transcript: 0 },
    { type: 'copy', what: { kind: 'id' }, transcript: 0 },
    { type: 'copy', what: 'id', id: 'x', transcript: 0 },
  ];
  for (const message of invalidMessages) {
    it(`rejects ${inspect(message, { breakLength: Infinity })}`, () => assert.equal(isPageMessage(message), false));
  }

  it('rejects an inherited type', () => assert.equal(isPageMessage(Object.create({ type: 'ready', heard: 0 })), false));
});

describe('isSavedState', () => {
  const state = { id: 'x', origin: 'https://call.example', kept: true, scroll: 40, open: ['0.1'] };
  it('accepts a saved state', () => assert.equal(isSavedState(state), true));
  for (const invalid of [undefined, null, {}, { ...state, id: 7 }, { ...state, scroll: -1 }, { ...state, open: [1] }]) {
    it(`rejects ${JSON.stringify(invalid)}`, () => assert.equal(isSavedState(invalid), false));
  }
});
