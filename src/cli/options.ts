import { parseArgs } from 'node:util';
import { maxParallelFiles } from '../core/testing/runSuites';

export interface CliOptions {
  readonly paths: readonly string[];
  readonly assistant: string | undefined;
  /** A test needs one of them. */
  readonly tags: readonly string[];
  /** Part of a test's description. */
  readonly grep: string | undefined;
  readonly repeat: number | undefined;
  readonly maxMessages: number;
  readonly parallel: number;
  readonly junit: string | undefined;
  readonly json: string | undefined;
  readonly github: boolean;
  readonly dryRun: boolean;
  readonly verbose: boolean;
}

export type ParsedCommand =
  | { readonly kind: 'test'; readonly options: CliOptions }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'wrong'; readonly reason: string };

export const usage = `Usage: aiployees-conversations test [files or folders…] [options]

Runs the conversation tests in *.conversation.yaml and *.conversation.yml files.
By default, it searches the current folder, but not node_modules or folders whose names start with a dot.

  --assistant NAME    run the tests with this assistant
  --tag TAG           run only tests with this tag; can be repeated
  --grep TEXT         run only tests whose description contains this text
  --repeat N          run each test N times (1 to 20)
  --max-messages N    send nothing if more messages may be needed (default: 200)
  --parallel N        run up to N files at the same time (1 to ${maxParallelFiles}, default: ${maxParallelFiles})
  --junit FILE        write a JUnit report
  --json FILE         write a JSON report
  --github            write annotations and the step summary (default in GitHub Actions)
  --dry-run           check the files and list the tests; send nothing
  --verbose           print the transcripts
  --help, --version

Environment:
  AIPLOYEES_API_KEY   the account's API key
  AIPLOYEES_BASE_URL  the API's base URL
  AIPLOYEES_JUDGE_URL, AIPLOYEES_JUDGE_MODEL, AIPLOYEES_JUDGE_KEY
                      the model that judges llm-rubric, behind an OpenAI-compatible API
  NO_COLOR            prints no colors

Exit codes:
  0  all tests passed
  1  at least one test failed
  2  nothing was sent: wrong options, a broken file, no key, an unknown assistant, or too many messages
  3  no test failed, but at least one couldn't be judged
  130  interrupted
`;

/** @param isInGithub whether it runs in GitHub Actions */
export function parseCommand(args: readonly string[], isInGithub: boolean): ParsedCommand {
  try {
    return readCommand(args, isInGithub);
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws Error with a message for people */
function readCommand(args: readonly string[], isInGithub: boolean): ParsedCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      assistant: { type: 'string' },
      tag: { type: 'string', multiple: true },
      grep: { type: 'string' },
      repeat: { type: 'string' },
      'max-messages': { type: 'string' },
      parallel: { type: 'string' },
      junit: { type: 'string' },
      json: { type: 'string' },
      github: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      verbose: { type: 'boolean' },
      help: { type: 'boolean' },
      version: { type: 'boolean' },
    },
  });
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [command, ...paths] = positionals;
  if (command === undefined) return { kind: 'wrong', reason: 'Enter a command: test.' };
  if (command !== 'test') return { kind: 'wrong', reason: `Unknown command: ${command}. The only command is test.` };
  const options = {
    paths,
    assistant: readText('assistant', values.assistant),
    tags: values.tag ?? [],
    grep: readText('grep', values.grep),
    repeat: readNumber('repeat', values.repeat, 1, 20),
    maxMessages: readNumber('max-messages', values['max-messages'], 0, 100_000) ?? 200,
    parallel: readNumber('parallel', values.parallel, 1, maxParallelFiles) ?? maxParallelFiles,
    junit: readText('junit', values.junit),
    json: readText('json', values.json),
    github: values.github ?? isInGithub,
    dryRun: values['dry-run'] ?? false,
    verbose: values.verbose ?? false,
  };
  return { kind: 'test', options };
}

function readText(name: string, value: string | undefined): string | undefined {
  if (value?.trim() === '') throw new Error(`--${name} is empty.`);
  return value;
}

function readNumber(name: string, value: string | undefined, min: number, max: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,6}$/.test(value) ? Number(value) : NaN;
  if (!(number >= min && number <= max)) throw new Error(`--${name} must be a number from ${min} to ${max}.`);
  return number;
}
