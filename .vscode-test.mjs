import { defineConfig } from '@vscode/test-cli';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));
const { newest, oldest } = JSON.parse(readFileSync(pathOf('test/vscode-from-npm/versions.json'), 'utf8'));

export default defineConfig(
  [newest, oldest].map(({ version }) => ({
    label: version,
    files: 'out/test/host/**/*.test.cjs',
    env: { AIPLOYEES_VSCODE: version },
    // The script starts a VS Code from the npm registry. Downloads of the desktop version aren't needed.
    useInstallation: {
      fromPath: process.env.AIPLOYEES_VSCODE_EXECUTABLE ?? pathOf('test/vscode-from-npm/vscode.mjs'),
    },
    mocha: { ui: 'bdd', timeout: 30_000, forbidOnly: true, reporter: pathOf('test/support/reporter.cjs') },
  })),
);
