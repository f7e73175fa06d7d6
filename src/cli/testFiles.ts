import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { formatProblem } from '../core/testing/formatProblem';
import { parseSuite } from '../core/testing/parse';
import type { TestCase, TestSuite } from '../core/testing/suite';
import { findPlace } from '../core/report/report';
import { english } from '../core/text/l10n';
import { CliRefusal } from './cliRefusal';

export interface TestFile {
  /** Relative to the working folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly suite: TestSuite;
  /** The selected tests. */
  readonly tests: readonly TestCase[];
}

const testFileName = /\.conversation\.ya?ml$/;

/** @throws CliRefusal if a path doesn't exist, or if there is no test file */
export function listTestFiles(paths: readonly string[]): readonly string[] {
  const found = (paths.length === 0 ? ['.'] : paths).flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) throw new CliRefusal(`There is no file or folder ${path}.`);
    return stats.isDirectory() ? findInFolder(path) : [path];
  });
  const files = [...new Set(found.map((path) => resolve(path)))];
  if (files.length === 0) throw new CliRefusal('No *.conversation.yaml files were found.');
  return files;
}

/** Ignores links, so that a folder that contains itself ends. */
function findInFolder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : findInFolder(path);
      return entry.isFile() && testFileName.test(entry.name) ? [path] : [];
    });
}

export interface FileProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly isError: boolean;
  readonly message: string;
}

export interface ParsedFiles {
  readonly files: readonly TestFile[];
  readonly problems: readonly FileProblem[];
}

/** Parses files; one with an error isn't among the parsed ones. */
export function parseTestFiles(paths: readonly string[]): ParsedFiles {
  const files: TestFile[] = [];
  const problems: FileProblem[] = [];
  for (const absolute of paths) {
    const path = relative(process.cwd(), absolute).split(sep).join('/');
    const text = readText(absolute, path);
    const { suite, problems: found } = parseSuite(text);
    for (const problem of found) {
      if (problem.severity === 'hint') continue;
      const message = formatProblem(english, problem);
      problems.push({
        path,
        ...findPlace(text, problem.range.start),
        isError: problem.severity === 'error',
        message,
      });
    }
    if (suite !== undefined) files.push({ path, text, suite, tests: suite.tests });
  }
  return { files, problems };
}

function readText(absolute: string, path: string): string {
  try {
    return readFileSync(absolute, 'utf8');
  } catch (error) {
    throw new CliRefusal(`Couldn't read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Selects tests by tags and description. @throws CliRefusal if no test is left */
export function selectTests(
  files: readonly TestFile[],
  { tags, grep }: { readonly tags: readonly string[]; readonly grep: string | undefined },
): readonly TestFile[] {
  const text = grep?.toLowerCase();
  const matches = (test: TestCase): boolean =>
    (tags.length === 0 || tags.some((tag) => test.tags.includes(tag))) &&
    (text === undefined || test.description.toLowerCase().includes(text));
  const selected = files
    .map((file) => ({ ...file, tests: file.tests.filter(matches) }))
    .filter(({ tests }) => tests.length > 0);
  if (selected.length === 0) throw new CliRefusal('No test has these tags and this description.');
  return selected;
}
