import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/paths';
import { rules } from './importRules';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const guide = read('CONTRIBUTING.md');
const inCode = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

describe('The guide for contributors', () => {
  it('contains the dependency table that is enforced', () => {
    const rows = (guide.split(/\| Room +\| May import +\|/)[1] ?? '').split('\n\n')[0]?.split('\n').slice(2) ?? [];
    const documented = rows.map((row) => {
      const [modulePath = '', allowed = ''] = row.split('|').slice(1);
      return [inCode(modulePath)[0], inCode(allowed)];
    });
    assert.deepEqual(Object.fromEntries(documented), rules);
  });

  it('names only files and scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const codeTexts = inCode(guide);
    const files = codeTexts.filter((each) => /^(?:src|test|media|l10n|\.vscode|\.ci)\/[\w./-]+$/.test(each));
    assert.ok(files.length > 10);
    // Modules of the dependency table are written like import paths.
    for (const file of files)
      assert.ok(
        [file, `${file}.ts`].some((path) => existsSync(join(projectRoot, path))),
        file,
      );
    assert.ok(codeTexts.includes('npm run package'));
    for (const each of codeTexts) {
      const script = /^npm (?:run )?(start|test|(?<=run )[a-z]+)\b/.exec(each)?.[1];
      if (script !== undefined) assert.ok(script in scripts, each);
    }
  });
});
