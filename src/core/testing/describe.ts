import type { L10n } from '../text/l10n';
import type { AssertionTypeName, MapKind } from './vocabulary';

/** Returns a sentence about a key, or undefined for one that has no description. */
export function describeKey(l10n: L10n, map: MapKind, key: string): string | undefined {
  switch (`${map}.${key}`) {
    case 'suite.description':
      return l10n.t("The file's name in the Testing view.");
    case 'suite.assistant':
      return l10n.t("The assistant's name. If several share it, enter name and id.");
    case 'assistant.name':
      return l10n.t("The assistant's name in the dashboard.");
    case 'assistant.id':
      return l10n.t("The assistant's number, not its UUID: anyone with the UUID can talk to it at your cost.");
    case 'suite.variables':
      return l10n.t('Values for {0} in the prompt, the opening message, and this file.', '{{name}}');
    case 'test.variables':
      return l10n.t("Variables of this test, added to the file's.");
    case 'suite.timeZone':
      return l10n.t('The time zone of {0}, for example Europe/Berlin.', '{{today}}');
    case 'suite.defaultTest':
      return l10n.t('Applies to every test in this file.');
    case 'suite.tests':
      return l10n.t('The tests. Each one runs as a test conversation.');
    case 'defaultTest.assert':
      return l10n.t('Assertions for every reply of every test.');
    case 'test.description':
      return l10n.t("The test's name, unique in this file.");
    case 'test.tags':
      return l10n.t('Tags to filter tests by.');
    case 'test.skip':
      return l10n.t('Skips the test. A text gives the reason.');
    case 'test.opening':
      return l10n.t("Assertions for the assistant's opening message.");
    case 'test.turns':
      return l10n.t("The user's messages, in order.");
    case 'test.assert':
      return l10n.t('Assertions for the whole conversation.');
    case 'opening.assert':
      return l10n.t('Assertions for the opening message.');
    case 'turn.user':
      return l10n.t("The user's message.");
    case 'turn.reference':
      return l10n.t("A good reply, for comparison. It isn't asserted.");
    case 'turn.assert':
      return l10n.t('Assertions for the reply.');
    case 'assertion.type':
      return l10n.t('The type of the assertion. Most types can be negated with not-.');
    case 'assertion.value':
      return l10n.t("The expected value. It depends on the assertion's type.");
    case 'assertion.threshold':
      return l10n.t('The longest time until the reply, in milliseconds.');
    case 'toolUsed.name':
    case 'toolArgs.name':
      return l10n.t("The tool's name. * matches any characters.");
    case 'toolUsed.min':
      return l10n.t('The minimum number of calls.');
    case 'toolUsed.max':
      return l10n.t('The maximum number of calls.');
    case 'toolArgs.args':
      return l10n.t('The expected arguments.');
    case 'toolArgs.patterns':
      return l10n.t('Regular expressions for arguments.');
    case 'toolArgs.mode':
      return l10n.t("partial allows other arguments, exact doesn't.");
    case 'toolArgs.ignore':
      return l10n.t("Names of arguments that aren't compared.");
    case 'toolSequence.steps':
      return l10n.t('The names of the tools, in order.');
    case 'toolSequence.mode':
      return l10n.t("in_order allows other calls in between, exact doesn't.");
  }
  return describePolicy(l10n, key);
}

function describePolicy(l10n: L10n, key: string): string | undefined {
  switch (key) {
    case 'repeat':
      return l10n.t('The maximum number of runs. The test stops as soon as its verdict is certain.');
    case 'mustPass':
      return l10n.t('How many runs must pass. Default: all.');
    case 'stopOnFailure':
      return l10n.t('Stops sending messages after a failed reply.');
    default:
      return undefined;
  }
}

/** Returns a sentence about an assertion type. */
export function describeType(l10n: L10n, type: AssertionTypeName): string {
  switch (type) {
    case 'contains':
      return l10n.t('The reply contains this text.');
    case 'icontains':
      return l10n.t('The reply contains this text. Case, accents, and typography are ignored.');
    case 'contains-any':
      return l10n.t('The reply contains at least one of these texts.');
    case 'contains-all':
      return l10n.t('The reply contains all of these texts.');
    case 'icontains-any':
      return l10n.t('The reply contains at least one of these texts. Case, accents, and typography are ignored.');
    case 'icontains-all':
      return l10n.t('The reply contains all of these texts. Case, accents, and typography are ignored.');
    case 'equals':
      return l10n.t('The reply is exactly this text.');
    case 'starts-with':
      return l10n.t('The reply starts with this text.');
    case 'regex':
      return l10n.t('The reply matches a regular expression.');
    case 'word-count':
      return l10n.t('The number of words of each reply.');
    case 'latency':
      return l10n.t('The time until each reply, in milliseconds, in threshold.');
    case 'tool-used':
      return l10n.t('A tool is called.');
    case 'tool-args-match':
      return l10n.t('A tool is called with these arguments.');
    case 'tool-sequence':
      return l10n.t('Tools are called in this order.');
    case 'tool-count':
      return l10n.t('The number of tool calls.');
    case 'tool-succeeds':
      return l10n.t('No tool call fails.');
    case 'llm-rubric':
      return l10n.t('A language model judges the reply by a rubric.');
  }
}
