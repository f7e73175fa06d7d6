import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as manifest from '../../src/manifest';
import { projectRoot } from '../support/host/paths';

interface Menu {
  readonly command: string;
  readonly when?: string;
}
interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly markdownDescription: string;
}
interface Package {
  readonly name: string;
  readonly publisher: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Record<string, readonly { readonly id: string; readonly icon: string; readonly when?: string }[]>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly menus: Record<string, readonly (Menu | { readonly submenu: string; readonly when?: string })[]>;
    readonly keybindings?: readonly (Menu & { readonly args?: unknown })[];
    readonly languages: readonly { readonly id: string; readonly extensions: readonly string[] }[];
    readonly configurationDefaults: Record<string, unknown>;
    readonly configuration: { readonly properties: Record<string, Setting> };
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const text = readFileSync(join(projectRoot, 'package.json'), 'utf8');
const declared = JSON.parse(text) as Package;
const { contributes } = declared;
const words = JSON.parse(readFileSync(join(projectRoot, 'package.nls.json'), 'utf8')) as Record<string, string>;
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();

const entries = Object.values(contributes.menus).flat();
const menus = entries.filter((entry) => 'command' in entry);
const keybindings = contributes.keybindings ?? [];
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const whens = [
  ...entries.map(({ when }) => when),
  ...keybindings.map(({ when }) => when),
  ...contributes.viewsWelcome.map(({ when }) => when),
  ...contributes.commands.map(({ enablement }) => enablement),
  ...Object.values(contributes.views)
    .flat()
    .map(({ when }) => when),
  ...steps.flatMap((step) => step.completionEvents.map((event) => /^onContext:(.*)$/.exec(event)?.[1])),
].filter((when) => when !== undefined);

/** The names that a when clause asks for: not what they are compared with. */
function namesIn(when: string): string[] {
  const withoutValues = when
    .replace(/'[^']*'/g, '')
    .replace(/=~\s*\/(?:\\.|[^/])*\/\w*/g, '')
    .replace(/[!=]=\s*[\w.-]+/g, '');
  return withoutValues.split(/[^\w.]+/).filter((name) => name !== '');
}

describe('the manifest and the code', () => {
  it('have the same commands', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(manifest.commands)),
    );
    assert.equal(contributes.commands.length, Object.values(manifest.commands).length);
  });

  it('keep internal commands out of what is declared', () => {
    for (const id of Object.values(manifest.internalCommands))
      assert.ok(!(Object.values(manifest.commands) as string[]).includes(id));
  });

  it('have the same submenus, each shown somewhere and with something in it', () => {
    const ids = Object.values(manifest.submenus);
    assert.deepEqual(sorted(contributes.submenus.map(({ id }) => id)), sorted(ids));
    assert.deepEqual(sorted(entries.flatMap((entry) => ('submenu' in entry ? [entry.submenu] : []))), sorted(ids));
    for (const id of ids) assert.ok((contributes.menus[id] ?? []).length > 0, id);
  });

  it('show a submenu once in each menu, since VS Code leaves out a second one with a warning', () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      const shown = items.flatMap((item) => ('submenu' in item ? [item.submenu] : []));
      assert.deepEqual(shown, [...new Set(shown)], menu);
    }
  });

  it('have the same views and containers', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      Object.values(manifest.viewContainers),
    );
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    assert.deepEqual(sorted(views), sorted(Object.values(manifest.views)));
    assert.deepEqual(sorted(Object.keys(contributes.views)), sorted(Object.values(manifest.viewContainers)));
    for (const { view } of contributes.viewsWelcome) assert.ok(views.includes(view), view);
  });

  it('have the same settings, with type, scope, default and bounds', () => {
    const inPackage = Object.entries(contributes.configuration.properties).map(([id, setting]) => {
      const { type, scope, default: fallback, minimum, maximum } = setting;
      return { id, type, scope, default: fallback, minimum, maximum };
    });
    const inCode = Object.values(manifest.settings).map((setting) => ({
      minimum: undefined,
      maximum: undefined,
      ...setting,
    }));
    const byId = (a: { id: string }, b: { id: string }): number => a.id.localeCompare(b.id);
    assert.deepEqual(inPackage.sort(byId), inCode.sort(byId));
  });

  it('keep every setting that could send the key elsewhere out of a folder’s reach', () => {
    assert.equal(contributes.configuration.properties[manifest.settings.baseUrl.id]?.scope, 'machine');
  });

  it('have the same language, for comparisons alone: no other diff gets its defaults', () => {
    const { scheme, language, extension } = manifest.comparisonDocuments;
    assert.deepEqual(
      contributes.languages.map(({ id, extensions }) => [id, extensions]),
      [[language, [extension]]],
    );
    assert.deepEqual(Object.keys(contributes.configurationDefaults), [`[${language}]`]);
    const schemes = whens.flatMap((when) =>
      [...when.matchAll(/\bresourceScheme == '([\w-]+)'/g)].map(([, asked]) => asked),
    );
    assert.deepEqual(sorted(schemes.filter((asked) => asked !== undefined)), [scheme]);
  });

  it('have the same context keys', () => {
    const asked = whens.flatMap(namesIn).filter((name) => name.startsWith('aiployees.'));
    assert.deepEqual(sorted(asked), sorted(Object.values(manifest.contextKeys)));
  });

  it('compare views and panels with ones that exist', () => {
    const compared = whens.flatMap((when) => [
      ...when.matchAll(/\b(view|focusedView|activeWebviewPanelId)\s*==\s*'?([\w.]+)'?/g),
    ]);
    assert.ok(compared.length > 0);
    for (const [, name, id] of compared) {
      const known: readonly string[] = Object.values(
        name === 'activeWebviewPanelId' ? manifest.panels : manifest.views,
      );
      assert.ok(known.includes(id ?? ''), `${name} == ${id}`);
    }
  });

  it('have the same walkthroughs, the extension’s id and the panels that come back', () => {
    assert.deepEqual(
      contributes.walkthroughs.map(({ id }) => id),
      Object.values(manifest.walkthroughs),
    );
    assert.equal(manifest.extensionId, `${declared.publisher}.${declared.name}`);
    for (const panel of Object.values(manifest.panels))
      assert.ok(declared.activationEvents.includes(`onWebviewPanel:${panel}`));
  });
});

