// npm run package: builds what ships and packs it into aiployees-conversations-VERSION.vsix.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installMissing } from './install.mjs';
import { packagedReadme } from './packagedReadme.mjs';
import { root, rootPath, run, script } from './process.mjs';

/** What the packer is shown; of this `.vscodeignore` picks what ships. */
const shown =
  /^(?:dist|media|l10n|package\.json|package\.nls.*\.json|\.vscodeignore|CHANGELOG\.md|LICENSE|THIRD-PARTY-LICENCES\.md)$/;

/** Resolves with the absolute path of the `.vsix`. */
export async function makeVsix() {
  const { name, version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const file = `${rootPath}${name}-${version}.vsix`;
  await run(...script('esbuild.mjs', '--production'));
  const stage = mkdtempSync(join(tmpdir(), 'aiployees-package-'));
  try {
    for (const entry of readdirSync(root)) {
      if (shown.test(entry)) cpSync(join(rootPath, entry), join(stage, entry), { recursive: true });
    }
    writeFileSync(join(stage, 'README.md'), packagedReadme(readFileSync(new URL('README.md', root), 'utf8')));
    // As a module: its command line would ask for an update of itself and for a signing tool that nobody needs here.
    const { createVSIX } = await import('@vscode/vsce');
    await createVSIX({ cwd: stage, packagePath: file, dependencies: false, allowMissingRepository: true });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return file;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await installMissing();
  await makeVsix();
}
