import type { ExpectedValue, Problem } from './problems';
import type { L10n } from '../text/l10n';

/** Returns the message of a problem, as plain text. */
export function formatProblem(l10n: L10n, { detail }: Pick<Problem, 'detail'>): string {
  switch (detail.kind) {
    case 'syntax':
      return l10n.t("This isn't valid YAML: {0}.", detail.reason.replace(/\.$/, ''));
    case 'too-large':
      return l10n.t('A test file can have up to {0} kB.', detail.maxBytes / 1000);
    case 'several-documents':
      return l10n.t('A test file is one YAML document. Move the next one to another file.');
    case 'too-deep':
      return l10n.t('This is nested too deep.');
    case 'too-many-values':
      return l10n.t('With its aliases, this file has more than {0} values.', detail.max);
    case 'unresolved-alias':
      return l10n.t('No anchor with this name precedes this alias.');
    case 'unquoted-placeholder':
      return l10n.t('Put quotes around text that starts with {{.');
    case 'duplicate-key':
      return l10n.t('{0} appears twice. Remove one.', detail.key);
    case 'unknown-key':
      return detail.suggestion === undefined
        ? l10n.t("{0} isn't a key that's known here.", detail.key)
        : l10n.t("{0} isn't a key that's known here. Did you mean {1}?", detail.key, detail.suggestion);
    case 'missing-key':
      return l10n.t('Add {0}.', detail.key);
    case 'missing-one-of':
      return l10n.t('Add {0} or {1}.', detail.keys[0] ?? '', detail.keys[1] ?? '');
    case 'wrong-value':
      return formatExpected(l10n, detail.expected);
    case 'wrong-length':
      return formatLength(l10n, detail);
    case 'out-of-range':
      return detail.max === undefined
        ? l10n.t('Enter at least {0}.', detail.min)
        : l10n.t('Enter {0} to {1}.', detail.min, detail.max);
    case 'not-positive':
      return l10n.t('Enter more than 0.');
    case 'bad-tag':
      return l10n.t('A tag has only letters, digits, hyphens, and underscores.');
    case 'threshold':
      return l10n.t('Only latency has a threshold.');
    case 'unknown-choice':
      return l10n.t('Enter {0} or {1}.', detail.choices[0] ?? '', detail.choices[1] ?? '');
    case 'unknown-type':
      return detail.suggestion === undefined
        ? l10n.t("{0} isn't a type of assertion.", detail.type)
        : l10n.t("{0} isn't a type of assertion. Did you mean {1}?", detail.type, detail.suggestion);
    case 'runs-code':
      return l10n.t("{0} isn't supported, because test files can't run code.", detail.type);
    case 'needs-rubric':
      return l10n.t("{0} isn't supported. Use llm-rubric.", detail.type);
    case 'costs-nothing':
      return l10n.t("{0} isn't supported, because the platform doesn't charge for test messages.", detail.type);
    case 'assistant-uuid':
      return l10n.t("Enter the assistant's name. Anyone with its UUID can talk to it at your cost.");
    case 'time-zone':
      return l10n.t('Enter a time zone, for example Europe/Berlin.');
    case 'blank-message':
      return l10n.t('Enter a message.');
    case 'long-message':
      return l10n.t('A message can have up to {0} characters.', detail.maxChars);
    case 'asserts-nothing':
      return l10n.t('This test has no assertions. It passes if all messages get a reply.');
    case 'too-many-passes':
      return detail.repeat === 1
        ? l10n.t("{0} runs can't pass, because the test runs once. Increase repeat.", detail.mustPass)
        : l10n.t("{0} runs can't pass, because the test runs {1} times.", detail.mustPass, detail.repeat);
    case 'bad-regex':
      return l10n.t("This regular expression isn't valid: {0}.", detail.reason);
    case 'duplicate-description':
      return l10n.t('Another test has this description. Change one of them.');
    case 'unknown-placeholder':
      return l10n.t('No variable is called {0}, so this text is sent as it is.', detail.name);
    case 'needless-value':
      return l10n.t('{0} needs no value.', detail.type);
    case 'empty-range':
      return l10n.t("{0} isn't less than or equal to {1}, so this never holds.", detail.min, detail.max);
  }
}

function formatExpected(l10n: L10n, expected: ExpectedValue): string {
  switch (expected) {
    case 'suite':
      return l10n.t('Add assistant and tests.');
    case 'key':
      return l10n.t('A key must be text.');
    case 'text':
      return l10n.t('Enter text. Put quotes around numbers, true, false, and null.');
    case 'textOrNumber':
      return l10n.t('Enter text. Put quotes around true, false, and null.');
    case 'number':
      return l10n.t('Enter a number.');
    case 'integer':
      return l10n.t('Enter a whole number.');
    case 'boolean':
      return l10n.t('Enter true or false.');
    case 'booleanOrText':
      return l10n.t('Enter true, false, or a reason.');
    case 'list':
      return l10n.t('Enter a list.');
    case 'map':
      return l10n.t('Enter keys and values.');
    case 'assistant':
      return l10n.t('Enter a name, or name and id.');
    case 'range':
      return l10n.t('Enter min, max, or both.');
    case 'toolUsed':
      return l10n.t("Enter a tool's name, a list of names, or name with min or max.");
    case 'toolSequence':
      return l10n.t('Enter a list of tool names, or steps and mode.');
  }
}

function formatLength(
  l10n: L10n,
  { of, min, max }: { readonly of: 'text' | 'list' | 'map'; readonly min: number; readonly max: number },
): string {
  switch (of) {
    case 'text':
      return min === 0 || max === Number.POSITIVE_INFINITY
        ? formatOpenLength(l10n, min, max)
        : l10n.t('Enter {0} to {1} characters.', min, max);
    case 'list':
      return max === Number.POSITIVE_INFINITY
        ? l10n.t('Add at least one entry.')
        : l10n.t('Enter {0} to {1} entries.', min, max);
    case 'map':
      return l10n.t('Up to {0} entries are allowed here.', max);
  }
}

function formatOpenLength(l10n: L10n, min: number, max: number): string {
  return min === 0 ? l10n.t('Enter up to {0} characters.', max) : l10n.t('Enter text.');
}
