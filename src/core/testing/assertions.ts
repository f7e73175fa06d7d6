import type { FunctionCall } from '../model/transcript';
import { TimeoutError } from '../util/timeout';
import { findCallFailure } from '../view/detailsFailure';
import { type ArgumentsCheck, compareArguments, decodeArguments, formatArguments } from './compareArguments';
import type { ExceededLimit, Mismatch } from './mismatch';
import type { TurnResult } from './result';
import type { AssertionCheck, CountRange } from './suite';
import {
  containsText,
  countTerms,
  equalsText,
  findRegex,
  matchesName,
  normalizeReply,
  startsWithText,
} from './textMatch';

/** A reply, or all replies of a conversation. */
export interface Subject {
  /** Replies of a conversation are joined by line breaks. */
  readonly text: string;
  readonly calls: readonly FunctionCall[];
  /** Replies to check one by one, without the opening message if it's a whole conversation. */
  readonly turns: readonly TurnResult[];
}

type Kind = Exclude<AssertionCheck['kind'], 'llm-rubric'>;
type Check<K extends Kind> = (
  check: Extract<AssertionCheck, { readonly kind: K }>,
  subject: Subject,
  isNegated: boolean,
) => Mismatch | undefined;

const checks: { readonly [K in Kind]: Check<K> } = {
  contains: ({ texts, needs, ignoresCase }, { text }, isNegated) => {
    const found = texts.filter((each) => containsText(text, each, ignoresCase));
    const holds = needs === 'all' ? found.length === texts.length : found.length > 0;
    if (holds !== isNegated) return undefined;
    if (isNegated) return { kind: 'contains', texts: found };
    return { kind: needs === 'any' ? 'contains-none' : 'lacks', texts: texts.filter((each) => !found.includes(each)) };
  },
  equals: ({ text: expected, ignoresCase }, { text }, isNegated) => {
    if (equalsText(text, expected, ignoresCase) !== isNegated) return undefined;
    if (isNegated) return { kind: 'equal' };
    return { kind: 'unequal', diff: { expected: normalizeReply(expected), actual: normalizeReply(text) } };
  },
  'starts-with': ({ text: expected, ignoresCase }, { text }, isNegated) =>
    startsWithText(text, expected, ignoresCase) === isNegated
      ? { kind: isNegated ? 'starts' : 'starts-differently', text: expected }
      : undefined,
  regex: ({ pattern }, { text }, isNegated) => {
    const found = findRegex(text, pattern);
    if ((found !== undefined) !== isNegated) return undefined;
    return found === undefined ? { kind: 'no-match', pattern } : { kind: 'match', pattern, text: found };
  },
  'word-count': ({ count }, { turns }) => {
    for (const { number, reply } of turns) {
      const terms = countTerms(reply.content);
      const limit = findExceeded(terms, count);
      if (limit !== undefined) return { kind: 'words', count: terms, limit, turn: number };
    }
    return undefined;
  },
  latency: ({ maxMs }, { turns }) => {
    const slow = turns.find(({ ms }) => ms !== undefined && ms > maxMs);
    return slow && { kind: 'slow', ms: slow.ms ?? 0, maxMs, turn: slow.number };
  },
  'tool-used': ({ names, count }, { calls }, isNegated) => {
    const called = listNames(calls);
    for (const name of names) {
      const matching = called.filter((each) => matchesName(name, each));
      const limit = findExceeded(matching.length, count.min === undefined ? { ...count, min: 1 } : count);
      if (isNegated && limit === undefined)
        return { kind: 'called', name: matching[0] ?? name, count: matching.length };
      if (isNegated || limit === undefined) continue;
      return matching.length === 0
        ? { kind: 'not-called', name, called }
        : { kind: 'calls-of-tool', name, count: matching.length, limit };
    }
    return undefined;
  },
  'tool-count': ({ count }, { calls }) => {
    const limit = findExceeded(calls.length, count);
    return limit && { kind: 'calls', count: calls.length, limit };
  },
  'tool-args-match': (check, { calls }, isNegated) => {
    const called = calls.filter(({ name }) => matchesName(check.name, name));
    const closest = findClosest(check, called);
    if (closest === undefined) {
      return isNegated ? undefined : { kind: 'not-called', name: check.name, called: listNames(calls) };
    }
    const [difference] = closest.differences;
    const { name } = closest.call;
    if (isNegated) return difference === undefined ? { kind: 'arguments-match', name } : undefined;
    return (
      difference && {
        kind: 'arguments',
        name,
        difference,
        others: closest.differences.length - 1,
        diff: formatArguments(check, decodeArguments(closest.call.arguments)),
      }
    );
  },
  'tool-sequence': ({ steps, mode }, { calls }, isNegated) => {
    const called = listNames(calls);
    const missing = mode === 'exact' ? undefined : findMissingStep(steps, called);
    const holds =
      mode === 'exact'
        ? called.length === steps.length && steps.every((step, index) => matchesName(step, called[index] ?? ''))
        : missing === undefined;
    if (holds !== isNegated) return undefined;
    if (isNegated) return { kind: 'in-sequence', steps };
    const diff = { expected: steps.join('\n'), actual: called.join('\n') };
    if (missing === undefined) return { kind: 'other-sequence', called, diff };
    const previous = steps[missing - 1];
    const name = steps[missing] ?? '';
    return previous === undefined
      ? { kind: 'not-called', name, called, diff }
      : { kind: 'not-called-after', name, previous, called, diff };
  },
  'tool-succeeds': (_, { calls }) => {
    for (const { name, result } of calls) {
      const failure = findCallFailure(result);
      if (failure !== undefined) return { kind: 'tool-failed', name, reason: failure.reason };
    }
    return undefined;
  },
};

/** Returns how the subject differs from the expectation; undefined if it holds. */
export function checkAssertion(
  check: Exclude<AssertionCheck, { readonly kind: 'llm-rubric' }>,
  subject: Subject,
  isNegated: boolean,
): Mismatch | undefined {
  try {
    return (checks[check.kind] as Check<Kind>)(check, subject, isNegated);
  } catch (error) {
    if (error instanceof TimeoutError) return { kind: 'slow-regex' };
    if (error instanceof SyntaxError) return { kind: 'bad-regex', reason: error.message };
    throw error;
  }
}

function findExceeded(number: number, { min, max }: CountRange): ExceededLimit | undefined {
  if (min !== undefined && number < min) return { min };
  return max !== undefined && number > max ? { max } : undefined;
}

function listNames(calls: readonly FunctionCall[]): readonly string[] {
  return calls.map(({ name }) => name);
}

/** Returns the call with the fewest differences. */
function findClosest(check: ArgumentsCheck, calls: readonly FunctionCall[]) {
  return calls
    .map((call) => ({ call, differences: compareArguments(check, decodeArguments(call.arguments)) }))
    .reduce<{ readonly call: FunctionCall; readonly differences: ReturnType<typeof compareArguments> } | undefined>(
      (best, each) => (best === undefined || each.differences.length < best.differences.length ? each : best),
      undefined,
    );
}

/** Returns the index of the first step that isn't called after the previous ones. */
function findMissingStep(steps: readonly string[], called: readonly string[]): number | undefined {
  let at = 0;
  for (const [index, step] of steps.entries()) {
    const found = called.findIndex((name, place) => place >= at && matchesName(step, name));
    if (found < 0) return index;
    at = found + 1;
  }
  return undefined;
}
