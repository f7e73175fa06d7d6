import assert from 'node:assert/strict';
import { type SuiteCompletion, completeAt, describeAt } from '../../../src/core/testing/complete';
import { english } from '../../../src/core/text/l10n';

const known = { assistants: ['Clinic Desk', 'Shop: Returns'], tools: ['find_slots', 'book_slot', '*'] };

/** Completes at the `|` of the text. */
function complete(text: string): readonly SuiteCompletion[] {
  const offset = text.indexOf('|');
  return completeAt(english, text.slice(0, offset) + text.slice(offset + 1), offset, known);
}

const listLabels = (text: string): readonly string[] => complete(text).map(({ label }) => label);

const head = 'assistant: Desk\ntests:\n';
const test = `${head}  - description: greets\n    turns:\n`;
const turn = `${test}      - user: Hello\n`;
const assertion = `${turn}        assert:\n`;

describe('Completions of a test file', () => {
  const cases: readonly [name: string, text: string, labels: readonly string[]][] = [
    [
      'keys of an empty file',
      '|',
      ['$schema', 'description', 'assistant', 'variables', 'timeZone', 'defaultTest', 'tests'],
    ],
    [
      'keys of the file that are missing',
      'assistant: Desk\nde|\ntests: []\n',
      ['$schema', 'description', 'variables', 'timeZone', 'defaultTest'],
    ],
    [
      'keys of a test',
      `${head}  - |`,
      ['description', 'tags', 'skip', 'variables', 'repeat', 'mustPass', 'stopOnFailure', 'opening', 'turns', 'assert'],
    ],
    [
      'keys of a test below others',
      `${head}  - description: a\n    turns: []\n    re|\n`,
      ['tags', 'skip', 'variables', 'repeat', 'mustPass', 'stopOnFailure', 'opening', 'assert'],
    ],
    ['keys of a turn', `${turn}        |\n`, ['reference', 'assert']],
    ['keys of an assertion in braces', `${assertion}          - { ty| }\n`, ['type', 'value', 'threshold']],
    ['keys of an assertion after a comma', `${assertion}          - { type: contains, | }\n`, ['value', 'threshold']],
    ['keys of an unclosed assertion', `${assertion}          - { type: contains, v|\n`, ['value', 'threshold']],
    [
      'keys of arguments',
      `${assertion}          - type: tool-args-match\n            value:\n              |\n`,
      ['name', 'args', 'patterns', 'mode', 'ignore'],
    ],
    ['modes', `${assertion}          - { type: tool-args-match, value: { name: x, mode: | } }\n`, ['partial', 'exact']],
    ['assistants', 'assistant: Cl|\ntests: []\n', known.assistants],
    ['assistants by name', 'assistant: { name: | }\n', known.assistants],
    ['tools of a name', `${assertion}          - { type: tool-used, value: f| }\n`, known.tools],
    ['tools of a list', `${assertion}          - { type: not-tool-used, value: [book_slot, |] }\n`, known.tools],
    ['tools of arguments', `${assertion}          - { type: tool-args-match, value: { name: | } }\n`, known.tools],
    [
      'tools of a sequence in lines',
      `${assertion}          - type: tool-sequence\n            value:\n              - find_slots\n              - |\n`,
      known.tools,
    ],
    ['nothing in a comment', 'assistant: Desk # |\n', []],
    ['nothing in a message', `${test}      - user: H|\n`, []],
    ['nothing for unknown keys', 'banana: |\n', []],
  ];
  for (const [name, text, labels] of cases)
    it(`offer ${name}`, () => {
      assert.deepEqual(listLabels(text), labels);
    });

  it('offer types with their negations', () => {
    for (const text of [`${assertion}          - type: not-|\n`, `${assertion}          - { type: | }\n`]) {
      const labels = listLabels(text);
      assert.ok(
        labels.includes('icontains') && labels.includes('not-tool-used') && !labels.includes('not-latency'),
        text,
      );
    }
  });

  it('replace the whole text before the cursor, and quote names if needed', () => {
    const [, returns] = complete('assistant: Sho|p\n');
    assert.deepEqual([returns?.insertText, returns?.range], ['"Shop: Returns"', { start: 11, end: 15 }]);
    const [type] = complete(`${assertion}          - type: not-|\n`);
    assert.equal((type?.range.end ?? 0) - (type?.range.start ?? 0), 'not-'.length);
  });

  it('keep the colon of a key that has one', () => {
    const [first] = complete('des|: Desk\n').filter(({ label }) => label === 'description');
    assert.equal(first?.insertText, 'description');
    const [other] = complete('des|\n').filter(({ label }) => label === 'description');
    assert.equal(other?.insertText, 'description: ');
  });
});

describe('Hovers of a test file', () => {
  const textAt = (text: string): string | undefined => {
    const offset = text.indexOf('|');
    return describeAt(english, text.slice(0, offset) + text.slice(offset + 1), offset)?.text;
  };
  for (const [text, description] of [
    ['assis|tant: Desk', "The assistant's name. If several share it, enter name and id."],
    [`${head}  - { desc|ription: a }`, "The test's name, unique in this file."],
    [`${head}  - { rep|eat: 2 }`, 'The maximum number of runs. The test stops as soon as its verdict is certain.'],
    [`${assertion}          - { type: not-reg|ex, value: x }`, 'Not: The reply matches a regular expression.'],
    [`${assertion}          - { type: banana|, value: x }`, undefined],
    [`${test}      - user: Hel|lo`, undefined],
    ['assistant: Desk # com|ment', undefined],
  ] as const)
    it(`describe ${JSON.stringify(text.split('\n').at(-1)?.trim())}`, () => {
      assert.equal(textAt(text), description);
    });
});
