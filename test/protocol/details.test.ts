import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { transcriptViewOf } from '../../src/core/view/details';
import {
  isKeptState,
  wordKeys,
  type HostMessage,
  type PageMessage,
  type PageState,
  type Words,
} from '../../src/protocol/details';
import { isHostMessage, isPageMessage } from '../../src/protocol/detailsChecks';
import { clinic } from '../media/conversations';

/** As it arrives: what is undefined is not there any more. */
const sent = (message: unknown): unknown => JSON.parse(JSON.stringify(message));

const state: PageState = {
  id: 'x',
  origin: 'https://call.example',
  kept: false,
  head: {
    title: 'Ines',
    type: undefined,
    assistant: 'Clinic Desk',
    age: { text: '2 h', exact: 'Mon, 23 Nov 2026' },
    facts: [{ key: 'cost', name: 'Cost', text: '$1', copy: true }],
    variables: [{ name: 'plan', value: null }],
  },
  busy: true,
  notices: [{ severity: 'error', message: 'No.', actions: [{ action: 'retry', label: 'Retry' }] }],
  transcript: 3,
};

describe('what the page may say', () => {
  const good: readonly PageMessage[] = [
    { type: 'ready', heard: 0 },
    { type: 'refused' },
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
  for (const message of good) {
    it(`is taken: ${JSON.stringify(message)}`, () => assert.equal(isPageMessage(sent(message)), true));
  }

  const bad: readonly unknown[] = [
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
    Object.create({ type: 'refused' }),
  ];
  for (const message of bad) {
    it(`is refused: ${JSON.stringify(message)}`, () => assert.equal(isPageMessage(message), false));
  }
});

describe('what the host may say', () => {
  const words = Object.fromEntries(wordKeys.map((key) => [key, key])) as Words;
  const good: readonly HostMessage[] = [
    { type: 'words', words, language: 'en' },
    { type: 'state', state },
    { type: 'state', state: { ...state, annotation: { label: 'bad', note: 'n' }, unkeptNote: 'm' } },
    { type: 'transcript', number: 1, transcript: transcriptViewOf(clinic) },
    { type: 'goTo', number: 1, place: { part: 'variables', found: 'plan' } },
    { type: 'goTo', number: 2, place: { part: 'result', turn: 3, call: 0, found: 'B-5521' } },
    { type: 'state', state: { ...state, composer: { draft: 'Hel', number: 1, sending: true } } },
    { type: 'state', state: { ...state, composer: { draft: '', number: 0, sending: false, problem: 'No.' } } },
    { type: 'goTo', number: 3, place: { part: 'composer', found: '' } },
    { type: 'copied', ok: true },
  ];
  for (const message of good) {
    it(`is taken: ${message.type}`, () => assert.equal(isHostMessage(sent(message)), true));
  }

  const { loading: _, ...fewerWords } = words;
  const bad: readonly (readonly [string, unknown])[] = [
    ['a missing word', { type: 'words', words: fewerWords, language: 'en' }],
    ['a state without a head', { type: 'state', state: { ...state, head: undefined } }],
    [
      'a fact that is none',
      { type: 'state', state: { ...state, head: { ...state.head, facts: [{ key: 'secret' }] } } },
    ],
    [
      'an action that is none',
      {
        type: 'state',
        state: { ...state, notices: [{ severity: 'error', message: '', actions: [{ action: 'run', label: '' }] }] },
      },
    ],
    ['a composer without its draft', { type: 'state', state: { ...state, composer: { number: 0, sending: false } } }],
    [
      'a turn without text',
      { type: 'transcript', number: 1, transcript: { turns: [{ role: 'user', calls: [] }], rejected: 0 } },
    ],
    ['a place that is none', { type: 'goTo', number: 1, place: { part: 'head', found: '' } }],
    ['a place before the first turn', { type: 'goTo', number: 1, place: { part: 'message', turn: -1, found: '' } }],
    ['a place without its text', { type: 'goTo', number: 1, place: { part: 'message', turn: 0 } }],
    ['a label that is none', { type: 'state', state: { ...state, annotation: { label: 'superb' } } }],
    ['another type', { type: 'eval', code: '1' }],
  ];
  for (const [name, message] of bad) {
    it(`is refused: ${name}`, () => assert.equal(isHostMessage(sent(message)), false));
  }
});

describe('what the page has kept', () => {
  const kept = { id: 'x', origin: 'https://call.example', kept: true, scroll: 40, open: ['0.1'] };
  it('is taken as it was kept', () => assert.equal(isKeptState(kept), true));
  for (const broken of [undefined, null, {}, { ...kept, id: 7 }, { ...kept, scroll: -1 }, { ...kept, open: [1] }]) {
    it(`is refused: ${JSON.stringify(broken)}`, () => assert.equal(isKeptState(broken), false));
  }
});
