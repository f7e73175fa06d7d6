import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem } from '../../../src/core/testing/formatProblem';
import { maxTests, parseSuite } from '../../../src/core/testing/parse';
import type { TestSuite } from '../../../src/core/testing/suite';
import { english } from '../../../src/core/text/l10n';
import { projectRoot } from '../../support/paths';

/** Formats problems as "severity «text at the range»: message". */
function listProblems(text: string): readonly string[] {
  return parseSuite(text).problems.map((problem) => {
    const { start, end } = problem.range;
    return `${problem.severity} «${text.slice(start, end)}»: ${formatProblem(english, problem)}`;
  });
}

function parseValid(text: string): TestSuite {
  const { suite, problems } = parseSuite(text);
  assert.ok(suite, JSON.stringify(problems));
  return suite;
}

/** A file with one test whose lines are given. */
const createFile = (...lines: readonly string[]): string =>
  ['assistant: Desk', 'tests:', '  - description: greets', ...lines.map((line) => `    ${line}`), ''].join('\n');

/** A file with one assertion of its only reply. */
const createAssertion = (yaml: string): string =>
  createFile('turns:', '  - user: Hello', '    assert:', `      - ${yaml}`);

const turns = ['turns: [{ user: Hello }]', 'assert: [{ type: contains, value: Hi }]'];

