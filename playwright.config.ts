import { defineConfig } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const pinned = readFileSync(new URL('test/vscode-from-npm/versions.json', import.meta.url), 'utf8');
const { newest, oldest } = JSON.parse(pinned) as Record<'newest' | 'oldest', { version: string }>;

/** These features look the same in every version: one is enough, unless all files are requested. */
const newestOnly = [
  'accounts',
  'export',
  'follow',
  'rerun',
  'savedFilters',
  'searchTranscripts',
  'sendMessage',
  'usage',
].map((name) => `**/${name}.test.ts`);
const wholeRun = '**/wholeRun.test.ts';

export default defineConfig<object, { vscodeVersion: string }>({
  testDir: 'test/ui',
  globalSetup: './test/support/ui/globalSetup.ts',
  outputDir: 'test-results/ui',
  reporter: [['list'], ['json', { outputFile: 'test-results/ui.json' }]],
  // A test waits for a fifth of its time.
  workers: availableParallelism() + 1,
  timeout: 90_000,
  expect: { timeout: 20_000, toPass: { timeout: 20_000, intervals: [50, 100, 250] } },
  use: {
    actionTimeout: 30_000,
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    // Snapshots and a video of VS Code double a test's duration. `--trace on` records both.
    trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false },
  },
  projects: [
    { name: newest.version, testIgnore: wholeRun, teardown: 'whole run', use: { vscodeVersion: newest.version } },
    {
      name: oldest.version,
      testIgnore: [wholeRun, ...(process.env['AIPLOYEES_ALL_FILES'] === undefined ? newestOnly : [])],
      teardown: 'whole run',
      use: { vscodeVersion: oldest.version },
    },
    { name: 'whole run', testMatch: wholeRun },
  ],
});