describe('the manifest', () => {
  const known = new Set<string>([...Object.values(manifest.commands), ...Object.values(manifest.internalCommands)]);

  it('has only commands that exist in its menus, keys and links', () => {
    for (const { command } of menus) assert.ok(known.has(command), command);
    const views = Object.values(manifest.views).map((view) => `${view}.focus`);
    const linked = Object.values(words).flatMap((word) =>
      [...word.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id ?? ''),
    );
    assert.ok(linked.includes(manifest.commands.setApiKey));
    for (const id of [...linked, ...keybindings.flatMap(commandsOf)].filter((id) => id.startsWith('aiployees'))) {
      assert.ok(known.has(id) || views.includes(id), id);
    }
  });

  it('says for each command where the palette offers it, or offers it always', () => {
    const gated =
      contributes.menus['commandPalette']?.flatMap((entry) => ('command' in entry ? [entry.command] : [])) ?? [];
    assert.deepEqual(gated.length, new Set(gated).size);
    const always = contributes.commands.map(({ command }) => command).filter((command) => !gated.includes(command));
    const { setApiKey, addAccount, switchAccount, openSettings, showLog } = manifest.commands;
    assert.deepEqual(sorted(always), sorted([setApiKey, addAccount, switchAccount, openSettings, showLog]));
  });

  it('has a word for each of its keys, and no word too many', () => {
    const asked = [...text.matchAll(/%([^%\s"]+)%/g)].map(([, key]) => key ?? '');
    assert.deepEqual(sorted(asked), sorted(Object.keys(words)));
    for (const [key, word] of Object.entries(words)) assert.notEqual(word.trim(), '', key);
  });

  it('says nothing to the user that is not among its words', () => {
    for (const { title } of contributes.commands) assert.match(title, /^%.+%$/);
    for (const { label } of contributes.submenus) assert.match(label, /^%.+%$/);
    for (const setting of Object.values(contributes.configuration.properties))
      assert.match(setting.markdownDescription, /^%.+%$/);
  });

  it('links to its own walkthrough by its whole id', () => {
    const whole = `${manifest.extensionId}#${manifest.walkthroughs.start}`;
    const argument = /openWalkthrough\?([^)]*)\)/.exec(words['welcome.noKey'] ?? '')?.[1];
    assert.deepEqual(JSON.parse(decodeURIComponent(argument ?? 'null')), [whole, false]);
  });

  it('names pictures that are there', () => {
    const icons = [declared.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon)];
    const all = [
      ...icons,
      ...Object.values(contributes.views)
        .flat()
        .map(({ icon }) => icon),
      ...steps.map(({ media }) => media.svg),
    ];
    for (const path of all) assert.ok(existsSync(join(projectRoot, path)), path);
  });

  it('draws the walkthrough in the theme’s colours alone', () => {
    for (const { media } of steps) {
      const svg = readFileSync(join(projectRoot, media.svg), 'utf8');
      const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour ?? '');
      assert.ok(colours.length > 0);
      for (const colour of colours) assert.match(colour, /^(?:none|var\(--vscode-.+\))$/, media.svg);
    }
  });
});

/** A key's command, and those that it hands to `runCommands`. */
function commandsOf({ command, args }: { readonly command: string; readonly args?: unknown }): string[] {
  const { commands = [] } = (args ?? {}) as { readonly commands?: readonly (string | { readonly command: string })[] };
  return [command, ...commands.map((each) => (typeof each === 'string' ? each : each.command))];
}
