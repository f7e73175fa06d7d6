import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../support/paths';
import type { SampleServer } from '../support/sampleServer';

export const testKey = '41|CommandLineTestKey';

export interface CliResult {
  /** Undefined if it was ended by a signal. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly process: ChildProcess;
  readonly ended: Promise<CliResult>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Starts the built command line in a folder, without the environment of the test run. */
export function startCli(folder: string, args: readonly string[], env: Environment): RunningCli {
  const { PATH, NODE_V8_COVERAGE } = process.env;
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'cli', 'cli.js'), ...args], {
    cwd: folder,
    env: { PATH, ...(NODE_V8_COVERAGE === undefined ? {} : { NODE_V8_COVERAGE }), ...env },
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  }
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, ...output }));
  });
  return { process: child, ended };
}

export function connectTo(server: SampleServer, more: Environment = {}): Environment {
  return { AIPLOYEES_API_KEY: testKey, AIPLOYEES_BASE_URL: server.url, ...more };
}

/** A folder with files, by path. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'aiployees-cli-test-'));

  write(path: string, text: string): this {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), text);
    return this;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface WrittenTest {
  readonly description: string;
  /** Each user message, and text that its reply must contain. */
  readonly turns: readonly (readonly [user: string, contains?: string])[];
  readonly more?: string;
}

export function writeSuite(tests: readonly WrittenTest[], assistant = 'Clinic Desk'): string {
  const lines = tests.flatMap(({ description, turns, more }) => [
    `  - description: ${description}`,
    ...(more === undefined ? [] : [`    ${more}`]),
    '    turns:',
    ...turns.flatMap(([user, contains]) => [
      `      - user: ${JSON.stringify(user)}`,
      ...(contains === undefined ? [] : [`        assert: [{ type: contains, value: ${JSON.stringify(contains)} }]`]),
    ]),
  ]);
  return [`assistant: ${assistant}`, 'tests:', ...lines, ''].join('\n');
}
