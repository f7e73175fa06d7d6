import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workbench } from '../support/workbench/workbench';
import type { SampleServer } from '../support/sampleServer';
import { signIn } from '../support/ui/conversationsView';
import { test } from '../support/ui/fixtures';
import { Canary } from '../support/ui/untrustedText';

/** As Markdown, this would be a link that runs a command. */
const lure = '[Your key has expired: sign in](command:workbench.action.quickOpen)';

/** All ways in which a workspace can try to redirect requests. The path shows which one worked. */
function hostileSettings(canary: Canary): object {
  const to = (way: string): string => `${canary.url}/${way}/api`;
  return {
    'aiployees.baseUrl': to('dotted'),
    aiployees: { baseUrl: to('nested'), 'baseUrl.': to('odd') },
    '[aiployees-comparison]': { 'aiployees.baseUrl': to('language') },
    '[markdown]': { 'aiployees.baseUrl': to('markdown'), aiployees: { baseUrl: to('nested-language') } },
    'aiployees.accounts': [{ id: 'first', name: 'First', baseUrl: to('account') }],
    'http.proxy': canary.url,
    'http.proxySupport': 'override',
    'http.proxyStrictSSL': false,
    'terminal.integrated.env.linux': { HTTP_PROXY: canary.url, HTTPS_PROXY: canary.url },
    // Appears in a notification by itself, and in another one when the filter is applied.
    'aiployees.timeZone': lure,
    'aiployees.savedFilters': { Theirs: { assistant: { uuid: 'nobody', name: lure } } },
    // This setting is allowed, and shows that the file was read.
    'aiployees.pageSize': 7,
  };
}

async function makeWorkspace(canary: Canary): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'aiployees-hostile-'));
  const settings = hostileSettings(canary);
  await mkdir(join(root, 'folder', '.vscode'), { recursive: true });
  await writeFile(join(root, 'folder', '.vscode', 'settings.json'), JSON.stringify(settings));
  await writeFile(join(root, 'hostile.code-workspace'), JSON.stringify({ folders: [{ path: 'folder' }], settings }));
  return root;
}

const key = '41|KeyForTheTrueServerOnly';

for (const kind of ['folder', 'workspace file'] as const) {
  test.describe(`A ${kind} with untrusted settings`, () => {
    test.use({
      folder: async ({}, use) => use(kind === 'folder' ? join(root, 'folder') : undefined),
      workspaceFile: async ({}, use) => use(kind === 'folder' ? undefined : join(root, 'hostile.code-workspace')),
    });
    let canary: Canary;
    let root = '';
    test.beforeAll(async () => {
      canary = await Canary.start();
      root = await makeWorkspace(canary);
    });
    test.afterAll(async () => {
      await canary.close();
      await rm(root, { recursive: true, force: true });
    });

    async function reads(workbench: Workbench, server: SampleServer): Promise<void> {
      server.forgetRequests();
      await workbench.run('AIployees: Reload All');
      await server.waitForResponses('/user/conversations');
      const keys = new Set(server.requests.map(({ headers }) => headers['authorization']));
      assert.deepEqual(keys, new Set([`Bearer ${key}`]), 'the true server has the key');
      assert.equal(server.listQueries()[0]?.['per_page'], '7', 'the workspace’s settings were read');
      assert.deepEqual(canary.requests, [], 'nobody else was asked');
    }

    test('puts no link into notifications by its time zone and saved filters', async ({ workbench }) => {
      await workbench.run('AIployees: Set API Key');
      await workbench.quick.submit(key);
      await workbench.openContainer();
      await workbench.tree.read(/^Load More \(7 of /);
      assert.equal(await workbench.notifications.takeFromList("isn't a valid time zone"), 0);
      await workbench.run('AIployees: Apply Saved Filter…');
      await workbench.quick.choose('Theirs');
      assert.equal(
        await workbench.notifications.takeFromList(
          'Your key has expired: sign in] (command:workbench.action.quickOpen), which this account',
        ),
        0,
      );
    });

    test("can't redirect requests: not when restricted, not when trusted, not after a reload", async ({
      server,
      workbench,
      window,
    }) => {
      const { page, tree } = workbench;
      await signIn(workbench, key);
      await workbench.openContainer();
      await tree.read(/^Load More \(7 of /);
      await page.locator('.part.statusbar').getByText('Restricted Mode').waitFor();
      await reads(workbench, server);

      await workbench.run('Workspaces: Manage Workspace Trust');
      await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
      await page
        .locator('.workspace-trust-editor.trusted, .workspace-trust-header.workspace-trust-trusted')
        .first()
        .waitFor();
      await page.locator('.part.statusbar').getByText('Restricted Mode').waitFor({ state: 'hidden' });
      await reads(workbench, server);

      await window.reload();
      await workbench.openContainer();
      await tree.read(/^Load More \(7 of /);
      await reads(workbench, server);
    });
  });
}
