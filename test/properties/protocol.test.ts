import assert from 'node:assert/strict';
import fc from 'fast-check';
import { factKeys, type FactKey } from '../../src/core/view/facts';
import { isKeptState, isPageMessage, type PageMessage } from '../../src/protocol/detailsMessages';
import { histories, runs } from './support/histories';

const many = runs * 10;

const good: readonly PageMessage[] = [
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
const kept = {
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
const odd = fc.oneof(
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
/** Of the right names with wrong values, or of anything. */
const anything = fc.oneof(
  odd,
  fc.anything({ withNullPrototype: true, withMap: true, withDate: true, withBigInt: true, withTypedArray: true }),
  fc.dictionary(names, odd),
);

/** A message with one place in it changed, added or gone. */
function changed(messages: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .record({
      message: fc.constantFrom(...messages),
      path: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
      name: fc.option(names),
      value: odd,
    })
    .map(({ message, path, name, value }) => {
      const whole = structuredClone(message) as Record<string, unknown>;
      let at: Record<string, unknown> = whole;
      for (const step of path.slice(1)) {
        const inner = Object.values(at).filter(
          (each): each is Record<string, unknown> => typeof each === 'object' && each !== null,
        );
        at = inner[step % Math.max(inner.length, 1)] ?? at;
      }
      const key = name ?? Object.keys(at)[(path[0] ?? 0) % Math.max(Object.keys(at).length, 1)] ?? 'type';
      Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true });
      return whole;
    });
}

const isWhole = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** What the host does with a message, field by field: written apart from the guards. */
function isObeyed(message: unknown): boolean {
  const field = (name: string): unknown => own(message, name);
  switch (field('type')) {
    case 'ready':
      return isWhole(field('heard'));
    case 'find':
      return true;
    case 'raw':
      return isWhole(field('transcript'));
    case 'arrived':
      return isWhole(field('number'));
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
      return typeof field('id') === 'string' && isWhole(field('transcript')) && isCopied(field('what'));
    default:
      return false;
  }
}

function isCopied(what: unknown): boolean {
  const field = (name: string): unknown => own(what, name);
  switch (field('kind')) {
    case 'id':
      return true;
    case 'fact':
      return factKeys.includes(field('key') as FactKey);
    case 'variable':
      return typeof field('name') === 'string';
    case 'message':
      return isWhole(field('turn'));
    case 'call':
      return (
        isWhole(field('turn')) &&
        isWhole(field('call')) &&
        ['arguments', 'result', 'whole'].includes(field('part') as string)
      );
    default:
      return false;
  }
}

describe('Messages between the panel and its page, whatever comes', () => {
  it('of the page: refused, or such that the host can obey', async () => {
    let taken = 0;
    await histories(
      fc.property(fc.oneof(anything, changed(good)), (message) => {
        const isTaken = isPageMessage(message);
        if (isTaken) taken += 1;
        assert.equal(isTaken, isObeyed(message));
      }),
      many,
    );
    assert.ok(taken > 0 && taken < many, 'some were taken, and some refused');
  });

  it('of an earlier page, from the disk: refused, or of the form that is read', async () => {
    await histories(
      fc.property(fc.oneof(anything, changed([kept])), (found) => {
        if (!isKeptState(found)) return;
        const { id, origin, scroll, open, kept: isKept } = found;
        assert.ok(
          [typeof id, typeof origin].every((type) => type === 'string') &&
            typeof isKept === 'boolean' &&
            isWhole(scroll),
        );
        assert.ok(Array.isArray(open) && open.every((card) => typeof card === 'string'));
      }),
      many,
    );
  });
});
