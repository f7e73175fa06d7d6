import assert from 'node:assert/strict';
import fc from 'fast-check';
import { factKeys, type FactKey } from '../../src/core/view/facts';
import { isSavedState, isPageMessage, type PageMessage } from '../../src/protocol/detailsMessages';
import { histories, runs } from './support/histories';

const numRuns = runs * 10;

const validMessages: readonly PageMessage[] = [
  { type: 'ready', heard: 1 },
  { type: 'find' },
  { type: 'raw', transcript: 1 },
  { type: 'go', to: 'next' },
  { type: 'action', action: 'retry' },
  { type: 'arrived', number: 2 },
  { type: 'copy', what: { kind: 'id' }, id: 'x', transcript: 0 },
  { type: 'copy', what: { kind: 'fact', key: 'cost' }, id: 'x', transcript: 1 },
  { type: 'copy', what: { kind: 'variable', name: 'plan' }, id: 'x', transcript: 1 },
  { type: 'copy', what: { kind: 'message', turn: 0 }, id: 'x', transcript: 1 },
  { type: 'copy', what: { kind: 'call', turn: 1, call: 0, part: 'result' }, id: 'x', transcript: 1 },
];
const savedState = {
  id: 'x',
  origin: 'https://call.example',
  kept: true,
  scroll: 40,
  open: ['0.1'],
  depth: 'raw',
  asSent: true,
};

const names = fc.constantFrom(
  'type',
  'what',
  'kind',
  'turn',
  'call',
  'part',
  'id',
  'transcript',
  'number',
  'action',
  'to',
  'state',
  'head',
  '__proto__',
  'constructor',
  'toString',
);
const invalidValue = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    -1,
    -0,
    0.5,
    NaN,
    Infinity,
    2 ** 53,
    '',
    'constructor',
    '__proto__',
    'ready',
    'copy',
    'call',
    'result',
    true,
    [],
    {},
    [[]],
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string(),
);
/** Objects with valid names and wrong values, or any value. */
const anything = fc.oneof(
  invalidValue,
  fc.anything({ withNullPrototype: true, withMap: true, withDate: true, withBigInt: true, withTypedArray: true }),
  fc.dictionary(names, invalidValue),
);

/** Generates messages with one field changed or added. */
function changeMessage(messages: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .record({
      message: fc.constantFrom(...messages),
      path: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
      name: fc.option(names),
      value: invalidValue,
    })
    .map(({ message, path, name, value }) => {
      const copy = structuredClone(message) as Record<string, unknown>;
      let at: Record<string, unknown> = copy;
      for (const step of path.slice(1)) {
        const inner = Object.values(at).filter(
          (each): each is Record<string, unknown> => typeof each === 'object' && each !== null,
        );
        at = inner[step % Math.max(inner.length, 1)] ?? at;
      }
      const key = name ?? Object.keys(at)[(path[0] ?? 0) % Math.max(Object.keys(at).length, 1)] ?? 'type';
      Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true });
      return copy;
    });
}

const isNaturalNumber = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const getOwn = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** Independent implementation of the guards, field by field. */
function canHandle(message: unknown): boolean {
  const field = (name: string): unknown => getOwn(message, name);
  switch (field('type')) {
    case 'ready':
      return isNaturalNumber(field('heard'));
    case 'find':
      return true;
    case 'raw':
      return isNaturalNumber(field('transcript'));
    case 'arrived':
      return isNaturalNumber(field('number'));
    case 'go':
      return ['next', 'previous'].includes(field('to') as string);
    case 'action':
      return [
        'retry',
        'setApiKey',
        'switchAccount',
        'exploreSampleData',
        'leaveSampleData',
        'openSettings',
        'showLog',
        'openAsJson',
      ].includes(field('action') as string);
    case 'copy':
      return typeof field('id') === 'string' && isNaturalNumber(field('transcript')) && canCopy(field('what'));
    default:
      return false;
  }
}

function canCopy(what: unknown): boolean {
  const field = (name: string): unknown => getOwn(what, name);
  switch (field('kind')) {
    case 'id':
      return true;
    case 'fact':
      return factKeys.includes(field('key') as FactKey);
    case 'variable':
      return typeof field('name') === 'string';
    case 'message':
      return isNaturalNumber(field('turn'));
    case 'call':
      return (
        isNaturalNumber(field('turn')) &&
        isNaturalNumber(field('call')) &&
        ['arguments', 'result', 'whole'].includes(field('part') as string)
      );
    default:
      return false;
  }
}

describe('guards for untrusted values from the page', () => {
  it('accept exactly the messages that the extension can handle', async () => {
    let accepted = 0;
    await histories(
      fc.property(fc.oneof(anything, changeMessage(validMessages)), (message) => {
        const isAccepted = isPageMessage(message);
        if (isAccepted) accepted += 1;
        assert.equal(isAccepted, canHandle(message));
      }),
      numRuns,
    );
    assert.ok(accepted > 0 && accepted < numRuns, 'some messages were accepted, and some rejected');
  });

  it('accept a stored state only if its fields have the right types', async () => {
    await histories(
      fc.property(fc.oneof(anything, changeMessage([savedState])), (state) => {
        if (!isSavedState(state)) return;
        const { id, origin, scroll, open, kept: isPinned } = state;
        assert.ok(
          [typeof id, typeof origin].every((type) => type === 'string') &&
            typeof isPinned === 'boolean' &&
            isNaturalNumber(scroll),
        );
        assert.ok(Array.isArray(open) && open.every((card) => typeof card === 'string'));
      }),
      numRuns,
    );
  });
});
