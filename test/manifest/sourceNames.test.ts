import assert from 'node:assert/strict';
import type { SourceFile } from './importRules';
import { doubledNames, importCycles } from './sourceNames';
import { sources } from './sources';

/** The type of the app, which names the types of all features. */
const appTypes = 'src/shell/app.ts';

describe('The files of src', () => {
  const files = sources('src');

  it('have no import cycles', () => {
    assert.deepEqual(importCycles(files.filter(({ path }) => path !== appTypes)), []);
  });

  it('import only types from features into the type of the app, which features import', () => {
    const { text = '' } = files.find(({ path }) => path === appTypes) ?? {};
    assert.doesNotMatch(text, /^import (?!type )/m);
    assert.match(text, /^import type /m);
  });

  it('give each exported name one meaning', () => {
    const unknown = [...doubledNames(files)].filter(([name]) => name !== 'handlers');
    assert.deepEqual(unknown, []);
  });

  it('have no more than 350 lines each', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 351).map(({ path }) => path);
    assert.deepEqual(long, []);
  });
});

describe('Import cycles', () => {
  const file = (name: string, ...imports: string[]): SourceFile => ({
    path: `src/${name}.ts`,
    text: imports.map((other) => `import './${other}';`).join('\n'),
  });

  it('are found over several files and by import()', () => {
    const later = { path: 'src/c.ts', text: "export const load = () => import('./a');" };
    assert.deepEqual(importCycles([file('a', 'b'), file('b', 'c'), later, file('d', 'a')]), [
      ['src/a.ts', 'src/b.ts', 'src/c.ts'],
    ]);
  });

  it("aren't seen in files that share an import", () => {
    assert.deepEqual(importCycles([file('a', 'c'), file('b', 'a', 'c'), file('c')]), []);
  });
});

describe('Duplicate names', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text });

  it('are exports of any kind that two files declare', () => {
    const one = file('a.ts', 'export type Turn = string;\nexport const size = 1;\nconst inner = 2;');
    const other = file('b.ts', 'export interface Turn {}\nexport function size() {}\nexport const inner = 3;');
    assert.deepEqual([...doubledNames([one, other]).keys()], ['Turn', 'size']);
  });

  it('exclude overloads and re-exports', () => {
    const one = file('a.ts', 'export function f(a: 1): void;\nexport function f(a: 2): void;\nexport function f() {}');
    const other = file('b.ts', "export { f } from './a';");
    assert.deepEqual([...doubledNames([one, other])], []);
  });
});
