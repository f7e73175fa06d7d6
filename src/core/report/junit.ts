import { formatFailureText } from './failureText';
import { type FileReport, type RunReport, type TestReport, countVerdicts, listFailures, sumMs } from './report';
import { formatTranscript } from './transcriptText';

/**
 * Formats results as JUnit XML that is valid against the schema of Ant (windyroad/JUnit-Schema) and that of Jenkins
 * (junit-10.xsd): all elements of a suite are always there, and a test has one outcome at most.
 */
export function formatJunit({ files, startedAt, judge }: RunReport): string {
  const suites = files.map((file, index) => formatSuite(file, index, { startedAt, judge }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function formatSuite(
  { path, suite, assistant, tests }: FileReport,
  index: number,
  { startedAt, judge }: Pick<RunReport, 'startedAt' | 'judge'>,
): string {
  const { failed, errored, skipped } = countVerdicts(tests);
  const attributes = formatAttributes({
    id: index,
    name: toToken(suite.description ?? path),
    package: toToken(path),
    // The schema allows no time zone.
    timestamp: new Date(startedAt).toISOString().slice(0, 19),
    hostname: 'localhost',
    tests: tests.length,
    failures: failed,
    errors: errored,
    skipped,
    time: toSeconds(tests.reduce((total, { result }) => total + sumMs(result), 0)),
  });
  return [
    `  <testsuite${attributes}>\n`,
    '    <properties>\n',
    formatProperty('assistant', assistant),
    judge === undefined ? '' : formatProperty('judge', judge),
    '    </properties>\n',
    ...tests.map((each) => formatTest(each, path)),
    `    <system-out>${escapeXml(formatOutput(tests))}</system-out>\n`,
    '    <system-err></system-err>\n',
    '  </testsuite>\n',
  ].join('');
}

function formatProperty(name: string, value: string): string {
  return `      <property${formatAttributes({ name, value })}/>\n`;
}

function formatTest({ test, result }: TestReport, path: string): string {
  const name = toToken(test.description);
  const attributes = formatAttributes({ name, classname: toToken(path), time: toSeconds(sumMs(result)) });
  const outcome = formatOutcome(result);
  return outcome === ''
    ? `    <testcase${attributes}/>\n`
    : `    <testcase${attributes}>\n      ${outcome}\n    </testcase>\n`;
}

function formatOutcome(result: TestReport['result']): string {
  switch (result.verdict) {
    case 'passed':
      return '';
    case 'skipped':
      return `<skipped${result.skipped ? formatAttributes({ message: result.skipped }) : ''}/>`;
    case 'failed':
    case 'errored': {
      const element = result.verdict === 'failed' ? 'failure' : 'error';
      const [first] = listFailures(result);
      const attributes = formatAttributes({ message: first?.message ?? '', type: first?.kind ?? 'server' });
      return `<${element}${attributes}>${escapeXml(formatFailureText(result))}</${element}>`;
    }
  }
}

/** All transcripts: the schema of Ant allows output only for a whole file. */
function formatOutput(tests: readonly TestReport[]): string {
  return tests
    .flatMap(({ test, result: { runs } }) =>
      runs.map((run, index) => {
        const of = runs.length < 2 ? '' : `, run ${index + 1} of ${runs.length}`;
        return `== ${test.description}${of}: ${run.verdict}\n${formatTranscript(run)}\n`;
      }),
    )
    .join('\n');
}

function toSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Tokens of a schema need a visible character. */
function toToken(text: string): string {
  return /[^\s]/.test(text) ? text : '?';
}

function formatAttributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escapeXml(String(value)).replace(/[\t\n]/g, (each) => `&#${each.charCodeAt(0)};`)}"`,
    )
    .join('');
}

/** XML 1.0 has no control characters, lone surrogates, or noncharacters. */
const invalid = /(?![\t\n\r])[\u0000-\u001f]|[\ufffe\uffff]|\p{Surrogate}/gu;
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

function escapeXml(text: string): string {
  return text.replace(invalid, '\ufffd').replace(/[&<>"\r]/g, (character) => escapes[character] ?? '');
}
