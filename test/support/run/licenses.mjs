// npm run licenses: writes THIRD-PARTY-LICENSES.md, the list of bundled packages with their notices. With --check, it only
// compares the file.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installMissing } from './install.mjs';
import { rootPath } from './process.mjs';

const file = join(rootPath, 'THIRD-PARTY-LICENSES.md');

/** Licenses that allow bundling under the MIT license, with a notice. */
const fit = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'CC0-1.0', 'CC-BY-4.0']);

/** Returns the folders of the packages in the bundles. */
function bundledFolders() {
  const inputs = JSON.parse(
    execFileSync(process.execPath, [join(rootPath, 'esbuild.mjs'), '--inputs'], { cwd: rootPath, encoding: 'utf8' }),
  );
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(rootPath, folder, 'package.json'), 'utf8'));
  if (!fit.has(license)) throw new Error(`${name} is under ${license ?? 'no license'}: may it ship?`);
  const notice = readdirSync(join(rootPath, folder)).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(entry));
  if (notice === undefined) throw new Error(`${name} has no license file.`);
  const text = readFileSync(join(rootPath, folder, notice), 'utf8')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[ \t]+$/gm, '')
    .trim();
  return { name, version, license, text };
}

/** Groups packages that have the same notice. */
function byText(packages) {
  const groups = new Map();
  for (const each of packages) groups.set(each.text, [...(groups.get(each.text) ?? []), each]);
  return groups;
}

function list() {
  const packages = bundledFolders()
    .map(describe)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  const notices = [...byText(packages)].map(
    ([text, same]) => `## ${same.map(({ name }) => name).join(', ')}\n\n\`\`\`text\n${text}\n\`\`\``,
  );
  return `# Licenses of the bundled packages

Written by \`npm run licenses\`.

| Package | Version | License |
|---|---|---|
${rows.join('\n')}

${notices.join('\n\n')}
`;
}

try {
  await installMissing();
  const text = list();
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== text)
    throw new Error('THIRD-PARTY-LICENSES.md is out of date: run npm run licenses.');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
