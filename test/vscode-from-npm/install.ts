import { existsSync } from 'node:fs';
import { copyFile, readdir, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { runNpm } from './commands';
import { node24, ripgrep, type VsCodeBuild } from './versions';
import { projectRoot } from '../support/paths';
import { madeOnce, unpackPackage } from './downloads';

export interface InstalledBuild {
  readonly version: string;
  readonly node: string;
  readonly serverMain: string;
}

/** Installs a VS Code server and its Node from the npm registry into `.vscode-test/`, once. */
export async function installBuild(build: VsCodeBuild): Promise<InstalledBuild> {
  const [folder, node] = await Promise.all([installServer(build), nodeFor(build)]);
  await addRipgrep(folder);
  return { version: build.version, node, serverMain: join(folder, 'out', 'server-main.js') };
}

function installServer(build: VsCodeBuild): Promise<string> {
  return madeOnce(`vscode-${build.version}`, async (folder) => {
    console.log(`Fetching VS Code ${build.version} from the npm registry, once. It takes about 600 MB on disk.`);
    // code-server isn't a dependency, because its install step compiles modules that no test needs.
    await unpackPackage(build.codeServer, 'package/lib/vscode', folder);
    await runNpm(['install', '--omit=dev', '--ignore-scripts'], folder);
    await copyFile(
      join(projectRoot, 'test', 'vscode-from-npm', 'spdlog.cjs'),
      join(folder, 'node_modules', '@vscode', 'spdlog', 'index.js'),
    );
    await symlink('node_modules', join(folder, 'node_modules.asar'), 'junction');
  });
}

/**
 * Adds the program that code-server 4.100.3's dependency downloads when it's installed with its scripts. Without it,
 * `findFiles` and `workspaceContains` find nothing. 4.139.1 has it as a package.
 */
async function addRipgrep(folder: string): Promise<void> {
  const bin = join(folder, 'node_modules', '@vscode', 'ripgrep', 'bin');
  if (!existsSync(dirname(bin)) || existsSync(bin)) return;
  const platform = `${process.platform}-${process.arch}`;
  const program = await madeOnce(`ripgrep-${ripgrep.version}-${platform}`, (staging) =>
    unpackPackage(ripgrep, `package/bin/${platform}`, staging),
  );
  // A link that leads nowhere, because its folder was moved.
  await rm(bin, { force: true });
  await symlink(relative(dirname(bin), program), bin, 'junction').catch((error: NodeJS.ErrnoException) => {
    // Another run added it at the same time.
    if (error.code !== 'EEXIST') throw error;
  });
}

/**
 * Built-in extensions that start in every window or slow it down, and don't concern this extension. Without them, a
 * window takes a quarter less of the processor.
 */
const startingByThemselves =
  /^(?:copilot|git|git-base|github|github-authentication|microsoft-authentication|merge-conflict|emmet|npm|debug-.*|ms-vscode\.js-debug.*|ms-vscode\.vscode-js-profile-table|typescript-language-features|php-language-features)$/;

/** Returns a folder with the built-in extensions for tests. */
export function extensionsForTests({ version, serverMain }: InstalledBuild): Promise<string> {
  const all = join(dirname(dirname(serverMain)), 'extensions');
  return madeOnce(`vscode-${version}-extensions-for-tests`, async (folder) => {
    for (const name of await readdir(all)) {
      if (!startingByThemselves.test(name)) await symlink(join(all, name), join(folder, name), 'junction');
    }
  });
}

async function nodeFor(build: VsCodeBuild): Promise<string> {
  const current = Number.parseInt(process.versions.node, 10);
  if (build.nodeMajors.includes(current)) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const pinned = node24[platform];
  if (!pinned) {
    throw new Error(
      `VS Code ${build.version} needs Node ${build.nodeMajors.join(' or ')}; there is no package of it for ${platform}.`,
    );
  }
  const folder = await madeOnce(`${pinned.name}-${pinned.version}`, (staging) =>
    unpackPackage(pinned, 'package/bin', staging),
  );
  return join(folder, 'node');
}
