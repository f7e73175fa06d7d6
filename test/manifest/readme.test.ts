import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commands, settings } from '../../src/manifest';
import { projectRoot } from '../support/host/paths';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const readme = read('README.md');
const words = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const { contributes } = JSON.parse(read('package.json')) as {
  readonly contributes: { readonly commands: readonly { readonly title: string }[] };
};
/** What commands are called; those that mean the same in different menus have one name. */
const titles = [...new Set(contributes.commands.map(({ title }) => words[title.replaceAll('%', '')] ?? title))];

/** The rows of the table under a heading, each as the texts of its cells. */
function tableUnder(heading: string): string[][] {
  const section = readme.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  assert.ok(rows.length > 2, `There is no table under "${heading}".`);
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the README', () => {
  it('tells what each command does, by the words that the palette shows, and of no other', () => {
    const told = tableUnder('Commands').map(([command, does]) => {
      assert.notEqual(does, '', command);
      return command;
    });
    assert.deepEqual(told.sort(), [...titles].sort());
  });

  it('tells each setting with its default and bounds, and no other', () => {
    const told = tableUnder('Settings').map(([id, value]) => [id, value]);
    const declared = Object.values(settings).map((setting) => {
      const bounds = 'minimum' in setting ? `, ${setting.minimum} to ${setting.maximum}` : '';
      return [`\`${setting.id}\``, `\`${written(setting.default)}\`${bounds}`];
    });
    assert.deepEqual(told.sort(), declared.sort());
  });

  it('names no command and no setting that does not exist', () => {
    const known = new Set<string>([...Object.values(commands), ...Object.values(settings).map(({ id }) => id)]);
    for (const [id] of readme.matchAll(/\baiployees\.[\w.]*\w/g)) {
      if (!/^aiployees\.com\b/.test(id)) assert.ok(known.has(id), id);
    }
    const named = [...readme.matchAll(/\*\*Aiployees: ([^*]+)\*\*/g)];
    assert.ok(named.length > 0);
    for (const [, title] of named) assert.ok(titles.includes(title ?? ''), title);
  });

  it('has pictures that are there, each described', () => {
    const pictures = [...readme.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
    assert.ok(pictures.length > 0);
    for (const [, description, path] of pictures) {
      assert.ok(existsSync(join(projectRoot, path ?? '')), path);
      assert.ok((description ?? '').length > 20, path);
    }
  });

  it('links only to headings and files that are there', () => {
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => `#${anchorOf(heading ?? '')}`);
    for (const [, target] of readme.matchAll(/\]\(([^)]+)\)/g)) {
      if (target === undefined || /^https?:/.test(target)) continue;
      assert.ok(target.startsWith('#') ? headings.includes(target) : existsSync(join(projectRoot, target)), target);
    }
  });

  it('ships without pictures and links that would be broken in the extension’s page', async () => {
    const module = pathToFileURL(join(projectRoot, 'test', 'support', 'run', 'packagedReadme.mjs')).href;
    const { packagedReadme } = (await import(module)) as { packagedReadme(markdown: string): string };
    const shipped = packagedReadme(readme);
    assert.doesNotMatch(shipped, /!\[/);
    for (const [, target] of shipped.matchAll(/\]\(([^)]+)\)/g)) assert.match(target ?? '', /^(?:https?:|#)/);
    assert.equal(packagedReadme('a\n\n![seen](b.png)\n\nc [d](E.md) [f](#g)\n'), 'a\n\nc d [f](#g)\n');
  });
});

function written(value: string | number | boolean | object): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}
