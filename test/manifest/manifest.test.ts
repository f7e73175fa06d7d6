import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as manifest from '../../src/manifest';
import { projectRoot } from '../support/paths';

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
const packageJson = JSON.parse(text) as Package;
const { contributes } = packageJson;
const strings = JSON.parse(readFileSync(join(projectRoot, 'package.nls.json'), 'utf8')) as Record<string, string>;
const sortUnique = (values: Iterable<string>): string[] => [...new Set(values)].sort();

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

/** Returns the context keys of a when clause, without the values they are compared with. */
function namesIn(when: string): string[] {
  const withoutValues = when
    .replace(/'[^']*'/g, '')
    .replace(/=~\s*\/(?:\\.|[^/])*\/\w*/g, '')
    .replace(/[!=]=\s*[\w.-]+/g, '');
  return withoutValues.split(/[^\w.]+/).filter((name) => name !== '');
}

describe('The manifest and the code', () => {
  it('have the same commands', () => {
    assert.deepEqual(
      sortUnique(contributes.commands.map(({ command }) => command)),
      sortUnique(Object.values(manifest.commands)),
    );
    assert.equal(contributes.commands.length, Object.values(manifest.commands).length);
  });

  it("don't declare internal commands", () => {
    for (const id of Object.values(manifest.internalCommands))
      assert.ok(!(Object.values(manifest.commands) as string[]).includes(id));
  });

  it('have the same submenus, each used and not empty', () => {
    const ids = Object.values(manifest.submenus);
    assert.deepEqual(sortUnique(contributes.submenus.map(({ id }) => id)), sortUnique(ids));
    assert.deepEqual(
      sortUnique(entries.flatMap((entry) => ('submenu' in entry ? [entry.submenu] : []))),
      sortUnique(ids),
    );
    for (const id of ids) assert.ok((contributes.menus[id] ?? []).length > 0, id);
  });

  it('show a submenu only once in each menu, because VS Code omits a second one', () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      const submenus = items.flatMap((item) => ('submenu' in item ? [item.submenu] : []));
      assert.deepEqual(submenus, [...new Set(submenus)], menu);
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
    assert.deepEqual(sortUnique(views), sortUnique(Object.values(manifest.views)));
    assert.deepEqual(sortUnique(Object.keys(contributes.views)), sortUnique(Object.values(manifest.viewContainers)));
    for (const { view } of contributes.viewsWelcome) assert.ok(views.includes(view), view);
  });

  it('have the same settings with type, scope, default, and bounds', () => {
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

  it('give settings that control where the key is sent machine scope', () => {
    assert.equal(contributes.configuration.properties[manifest.settings.baseUrl.id]?.scope, 'machine');
  });

  it('have the same language, used only for comparisons', () => {
    const { scheme, language, extension } = manifest.comparisonDocuments;
    assert.deepEqual(
      contributes.languages.map(({ id, extensions }) => [id, extensions]),
      [[language, [extension]]],
    );
    assert.deepEqual(Object.keys(contributes.configurationDefaults), [`[${language}]`]);
    const schemes = whens.flatMap((when) =>
      [...when.matchAll(/\bresourceScheme == '([\w-]+)'/g)].map(([, value]) => value),
    );
    assert.deepEqual(sortUnique(schemes.filter((value) => value !== undefined)), [scheme]);
  });

  it('have the same context keys', () => {
    const usedKeys = whens.flatMap(namesIn).filter((name) => name.startsWith('aiployees.'));
    assert.deepEqual(sortUnique(usedKeys), sortUnique(Object.values(manifest.contextKeys)));
  });

  it('compare views and panels only with existing ones', () => {
    const comparisons = whens.flatMap((when) => [
      ...when.matchAll(/\b(view|focusedView|activeWebviewPanelId)\s*==\s*'?([\w.]+)'?/g),
    ]);
    assert.ok(comparisons.length > 0);
    for (const [, name, id] of comparisons) {
      const knownCommands: readonly string[] = Object.values(
        name === 'activeWebviewPanelId' ? manifest.panels : manifest.views,
      );
      assert.ok(knownCommands.includes(id ?? ''), `${name} == ${id}`);
    }
  });

  it('have the same walkthroughs, extension ID, and restored panels', () => {
    assert.deepEqual(
      contributes.walkthroughs.map(({ id }) => id),
      Object.values(manifest.walkthroughs),
    );
    assert.equal(manifest.extensionId, `${packageJson.publisher}.${packageJson.name}`);
    for (const panel of Object.values(manifest.panels))
      assert.ok(packageJson.activationEvents.includes(`onWebviewPanel:${panel}`));
  });
});

describe('The manifest', () => {
  const knownCommands = new Set<string>([
    ...Object.values(manifest.commands),
    ...Object.values(manifest.internalCommands),
  ]);

  it('uses only existing commands in menus, keybindings, and links', () => {
    for (const { command } of menus) assert.ok(knownCommands.has(command), command);
    const views = Object.values(manifest.views).map((view) => `${view}.focus`);
    const linkedCommands = Object.values(strings).flatMap((word) =>
      [...word.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id ?? ''),
    );
    assert.ok(linkedCommands.includes(manifest.commands.setApiKey));
    for (const id of [...linkedCommands, ...keybindings.flatMap(collectCommands)].filter((id) =>
      id.startsWith('aiployees'),
    )) {
      assert.ok(knownCommands.has(id) || views.includes(id), id);
    }
  });

  it('limits the Command Palette for all commands except a few', () => {
    const limited =
      contributes.menus['commandPalette']?.flatMap((entry) => ('command' in entry ? [entry.command] : [])) ?? [];
    assert.deepEqual(limited.length, new Set(limited).size);
    const unlimited = contributes.commands
      .map(({ command }) => command)
      .filter((command) => !limited.includes(command));
    const { setApiKey, addAccount, switchAccount, openSettings, showLog } = manifest.commands;
    assert.deepEqual(sortUnique(unlimited), sortUnique([setApiKey, addAccount, switchAccount, openSettings, showLog]));
  });

  it('has exactly the strings that it uses', () => {
    const used = [...text.matchAll(/%([^%\s"]+)%/g)].map(([, key]) => key ?? '');
    assert.deepEqual(sortUnique(used), sortUnique(Object.keys(strings)));
    for (const [key, value] of Object.entries(strings)) assert.notEqual(value.trim(), '', key);
  });

  it('has no text outside its strings', () => {
    for (const { title } of contributes.commands) assert.match(title, /^%.+%$/);
    for (const { label } of contributes.submenus) assert.match(label, /^%.+%$/);
    for (const setting of Object.values(contributes.configuration.properties))
      assert.match(setting.markdownDescription, /^%.+%$/);
  });

  it('links to its own walkthrough by its full ID', () => {
    const fullId = `${manifest.extensionId}#${manifest.walkthroughs.start}`;
    const argument = /openWalkthrough\?([^)]*)\)/.exec(strings['welcome.noKey'] ?? '')?.[1];
    assert.deepEqual(JSON.parse(decodeURIComponent(argument ?? 'null')), [fullId, false]);
  });

  it('names only existing images', () => {
    const icons = [packageJson.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon)];
    const all = [
      ...icons,
      ...Object.values(contributes.views)
        .flat()
        .map(({ icon }) => icon),
      ...steps.map(({ media }) => media.svg),
    ];
    for (const path of all) assert.ok(existsSync(join(projectRoot, path)), path);
  });

  it("uses only theme colors in the walkthrough's images", () => {
    for (const { media } of steps) {
      const svg = readFileSync(join(projectRoot, media.svg), 'utf8');
      const colors = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color ?? '');
      assert.ok(colors.length > 0);
      for (const color of colors) assert.match(color, /^(?:none|var\(--vscode-.+\))$/, media.svg);
    }
  });
});

/** Returns a keybinding's command and the commands that it passes to `runCommands`. */
function collectCommands({ command, args }: { readonly command: string; readonly args?: unknown }): string[] {
  const { commands = [] } = (args ?? {}) as { readonly commands?: readonly (string | { readonly command: string })[] };
  return [command, ...commands.map((each) => (typeof each === 'string' ? each : each.command))];
}
