import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/host/paths';
import { rules } from './importRules';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const guide = read('CONTRIBUTING.md');
const inCode = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

describe('the contributors’ guide', () => {
  it('has the dependency table that is enforced', () => {
    const rows = (guide.split(/\| Room +\| May import +\|/)[1] ?? '').split('\n\n')[0]?.split('\n').slice(2) ?? [];
    const told = rows.map((row) => {
      const [room = '', may = ''] = row.split('|').slice(1);
      return [inCode(room)[0], inCode(may)];
    });
    assert.deepEqual(Object.fromEntries(told), rules);
  });

  it('names files and scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const named = inCode(guide);
    const files = named.filter((each) => /^(?:src|test|media|l10n|\.vscode|\.ci)\/[\w./-]+$/.test(each));
    assert.ok(files.length > 10);
    // Rooms of the dependency table are named as imports name them.
    for (const file of files)
      assert.ok(
        [file, `${file}.ts`].some((path) => existsSync(join(projectRoot, path))),
        file,
      );
    assert.ok(named.includes('npm run package'));
    for (const each of named) {
      const script = /^npm (?:run )?(start|test|(?<=run )[a-z]+)\b/.exec(each)?.[1];
      if (script !== undefined) assert.ok(script in scripts, each);
    }
  });
});
