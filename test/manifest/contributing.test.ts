import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../support/paths';
import { rules } from './importRules';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const guides = ['CONTRIBUTING.md', 'docs/architecture.md', 'test/README.md'];

function findCode(markdown: string): string[] {
  return [...markdown.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

describe('the guides for contributors', () => {
  it('have the table of imports that is enforced', () => {
    const table = read('docs/architecture.md').split(/\| Module +\| May import +\|/)[1] ?? '';
    const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(2);
    const listed = rows.map((row) => {
      const [module = '', imports = ''] = row.split('|').slice(1);
      return [findCode(module)[0], findCode(imports)];
    });
    assert.deepEqual(Object.fromEntries(listed), rules);
  });

  for (const guide of guides) {
    const code = findCode(read(guide));

    it(`name only files and scripts that exist: ${guide}`, () => {
      const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
      const paths = code.filter(
        (each) => /^[\w.-]+\/[\w./-]+$/.test(each) && !/^(?:dist|test-results|\.vscode-test|\.aiployees)\//.test(each),
      );
      // Modules have no extension in the table of imports.
      const exists = (path: string): boolean =>
        ['', dirname(guide)].some((folder) =>
          [path, `${path}.ts`].some((each) => existsSync(join(projectRoot, folder, each))),
        );
      assert.deepEqual(
        paths.filter((path) => !exists(path)),
        [],
      );
      for (const each of code) {
        const script = /^npm (?:run )?(start|test|(?<=run )[a-z]+)\b/.exec(each)?.[1];
        if (script !== undefined) assert.ok(script in scripts, each);
      }
    });

    it(`name only identifiers that exist: ${guide}`, () => {
      const terms = new Set(sourceFiles().flatMap((path) => read(path).match(/\w+/g) ?? []));
      const identifiers = code.filter((each) => /^[a-z]+[A-Z]\w*$|^[A-Z]\w*[a-z]\w*$/.test(each));
      assert.deepEqual(
        identifiers.filter((each) => !terms.has(each)),
        [],
      );
    });
  }

  it('fit on one page: CONTRIBUTING.md', () => {
    assert.ok(read('CONTRIBUTING.md').split('\n').length <= 121);
  });
});

function sourceFiles(): string[] {
  const folders = ['src', 'media', 'test'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  return [
    ...folders.filter((path) => /\.(?:ts|mjs)$/.test(path)),
    'package.json',
    'esbuild.mjs',
    'playwright.config.ts',
  ];
}
