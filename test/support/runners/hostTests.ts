// Runs the host tests through @vscode/test-electron, which takes the executable it is given for a VS Code: an installed
// one (AIPLOYEES_VSCODE_EXECUTABLE), or the script that opens VS Code's server from npm in a headless browser.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { newest } from '../host/packages';
import { projectRoot } from '../host/paths';

async function main(): Promise<number> {
  const profile = await mkdtemp(join(tmpdir(), 'aiployees-host-'));
  try {
    return await runTests({
      vscodeExecutablePath:
        process.env['AIPLOYEES_VSCODE_EXECUTABLE'] ?? join(projectRoot, 'test', 'support', 'host', 'vscode.mjs'),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: join(projectRoot, 'out', 'test', 'host', 'index.cjs'),
      launchArgs: [`--user-data-dir=${profile}`, `--extensions-dir=${join(profile, 'extensions')}`],
      extensionTestsEnv: { AIPLOYEES_VSCODE: process.env['AIPLOYEES_VSCODE'] ?? newest.version },
    });
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

void main().then((code) => process.exit(code));
