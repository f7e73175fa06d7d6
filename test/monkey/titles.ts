import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/paths';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[];
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(projectRoot, file), 'utf8'));
const manifest = read('package.json') as Manifest;
const texts = read('package.nls.json') as Readonly<Record<string, string>>;

/** Returns a command's name in the palette: `Category: Title`. @param name its ID without the prefix */
export function paletteTitle(name: string): string {
  const found = manifest.contributes.commands.find(({ command }) => command === `aiployees.${name}`);
  if (found === undefined) throw new Error(`There is no command aiployees.${name}.`);
  return `${found.category}: ${commandTitle(name)}`;
}

export function commandTitle(name: string): string {
  const found = manifest.contributes.commands.find(({ command }) => command === `aiployees.${name}`);
  return found === undefined ? '' : (texts[found.title.replaceAll('%', '')] ?? found.title);
}
