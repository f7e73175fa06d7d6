// Which user tests run where, and in which order.
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, rootPath, showLines } from './process.mjs';

const folder = join(rootPath, 'test', 'ui');
const runner = fileURLToPath(new URL('out/test/support/runners/uiTests.cjs', root));

/**
 * Where several versions are run, these are in the newest alone: what they are of is the extension's own work, and drawn with
 * what others show in every version. A version that is asked for by itself has them all.
 */
const inNewestAlone = new Set([
  'accounts',
  'export',
  'follow',
  'rerun',
  'savedFilters',
  'searchTranscripts',
  'sendMessage',
  'usage',
]);

/** The file that tells of all the others. It runs when they have ended. */
export const wholeRun = 'wholeRun';

/**
 * Runs the files in each version: in one process more than there are processors, since a fifth of the time is spent on
 * waiting; each has a VS Code of one version, and takes the next file that is left.
 * @param envOf environment of such a process, by version
 * @param tell is given each file, and what runs it: with the path for its counts, it resolves with an exit code
 */
export async function runUserTests(versions, envOf, tell) {
  const left = new Map(versions.map((version, index) => [version, inOrder(index, version === versions.at(-1))]));
  const problems = [];
  const lane = async (index) => {
    for (;;) {
      const preferred = versions[index % versions.length];
      const version = [preferred, ...versions].find((each) => left.get(each).length > 0);
      if (version === undefined) return;
      const worker = new Worker(version, envOf(version));
      for (let file = left.get(version).shift(); file !== undefined && worker.lives; file = left.get(version).shift()) {
        const name = file;
        await tell(version, name, (results) => worker.run(name, results));
      }
      const code = await worker.end();
      if (code !== 0) problems.push(`a process of those in ${version} ended with ${code}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, (_, index) => lane(index)));
  if (problems.length > 0) throw new Error(problems.join(', '));
}

/**
 * First those that can go on in the window of the one before, then those that can't, or (in every other version, so that
 * what mostly waits runs beside what mostly works) the other way round; of each the longest first: a file is about as long as
 * it has tests.
 */
function inOrder(index, isNewest) {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts') && file !== `${wholeRun}.test.ts`)
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const shares = text.includes("window: 'tidied'") && !/\bfolder:/.test(text);
      return { name: basename(file, '.test.ts'), tests: text.split(/^\s*it\(/m).length - 1, shares };
    })
    .filter(({ name }) => isNewest || !inNewestAlone.has(name))
    .sort((one, other) => other.tests - one.tests);
  const groups = [files.filter(({ shares }) => shares), files.filter(({ shares }) => !shares)];
  return (index % 2 === 0 ? groups : groups.reverse()).flat().map(({ name }) => name);
}

/** A process that runs files of user tests, one after the other, in the same VS Code. */
class Worker {
  lives = true;
  #child;
  #ended;
  #file = '';

  constructor(version, env) {
    this.#child = fork(runner, { cwd: rootPath, silent: true, env: { ...process.env, ...env } });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code) => {
        this.lives = false;
        resolve(code ?? 1);
      });
    });
    showLines(this.#child, () => `${version} ${this.#file}`);
  }

  async run(file, results) {
    this.#file = file;
    this.#child.send({ file, results });
    const done = new Promise((resolve) => this.#child.once('message', () => resolve(0)));
    return Promise.race([done, this.#ended]);
  }

  /** Lets it end. Resolves with its exit code. */
  end() {
    if (this.lives) this.#child.disconnect();
    return this.#ended;
  }
}
