// npm run package: builds the extension and the command line, and packages them into aiployees-conversations-VERSION.vsix and
// aiployees-conversations-VERSION.tgz.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installMissing } from './install.mjs';
import { packagedReadme } from './packagedReadme.mjs';
import { npm, root, rootPath, run, script } from './process.mjs';

/** Entries that are copied for packaging. `.vscodeignore` selects from them. */
const shown =
  /^(?:dist|media|l10n|package\.json|package\.nls.*\.json|\.vscodeignore|CHANGELOG\.md|LICENSE|THIRD-PARTY-LICENSES\.md)$/;

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
    // Called as a module, because its command line looks for updates and for a signing tool.
    const { createVSIX } = await import('@vscode/vsce');
    await createVSIX({ cwd: stage, packagePath: file, dependencies: false, allowMissingRepository: true });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return file;
}

/**
 * Packs the command line, which the production build has written. Resolves with the absolute path of the `.tgz`.
 * @param destination folder for the file
 */
export async function makeTgz(destination = rootPath) {
  const { name, version, license, engines } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const stage = mkdtempSync(join(tmpdir(), 'aiployees-cli-'));
  try {
    mkdirSync(join(stage, 'dist', 'cli'), { recursive: true });
    cpSync(join(rootPath, 'dist', 'cli', 'cli.js'), join(stage, 'dist', 'cli', 'cli.js'));
    for (const file of ['LICENSE', 'THIRD-PARTY-LICENSES.md']) cpSync(join(rootPath, file), join(stage, file));
    cpSync(join(rootPath, 'docs', 'command-line.md'), join(stage, 'README.md'));
    const manifest = {
      name,
      version,
      description: 'Runs conversation tests of AIployees assistants',
      license,
      type: 'module',
      bin: { [name]: 'dist/cli/cli.js' },
      engines: { node: engines.node },
      files: ['dist', 'THIRD-PARTY-LICENSES.md'],
    };
    writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await run(...npm('pack', '--silent', '--pack-destination', destination, stage));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return join(destination, `${name}-${version}.tgz`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await installMissing();
  await makeVsix();
  await makeTgz();
}