describe('A test file', () => {
  const example = readFileSync(join(projectRoot, 'test', 'fixtures', 'example.conversation.yaml'), 'utf8');

  it('parses without problems if it is the example', () => {
    assert.deepEqual(listProblems(example), []);
    const { description, assistant, timeZone, tests } = parseValid(example);
    assert.deepEqual(
      { description, assistant, timeZone },
      {
        description: 'Booking at the clinic',
        assistant: { name: 'Clinic Desk', id: undefined },
        timeZone: 'Europe/Berlin',
      },
    );
    const [books, emergency] = tests;
    assert.ok(books && emergency);
    assert.deepEqual(
      [books.tags, books.repeat, books.mustPass, books.stopOnFailure, books.variables],
      [['smoke'], 3, 2, false, { patient_name: 'Ines' }],
    );
    assert.deepEqual(
      books.turns.map(({ assertions }) => assertions.map(({ type }) => type)),
      [
        ['not-icontains', 'word-count', 'icontains-all', 'tool-args-match'],
        ['not-icontains', 'word-count', 'tool-args-match', 'tool-used', 'tool-succeeds', 'latency'],
      ],
    );
    assert.deepEqual([emergency.repeat, emergency.mustPass, emergency.stopOnFailure], [1, 1, true]);
  });

  it('has the ranges of tests, messages, and assertions', () => {
    const { tests } = parseValid(example);
    const textAt = ({ start, end }: { start: number; end: number }): string => example.slice(start, end);
    assert.equal(textAt(tests[1]?.turns[0]?.userRange ?? { start: 0, end: 0 }), 'My chest hurts badly.');
    assert.ok(textAt(tests[1]?.range ?? { start: 0, end: 0 }).startsWith('description: sends an emergency'));
    const regex = tests[1]?.turns[0]?.assertions.find(({ type }) => type === 'regex');
    assert.equal(textAt(regex?.range ?? { start: 0, end: 0 }), String.raw`{ type: regex, value: '\b(112|911)\b' }`);
  });

  for (const [written, text] of [
    ['+491711234', '+491711234'],
    ['0049', '0049'],
    ['1e3', '1e3'],
    ['12.50', '12.50'],
    ['09:20', '09:20'],
    ['2026-12-01', '2026-12-01'],
    ['yes', 'yes'],
    ['"0049"', '0049'],
    ['"true"', 'true'],
    ['"a\\tb"', 'a\tb'],
  ] as const)
    it(`takes the message ${written} as it is written`, () => {
      const { tests } = parseValid(createFile(`turns: [{ user: ${written} }]`));
      assert.equal(tests[0]?.turns[0]?.user, text);
    });

  it('reads yes, no, and times as text, even if a directive asks for YAML 1.1', () => {
    const { tests } = parseValid(`%YAML 1.1\n---\n${createFile('turns: [{ user: yes }, { user: 09:20 }]')}`);
    assert.deepEqual(
      tests[0]?.turns.map(({ user }) => user),
      ['yes', '09:20'],
    );
  });

  it('keeps numbers of arguments, and takes numbers that JSON lacks as text', () => {
    const { tests } = parseValid(
      createAssertion('{ type: tool-args-match, value: { name: x, args: { a: 2, b: "2", c: 0049, d: +49, e: yes } } }'),
    );
    const [assertion] = tests[0]?.turns[0]?.assertions ?? [];
    assert.ok(assertion?.kind === 'tool-args-match');
    assert.deepEqual(assertion.args, { a: 2, b: '2', c: '0049', d: '+49', e: 'yes' });
  });

  it('merges the variables of the file and the test', () => {
    const { tests } = parseValid(
      `variables: { a: 1, b: file }\n${createFile('variables: { b: test, c: null }', ...turns)}`,
    );
    assert.deepEqual(tests[0]?.variables, { a: 1, b: 'test', c: null });
  });

  it('applies the defaults to every reply and every test', () => {
    const defaults =
      'defaultTest: { repeat: 3, mustPass: 2, stopOnFailure: true, assert: [{ type: contains, value: Hi }] }\n';
    const { tests } = parseValid(
      `${defaults}${createFile('turns: [{ user: a }, { user: b }]')}  - { description: once, repeat: 1, turns: [{ user: c }] }\n`,
    );
    assert.deepEqual(
      tests.map(({ repeat, mustPass, stopOnFailure }) => [repeat, mustPass, stopOnFailure]),
      [
        [3, 2, true],
        [1, 1, true],
      ],
    );
    assert.deepEqual(
      tests.flatMap((test) => test.turns.map(({ assertions }) => assertions.map(({ type }) => type))),
      [['contains'], ['contains'], ['contains']],
    );
  });

  it('can name an assistant by its name and number', () => {
    assert.deepEqual(parseValid(createFile(...turns).replace('Desk', '{ name: Desk, id: 7 }')).assistant, {
      name: 'Desk',
      id: 7,
    });
  });

  it('skips tests with or without a reason', () => {
    const parseSkip = (yaml: string): string | undefined =>
      parseValid(createFile(`skip: ${yaml}`, ...turns)).tests[0]?.skip;
    assert.deepEqual(['true', 'false', 'until May'].map(parseSkip), ['', undefined, 'until May']);
  });

  it("accepts promptfoo's trajectory prefix", () => {
    const { tests } = parseValid(createAssertion('{ type: not-trajectory:tool-used, value: [refund] }'));
    const [assertion] = tests[0]?.turns[0]?.assertions ?? [];
    assert.deepEqual(
      [assertion?.kind, assertion?.type, assertion?.isNegated],
      ['tool-used', 'not-trajectory:tool-used', true],
    );
  });

  it('reads aliases', () => {
    const text = createFile(
      'turns:',
      '  - user: a',
      '    assert: &common [{ type: contains, value: Hi }]',
      '  - { user: b, assert: *common }',
    );
    const { tests } = parseValid(text);
    assert.deepEqual(tests[0]?.turns[1]?.assertions, tests[0]?.turns[0]?.assertions);
  });

  it('gives the second of two tests of the same name a number', () => {
    const text = `${createFile(...turns)}  - { description: greets, ${turns.join(', ')} }\n`;
    assert.deepEqual(
      parseValid(text).tests.map(({ description }) => description),
      ['greets', 'greets (2)'],
    );
    assert.deepEqual(listProblems(text), ['warning «greets»: Another test has this description. Change one of them.']);
  });
});

