import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keyHelp } from '../../media/details/keys';
import { commands, internalCommands, settings } from '../../src/manifest';
import { projectRoot } from '../support/paths';

interface Keybinding {
  readonly key: string;
  readonly mac?: string;
  readonly args?: { readonly commands?: readonly string[] };
}

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const manifestStrings = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const strings = JSON.parse(read('l10n/bundle.l10n.json')) as Readonly<Record<string, unknown>>;
const { contributes } = JSON.parse(read('package.json')) as {
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
    readonly keybindings: readonly Keybinding[];
  };
};
/** The commands' titles. Commands that do the same in different menus share one. */
const titles = [
  ...new Set(contributes.commands.map(({ title }) => manifestStrings[title.replaceAll('%', '')] ?? title)),
];

const readme = read('README.md');
const documents = new Map(
  ['README.md', ...readdirSync(join(projectRoot, 'docs')).map((name) => `docs/${name}`)].map((path) => [
    path,
    read(path),
  ]),
);
/** The documents for users. The others are for contributors. */
const forUsers = ['commands', 'guide', 'performance', 'security', 'troubleshooting']
  .map((name) => `docs/${name}.md`)
  .concat('README.md')
  .map((path) => ({ path, text: documents.get(path) ?? '' }));
const commandsPage = documents.get('docs/commands.md') ?? '';

/** The rows of the table below a heading, each as the texts of its cells. */
function tableUnder(document: string, heading: string): string[][] {
  const section = document.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  assert.ok(rows.length > 2, `There is no table under "${heading}".`);
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The keys in the first column of a table. */
function keysUnder(document: string, heading: string): string[] {
  return tableUnder(document, heading).flatMap(([keys = '']) =>
    [...keys.matchAll(/`([^`]+)`/g)].map(([, key]) => key ?? ''),
  );
}

describe('The README and the docs', () => {
  it('describe each command by its title, and no other', () => {
    const described = tableUnder(commandsPage, 'Commands').map(([command, description]) => {
      assert.notEqual(description, '', command);
      return command;
    });
    assert.deepEqual(described.sort(), [...titles].sort());
  });

  it('describe each keybinding of the side bar, and no other', () => {
    // The others first move the focus, then do what VS Code does for the key.
    const own = contributes.keybindings.filter(({ args }) => args?.commands?.[0] !== internalCommands.focusSelected);
    const declared = own.flatMap(({ key, mac }) => [key, ...(mac === undefined ? [] : [mac])]).map(toTitleCase);
    assert.deepEqual(keysUnder(commandsPage, 'Keys in the side bar').sort(), [...new Set(declared)].sort());
  });

  it('describe each key of the conversation panel, and no other', () => {
    const declared = keyHelp().flatMap(([keys]) => keys.map((key) => key.replace('⌘', 'Cmd+')));
    assert.deepEqual(keysUnder(commandsPage, 'Keys in a conversation'), declared);
  });

  it('name in the README only keys that are described', () => {
    const described = new Set([
      ...keysUnder(commandsPage, 'Keys in the side bar'),
      ...keysUnder(commandsPage, 'Keys in a conversation'),
    ]);
    for (const key of keysUnder(readme, 'Keys')) assert.ok(described.has(key), key);
  });

  it('describe each setting with its default and bounds, and no other', () => {
    const described = tableUnder(readme, 'Settings').map(([id, value]) => [id, value]);
    const declared = Object.values(settings).map((setting) => {
      const bounds = 'minimum' in setting ? `, ${setting.minimum} to ${setting.maximum}` : '';
      return [`\`${setting.id}\``, `\`${formatValue(setting.default)}\`${bounds}`];
    });
    assert.deepEqual(described.sort(), declared.sort());
  });

  it('name only commands, buttons, and settings that exist', () => {
    const known = new Set<string>([...Object.values(commands), ...Object.values(settings).map(({ id }) => id)]);
    const shown = new Set([...titles, ...Object.keys(strings)]);
    for (const { path, text } of forUsers) {
      for (const [id] of text.matchAll(/\baiployees\.[\w.]*\w/g))
        if (!/^aiployees\.com\b/.test(id)) assert.ok(known.has(id), `${path}: ${id}`);
      const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, title = '']) => title.replaceAll(/\s+/g, ' '));
      for (const title of bold) assert.ok(shown.has(title), `${path}: ${title} is not a command or button`);
    }
  });

  it('have screenshots that exist, each described', () => {
    const images = forUsers.flatMap(({ path, text }) =>
      [...text.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, description = '', target = '']) => ({
        description,
        file: join(dirname(path), target),
      })),
    );
    assert.ok(images.length > 0);
    for (const { description, file } of images) {
      assert.ok(existsSync(join(projectRoot, file)), file);
      assert.ok(description.length > 20, file);
    }
    const taken = readdirSync(join(projectRoot, '.github/screenshots')).map((name) => `.github/screenshots/${name}`);
    assert.deepEqual(images.map(({ file }) => file.replaceAll('\\', '/')).sort(), taken.sort());
  });

  it('link only to headings and files that exist', () => {
    for (const [path, text] of documents) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const [file = '', anchor] = target.split('#');
        const linked = file === '' ? path : join(dirname(path), file);
        assert.ok(existsSync(join(projectRoot, linked)), `${path}: ${target}`);
        if (anchor !== undefined) assert.ok(collectAnchors(read(linked)).includes(anchor), `${path}: ${target}`);
      }
    }
  });

  it('keep the README within 180 lines and the changelog within 60 lines of 25 words', () => {
    assert.ok(readme.split('\n').length <= 181);
    const changes = read('CHANGELOG.md').split('\n');
    assert.ok(changes.length <= 61);
    for (const line of changes) assert.ok(line.split(' ').length <= 26, line);
  });

  it("ship as a README without images and links that the extension's page can't show", async () => {
    const module = pathToFileURL(join(projectRoot, 'test', 'support', 'run', 'packagedReadme.mjs')).href;
    const { packagedReadme } = (await import(module)) as { packagedReadme(markdown: string): string };
    const shipped = packagedReadme(readme);
    assert.doesNotMatch(shipped, /!\[|Details:|^## More/m);
    for (const [, target = ''] of shipped.matchAll(/\]\(([^)]+)\)/g)) assert.match(target, /^(?:https?:|#)/);
    assert.doesNotMatch(shipped, /^## .*\n+(?:## |$(?![^]))/m);
    assert.equal(
      packagedReadme('# a\n\n![seen](b.png)\n\nc [d](#e)\n\nDetails: [f](G.md).\n\n## h\n\n- [i](J.md): k\n'),
      '# a\n\nc [d](#e)\n',
    );
  });
});

function formatValue(value: string | number | boolean | object): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `ctrl+c` as `Ctrl+C`. */
function toTitleCase(key: string): string {
  return key.replaceAll(/(?<=^|\+)[a-z]/g, (letter) => letter.toUpperCase());
}

function collectAnchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
