import type { L10n } from '../text/l10n';
import { stringify } from '../util/exactJson';
import { type ArgumentDifference, formatValue } from './compareArguments';
import type { ExceededLimit, Mismatch } from './mismatch';
import { regexTimeLimitMs } from './textMatch';

const maxQuotedChars = 100;
const maxNames = 10;

/** Returns a sentence without the place. It begins in lower case, because the place precedes it. */
export function formatMismatch(l10n: L10n, mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'contains':
      return l10n.t('the text contains {0}.', quoteAll(mismatch.texts));
    case 'contains-none':
      return mismatch.texts.length === 1
        ? l10n.t("the text doesn't contain {0}.", quoteAll(mismatch.texts))
        : l10n.t('the text contains none of {0}.', quoteAll(mismatch.texts));
    case 'lacks':
      return l10n.t("the text doesn't contain {0}.", quoteAll(mismatch.texts));
    case 'equal':
      return l10n.t('the text is the excluded text.');
    case 'unequal':
      return l10n.t('the text differs from the expected text.');
    case 'slow-regex':
      return l10n.t('The regular expression took more than {0} ms. Simplify it.', regexTimeLimitMs);
    case 'bad-regex':
      return l10n.t('With its placeholders filled in, the regular expression is invalid: {0}.', mismatch.reason);
    case 'starts':
      return l10n.t('the text starts with {0}.', quote(mismatch.text));
    case 'starts-differently':
      return l10n.t("the text doesn't start with {0}.", quote(mismatch.text));
    case 'no-match':
      return l10n.t("the text doesn't match {0}.", formatPattern(mismatch.pattern));
    case 'match':
      return l10n.t('the text matches {0}: {1}.', formatPattern(mismatch.pattern), quote(mismatch.text));
    case 'words':
      return formatCounted(l10n, mismatch);
    case 'calls':
      return formatCalls(l10n, mismatch);
    case 'calls-of-tool':
      return formatCallsOfTool(l10n, mismatch);
    case 'slow':
      return l10n.t('{0} s, at most {1} s.', ...formatSeconds(mismatch.ms, mismatch.maxMs));
    case 'called':
      return mismatch.count === 1
        ? l10n.t('{0} was called.', showName(mismatch.name))
        : l10n.t('{0} was called {1} times.', showName(mismatch.name), mismatch.count);
    case 'not-called':
      return mismatch.called.length === 0
        ? l10n.t("{0} wasn't called. No tool was called.", showName(mismatch.name))
        : l10n.t("{0} wasn't called. Called: {1}.", showName(mismatch.name), listNames(mismatch.called));
    case 'not-called-after':
      return l10n.t(
        "{0} wasn't called after {1}. Called: {2}.",
        showName(mismatch.name),
        showName(mismatch.previous),
        listNames(mismatch.called),
      );
    case 'in-sequence':
      return l10n.t('the tools were called in this order: {0}.', listNames(mismatch.steps));
    case 'other-sequence':
      return mismatch.called.length === 0
        ? l10n.t("the tools weren't called exactly in this order. No tool was called.")
        : l10n.t("the tools weren't called exactly in this order. Called: {0}.", listNames(mismatch.called));
    case 'arguments-match':
      return l10n.t('{0} was called with these arguments.', showName(mismatch.name));
    case 'arguments':
      return formatDifference(l10n, showName(mismatch.name), mismatch.difference);
    case 'tool-failed':
      return mismatch.reason === undefined
        ? l10n.t('{0} failed.', showName(mismatch.name))
        : l10n.t('{0} failed: {1}.', showName(mismatch.name), shorten(mismatch.reason.replace(/\.$/, '')));
  }
}

function formatCounted(
  l10n: L10n,
  { count, limit }: { readonly count: number; readonly limit: ExceededLimit },
): string {
  if ('max' in limit)
    return count === 1
      ? l10n.t('{0} word, at most {1}.', count, limit.max)
      : l10n.t('{0} words, at most {1}.', count, limit.max);
  return count === 1
    ? l10n.t('{0} word, at least {1}.', count, limit.min)
    : l10n.t('{0} words, at least {1}.', count, limit.min);
}

function formatCalls(l10n: L10n, { count, limit }: { readonly count: number; readonly limit: ExceededLimit }): string {
  if ('max' in limit)
    return count === 1
      ? l10n.t('{0} tool call, at most {1}.', count, limit.max)
      : l10n.t('{0} tool calls, at most {1}.', count, limit.max);
  return count === 1
    ? l10n.t('{0} tool call, at least {1}.', count, limit.min)
    : l10n.t('{0} tool calls, at least {1}.', count, limit.min);
}

function formatCallsOfTool(
  l10n: L10n,
  { name, count, limit }: { readonly name: string; readonly count: number; readonly limit: ExceededLimit },
): string {
  if ('max' in limit)
    return count === 1
      ? l10n.t('{0} was called once, at most {1}.', showName(name), limit.max)
      : l10n.t('{0} was called {1} times, at most {2}.', showName(name), count, limit.max);
  return count === 1
    ? l10n.t('{0} was called once, at least {1}.', showName(name), limit.min)
    : l10n.t('{0} was called {1} times, at least {2}.', showName(name), count, limit.min);
}

function formatDifference(l10n: L10n, name: string, difference: ArgumentDifference): string {
  const path = showName(difference.path);
  switch (difference.kind) {
    case 'missing':
      return l10n.t('{0} was called without {1}.', name, path);
    case 'extra':
      return l10n.t("{0} was called with {1}, which isn't expected.", name, path);
    case 'length':
      return l10n.t(
        '{0} was called with {2} entries in {1}, not {3}.',
        name,
        path,
        difference.actual,
        difference.expected,
      );
    case 'pattern':
      return l10n.t(
        "{0} was called with {1} {2}, which doesn't match {3}.",
        name,
        path,
        shorten(formatValue(difference.actual)),
        formatPattern(difference.pattern),
      );
    case 'other': {
      const [actual, expected] = [difference.actual, difference.expected].map((value) => shorten(formatValue(value)));
      if (!difference.isTypeOnly)
        return l10n.t('{0} was called with {1} {2}, not {3}.', name, path, actual ?? '', expected ?? '');
      return typeof difference.actual === 'string'
        ? l10n.t('{0} was called with {1} {2} (text), not {3}.', name, path, actual ?? '', expected ?? '')
        : l10n.t('{0} was called with {1} {2}, not {3} (text).', name, path, actual ?? '', expected ?? '');
    }
  }
}

/** Rounds to tenths, unless that hides that the limit is exceeded. */
function formatSeconds(ms: number, maxMs: number): [string, string] {
  const limit = String(maxMs / 1000);
  const rounded = String(Math.round(ms / 100) / 10);
  return [Number(rounded) > maxMs / 1000 ? rounded : String(ms / 1000), limit];
}

/** Quotes as JSON, which shows control characters by their numbers. */
function quote(text: string): string {
  return stringify(shorten(text));
}

function quoteAll(texts: readonly string[]): string {
  return list(texts.map(quote));
}

function listNames(names: readonly string[]): string {
  return list(names.map(showName));
}

function list(texts: readonly string[]): string {
  return texts.length > maxNames ? `${texts.slice(0, maxNames).join(', ')}, …` : texts.join(', ');
}

/** Names come from the server: control characters are removed, because they could change the line. */
function showName(name: string): string {
  return shorten(name.replace(/\p{Cc}/gu, ' '));
}

function formatPattern(pattern: string): string {
  return `/${shorten(pattern)}/`;
}

function shorten(text: string): string {
  return text.length > maxQuotedChars ? `${text.slice(0, maxQuotedChars).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
