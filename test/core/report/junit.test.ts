import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatJunit } from '../../../src/core/report/junit';
import type { RunReport } from '../../../src/core/report/report';
import type { RunResult, TestResult } from '../../../src/core/testing/result';
import { createSuite, createTest } from '../testing/support';
import { runReport, testResult } from './arbitraries';
import { checkJunit } from './junitRules';
import { parseXml, type XmlElement } from './xml';

function createReport(...results: readonly TestResult[]): RunReport {
  const tests = results.map((result, index) => ({ test: createTest({ description: `test ${index + 1}` }), result }));
  const file = {
    path: 'tests/clinic.conversation.yaml',
    text: '',
    suite: createSuite([]),
    assistant: 'Clinic Desk',
    tests,
  };
  return { startedAt: Date.UTC(2026, 11, 1, 9, 5, 7), program: 'cli 0.2.0', server: 'call.example', files: [file] };
}

const reply = { role: 'assistant', content: 'Hello.\n::error::x', functionCalls: [] };
const passedRun: RunResult = {
  verdict: 'passed',
  ms: 1250,
  conversationId: 'secret-conversation-id',
  turns: [{ number: 1, user: 'Hi', reply, ms: 1200 }],
  failures: [],
  messages: 1,
};
const failure = {
  kind: 'contains',
  type: 'contains',
  turn: 1,
  range: { start: 0, end: 0 },
  message: 'Turn 1: no.',
} as const;
const failedRun: RunResult = {
  ...passedRun,
  verdict: 'failed',
  failures: [{ ...failure, expected: 'a', actual: 'b' }],
};
const parseSuiteElement = (report: RunReport): XmlElement => {
  const root = parseXml(formatJunit(report));
  checkJunit(root);
  return root.children[0] ?? root;
};

describe('A JUnit report', () => {
  it('is what the schemas of Ant and Jenkins both allow, for any result', () => {
    fc.assert(
      fc.property(runReport, (report) => checkJunit(parseXml(formatJunit(report)))),
      { numRuns: 200 },
    );
  });

  it('shows lone surrogates and control characters as U+FFFD, and other text unchanged', () => {
    const message = 'a\ud83d\u0000]]>&<"\'\t\r\n😀\uffff';
    const [, test] = parseSuiteElement(createReport({ verdict: 'skipped', runs: [], skipped: message })).children;
    assert.equal(test?.children[0]?.attributes['message'], 'a\ufffd\ufffd]]>&<"\'\t\r\n😀\ufffd');
  });

  it('has a suite for each file, with its time, counts, assistant, and transcripts', () => {
    const suite = parseSuiteElement(
      createReport(
        { verdict: 'passed', runs: [passedRun] },
        { verdict: 'failed', runs: [passedRun, failedRun] },
        {
          verdict: 'errored',
          runs: [{ ...passedRun, verdict: 'errored', failures: [{ ...failure, kind: 'lost', type: '' }] }],
        },
        { verdict: 'skipped', runs: [], skipped: 'Later.' },
      ),
    );
    assert.deepEqual(suite.attributes, {
      id: '0',
      name: 'tests/clinic.conversation.yaml',
      package: 'tests/clinic.conversation.yaml',
      timestamp: '2026-12-01T09:05:07',
      hostname: 'localhost',
      tests: '4',
      failures: '1',
      errors: '1',
      skipped: '1',
      time: '5.000',
    });
    const [properties, passed, failed, errored, skipped, output] = suite.children;
    assert.deepEqual(properties?.children[0]?.attributes, { name: 'assistant', value: 'Clinic Desk' });
    assert.deepEqual(passed?.attributes, {
      name: 'test 1',
      classname: 'tests/clinic.conversation.yaml',
      time: '1.250',
    });
    assert.deepEqual(passed?.children, []);
    assert.deepEqual(failed?.children[0]?.attributes, { message: 'Turn 1: no.', type: 'contains' });
    assert.equal(failed?.children[0]?.text, '1 of 2 runs passed.\nRun 2: failed\nTurn 1: no.\nExpected: a\nActual: b');
    assert.deepEqual([errored?.children[0]?.name, errored?.children[0]?.attributes['type']], ['error', 'lost']);
    assert.deepEqual(skipped?.children[0]?.attributes, { message: 'Later.' });
    assert.match(output?.text ?? '', /^== test 1: passed\nUser: Hi\nAssistant: Hello\.\n {2}\| ::error::x\n/);
    assert.match(output?.text ?? '', /== test 2, run 2 of 2: failed/);
  });

  it('has no conversation IDs', () => {
    fc.assert(
      fc.property(fc.array(testResult, { maxLength: 3 }), (results) => {
        assert.doesNotMatch(formatJunit(createReport(...results)), /secret-conversation-id/);
      }),
    );
  });
});