describe('Problems of a test file', () => {
  const uuid = '0b8f5c1e-8d0c-4a51-9d9f-5f6f0f3a1b2c';
  const cases: readonly [name: string, text: string, problems: readonly string[]][] = [
    ['an empty file', '', ['error «»: Add assistant and tests.']],
    ['a file without tests', 'assistant: Desk\n', ['error «assistant»: Add tests.']],
    [
      'an unknown key with a suggestion',
      createFile('tag: [x]', ...turns),
      ["error «tag»: tag isn't a key that's known here. Did you mean tags?"],
    ],
    [
      "promptfoo's vars",
      `vars: { a: 1 }\n${createFile(...turns)}`,
      ["error «vars»: vars isn't a key that's known here. Did you mean variables?"],
    ],
    [
      'an unknown key without a suggestion',
      createFile('banana: 1', ...turns),
      ["error «banana»: banana isn't a key that's known here."],
    ],
    [
      'a duplicate key',
      createFile('skip: true', 'skip: false', ...turns),
      ['error «skip»: skip appears twice. Remove one.'],
    ],
    [
      'a message that is a Boolean',
      createFile('turns: [{ user: true }]', turns[1] ?? ''),
      ['error «true»: Enter text. Put quotes around true, false, and null.'],
    ],
    [
      'a message that is missing',
      createFile('turns: [{ user: }]', turns[1] ?? ''),
      ['error «»: Enter text. Put quotes around true, false, and null.'],
    ],
    ['a blank message', createFile('turns: [{ user: "  " }]', turns[1] ?? ''), ['error «"  "»: Enter a message.']],
    [
      'a message that is too long',
      createFile(`turns: [{ user: ${'x'.repeat(2001)} }]`, turns[1] ?? ''),
      [`error «${'x'.repeat(2001)}»: A message can have up to 2000 characters.`],
    ],
    [
      'an unquoted placeholder',
      createFile('variables: { name: Ines }', 'turns: [{ user: {{name}} }]', turns[1] ?? ''),
      ['error «{{name}}»: Put quotes around text that starts with {{.'],
    ],
    [
      'a placeholder without a variable',
      createFile('turns: [{ user: "{{nam}} {{today}} {{ today-3 }}" }] # {{comment}}', turns[1] ?? ''),
      ['warning «{{nam}}»: No variable is called nam, so this text is sent as it is.'],
    ],
    [
      'more passes than runs',
      createFile('repeat: 2', 'mustPass: 3', ...turns),
      ["error «3»: 3 runs can't pass, because the test runs 2 times."],
    ],
    ['too many runs', createFile('repeat: 21', ...turns), ['error «21»: Enter 1 to 20.']],
    [
      'a test without assertions',
      createFile('turns: [{ user: Hello }]'),
      ['hint «greets»: This test has no assertions. It passes if all messages get a reply.'],
    ],
    [
      'an unknown time zone',
      `timeZone: Europe/Hamburg\n${createFile(...turns)}`,
      ['error «Europe/Hamburg»: Enter a time zone, for example Europe/Berlin.'],
    ],
    [
      "an assistant's UUID",
      createFile(...turns).replace('Desk', uuid),
      [`error «${uuid}»: Enter the assistant's name. Anyone with its UUID can talk to it at your cost.`],
    ],
    [
      'an unknown type with a suggestion',
      createAssertion('{ type: contain, value: x }'),
      ["error «contain»: contain isn't a type of assertion. Did you mean contains?"],
    ],
    [
      'a type that cannot be negated',
      createAssertion('{ type: not-latency, threshold: 5 }'),
      ["error «not-latency»: not-latency isn't a type of assertion. Did you mean latency?"],
    ],
    [
      'a type that runs code',
      createAssertion('{ type: javascript, value: x }'),
      ["error «javascript»: javascript isn't supported, because test files can't run code."],
    ],
    [
      'a type that another model judges',
      createAssertion('{ type: not-factuality, value: x }'),
      ["error «not-factuality»: not-factuality isn't supported. Use llm-rubric."],
    ],
    [
      'a cost',
      createAssertion('{ type: cost, threshold: 1 }'),
      ["error «cost»: cost isn't supported, because the platform doesn't charge for test messages."],
    ],
    ['a type without its value', createAssertion('{ type: contains }'), ['error «contains»: Add value.']],
    [
      'latency without a threshold',
      createAssertion('{ type: latency, value: 5 }'),
      ['error «latency»: Add threshold.', 'warning «value»: latency needs no value.'],
    ],
    [
      'a threshold elsewhere',
      createAssertion('{ type: contains, value: x, threshold: 5 }'),
      ['error «threshold»: Only latency has a threshold.'],
    ],
    [
      'a regular expression that does not compile',
      createAssertion("{ type: regex, value: '(a' }"),
      ["error «'(a'»: This regular expression isn't valid: Unterminated group."],
    ],
    [
      'a range that is empty',
      createAssertion('{ type: word-count, value: { min: 5, max: 4 } }'),
      ["warning «{ min: 5, max: 4 }»: 5 isn't less than or equal to 4, so this never holds."],
    ],
    ['a range without bounds', createAssertion('{ type: tool-count, value: {} }'), ['error «{}»: Add min or max.']],
    [
      'arguments without an expectation',
      createAssertion('{ type: tool-args-match, value: { name: x } }'),
      ['error «x»: Add args or patterns.'],
    ],
    [
      'an unknown mode',
      createAssertion('{ type: tool-sequence, value: { steps: [a], mode: loose } }'),
      ['error «loose»: Enter in_order or exact.'],
    ],
    [
      'a tag with a space',
      createFile('tags: [a b]', ...turns),
      ['error «a b»: A tag has only letters, digits, hyphens, and underscores.'],
    ],
    [
      'an alias without an anchor',
      createFile(...turns, 'variables: { a: *b }'),
      ['error «*b»: No anchor with this name precedes this alias.'],
    ],
    [
      'two documents',
      `${createFile(...turns)}---\na: 1\n`,
      ['error «---»: A test file is one YAML document. Move the next one to another file.'],
    ],
  ];
  for (const [name, text, problems] of cases)
    it(`name ${name}`, () => {
      assert.deepEqual(listProblems(text), problems);
    });

  it('are at the place of a syntax error, and the file has no tests then', () => {
    const text = 'assistant: "Desk\ntests: []\n';
    const { suite, problems } = parseSuite(text);
    assert.equal(suite, undefined);
    assert.equal(problems[0]?.detail.kind, 'syntax');
  });

  it('exclude placeholders in regular expressions', () => {
    assert.deepEqual(listProblems(createAssertion(String.raw`{ type: regex, value: '^{{today}}\b' }`)), []);
  });

  it('limit the size, the number of tests, and the depth', () => {
    const test = '  - { description: a, turns: [{ user: b }] }\n';
    const kinds = (text: string): readonly string[] => [
      ...new Set(parseSuite(text).problems.map(({ detail }) => detail.kind)),
    ];
    assert.deepEqual(kinds(`# ${'x'.repeat(1_000_000)}`), ['too-large']);
    assert.ok(kinds(`assistant: a\ntests:\n${test.repeat(maxTests + 1)}`).includes('wrong-length'));
    assert.deepEqual(kinds(`assistant: ${'['.repeat(50_000)}${']'.repeat(50_000)}`), ['too-deep']);
    assert.deepEqual(kinds(createFile(...turns, `variables: { a: ${'['.repeat(150)}${']'.repeat(150)} }`)), [
      'too-deep',
    ]);
  });

  it('include aliases that expand without end', () => {
    const bomb = ['variables:', '  a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg'].map((pair) => pair.split('')))
      bomb.push(`  ${name}: &${name} [${Array.from({ length: 9 }, () => `*${of}`).join(', ')}]`);
    assert.deepEqual(
      parseSuite(`${bomb.join('\n')}\n${createFile(...turns)}`).problems.map(({ detail }) => detail.kind),
      ['too-many-values'],
    );
    assert.deepEqual(
      parseSuite(createFile(...turns, 'variables: &v { a: *v }')).problems.map(({ detail }) => detail.kind),
      ['too-deep'],
    );
  });

  it('are the same if hundreds of tests are parsed in parts', () => {
    const test = createFile(...turns)
      .split('\n')
      .slice(2)
      .join('\n');
    const broken = createFile('banana: "1', ...turns)
      .split('\n')
      .slice(2)
      .join('\n');
    const { problems } = parseSuite(`assistant: a\ntests:\n${test.repeat(40)}${broken}`);
    assert.ok(problems.some(({ detail }) => detail.kind === 'syntax'));
    const text = `assistant: a\ntests:\n${test.repeat(40)}    banana: 1\n`;
    assert.ok(listProblems(text).some((problem) => problem.startsWith('error «banana»')));
  });
});
