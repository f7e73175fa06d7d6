import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { projectRoot } from '../support/paths';

interface Source {
  readonly text: string;
  readonly statements: readonly { readonly start: number; readonly end: number }[];
  readonly functions: readonly { readonly name: string }[];
  readonly branches: readonly { readonly type: string }[];
}
interface Hits {
  readonly statements: readonly number[];
  readonly functions: readonly number[];
  readonly branches: readonly (readonly number[])[];
}
type ParseSource = (path: string, text: string) => Source;
type Collect = (
  folder: string,
  sources: Map<string, Source>,
  whereBuilt: (url: string) => string | undefined,
) => { readonly hits: Map<string, Hits>; readonly processes: number };

const text = `
export interface Sizes { readonly small: number }
const limit: number = 10;
export function size(value: number | undefined): string {
  if (value === undefined) return 'none';
  if (value > limit) {
    return 'large';
  } else if (value < 0) return 'negative';
  switch (value) {
    case 0:
      return 'zero';
    case 1:
    case 2:
      return 'few';
    default:
      return value % 2 === 0 ? 'even' : odd(value) || 'odd';
  }
}
const odd = (value: number): string => (value === 7 ? 'lucky' : '');
function never(): string {
  return 'never';
}
export const later = () => () => never();
for (const value of process.argv.slice(2)) size(value === 'x' ? undefined : Number(value));
later();
`;

describe('Coverage', () => {
  let folder: string;
  beforeEach(() => void (folder = realpathSync(mkdtempSync(join(tmpdir(), 'aiployees-coverage-')))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Builds the source in one or more ways, runs each build with its arguments, and returns the merged coverage. */
  async function measure(runs: readonly { readonly minify: boolean; readonly args: readonly string[] }[]) {
    const tool = (name: string): Promise<unknown> =>
      import(pathToFileURL(join(projectRoot, 'test', 'support', 'coverage', name)).href);
    const { parseSource } = (await tool('sources.mjs')) as { parseSource: ParseSource };
    const { collect } = (await tool('collect.mjs')) as { collect: Collect };
    const file = join(folder, 'source.ts');
    writeFileSync(file, text);
    for (const [index, { minify, args }] of runs.entries()) {
      const outfile = join(folder, `built${index}.js`);
      buildSync({
        entryPoints: [file],
        outfile,
        bundle: true,
        minify,
        sourcemap: minify ? 'external' : 'inline',
        sourcesContent: false,
        platform: 'node',
        logLevel: 'error',
      });
      execFileSync(process.execPath, [outfile, ...args], {
        env: { ...process.env, NODE_V8_COVERAGE: join(folder, 'written') },
      });
    }
    const path = relative(projectRoot, file).replaceAll('\\', '/');
    const source = parseSource(path, text);
    const whereBuilt = (url: string): string | undefined => (url.includes('built') ? fileURLToPath(url) : undefined);
    const { hits, processes } = collect(join(folder, 'written'), new Map([[path, source]]), whereBuilt);
    assert.equal(processes, runs.length);
    return { source, hits: hits.get(path) as Hits };
  }

  for (const minify of [false, true]) {
    it(`counts statements, functions, and branches of the source in a ${minify ? 'minified' : 'plain'} build`, async () => {
      const { source, hits } = await measure([{ minify, args: ['x', '11', '4', '5', '7', '1'] }]);
      const notExecuted = source.statements.filter((_, index) => hits.statements[index] === 0);
      assert.deepEqual(
        notExecuted.map(({ start, end }) => source.text.slice(start, end)),
        ["return 'negative';", "return 'zero';", "return 'never';", 'never()'],
      );
      const hitsOf = Object.fromEntries(source.functions.map(({ name }, index) => [name, hits.functions[index]]));
      assert.deepEqual([hitsOf['size'], hitsOf['odd'] ?? 2, hitsOf['never']], [6, 2, 0]);
      const ifBranches = source.branches.flatMap(({ type }, index) => (type === 'if' ? [hits.branches[index]] : []));
      assert.deepEqual(ifBranches, [
        [1, 5],
        [1, 4],
        [0, 4],
      ]);
      const others = source.branches.flatMap(({ type }, index) =>
        type === 'if' ? [] : [[type, hits.branches[index]]],
      );
      assert.deepEqual(others, [
        ['switch', [0, 1, 3]],
        ['cond-expr', [1, 2]],
        ['binary-expr', [1]],
        ['cond-expr', [1, 1]],
        ['cond-expr', [1, 5]],
      ]);
    });
  }

  it('merges the coverage of several builds of one source', async () => {
    const { source, hits } = await measure([
      { minify: false, args: ['0', '7'] },
      { minify: true, args: ['-3', '0'] },
      { minify: true, args: ['x'] },
    ]);
    const hitsOf = (statement: string): number | undefined =>
      hits.statements[source.statements.findIndex(({ start, end }) => source.text.slice(start, end) === statement)];
    assert.deepEqual(
      ["return 'zero';", "return 'negative';", "return 'none';", "return 'few';"].map(hitsOf),
      [2, 1, 1, 0],
    );
  });

  it('recognizes the entry and chunks of the installed extension and no other files', async () => {
    const { findFile } = (await import(
      pathToFileURL(join(projectRoot, 'test', 'support', 'coverage', 'extensionFiles.mjs')).href
    )) as {
      findFile: (url: string) => string | undefined;
    };
    const installed = 'file:///tmp/extensions/aiployees-tools.aiployees-conversations-0.1.0/dist';
    assert.equal(findFile(`${installed}/extension.cjs`), join(projectRoot, 'dist', 'extension.cjs'));
    assert.equal(
      findFile(`${installed}/chunks/usage-2IWPAPN3.js`),
      join(projectRoot, 'dist', 'chunks', 'usage-2IWPAPN3.js'),
    );
    assert.equal(
      findFile(pathToFileURL(join(projectRoot, 'dist', 'chunks', 'usage.js')).href),
      join(projectRoot, 'dist', 'chunks', 'usage.js'),
    );
    assert.equal(findFile('file:///tmp/extensions/other.extension-1.0.0/dist/extension.js'), undefined);
    assert.equal(findFile('node:fs'), undefined);
  });
});
