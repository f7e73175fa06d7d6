import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { extensionId } from '../../src/manifest';
import { formatConversationLink } from '../../src/core/text/conversationLink';
import type { SampleConversation } from '../../src/sample/wire';
import type { Workbench } from '../support/workbench/workbench';
import type { SampleServer } from '../support/sampleServer';
import { connect, person, startEmptyServer, tabOf, timesRead, waitForTranscript } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';

/** Opens a URL like a click on a link elsewhere. VS Code asks first, for every extension. */
async function follow(workbench: Workbench, link: string): Promise<void> {
  await workbench.run('Open URL');
  await workbench.quick.submit(link);
  const dialog = dialogOf(workbench).filter({ hasText: 'extension to open this URI?' });
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
}

function dialogOf({ page }: Workbench): Locator {
  return page.locator('.monaco-dialog-box');
}

async function answer(workbench: Workbench, text: string, button: string): Promise<void> {
  const dialog = dialogOf(workbench);
  await dialog.getByText(text).first().waitFor();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test.describe('A link to a conversation', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let other: SampleServer;
  let ada: SampleConversation;

  test.beforeEach(async ({ server }) => {
    other = await startEmptyServer();
    ada = person(server, 'Ada');
  });
  test.afterEach(() => other.close());
  const linkTo = (origin: string, { id }: { readonly id: string }): string =>
    formatConversationLink('vscode', extensionId, { origin, id });

  test('is copied with a note on what it reveals, and opens the conversation after a confirmation', async ({
    server,
    workbench,
  }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.contextMenu('Ada', 'Copy Link');
    await workbench.notifications.read('Copied the link. Anyone with the link can read the conversation.');
    const link = await workbench.readClipboard();
    assert.match(
      link,
      new RegExp(
        `^[a-z-]+://${extensionId}/conversation\\?origin=${encodeURIComponent(new URL(server.url).origin)}&id=${ada.id}$`,
      ),
    );
    assert.deepEqual(await workbench.editorTitles(), []);

    await follow(workbench, link);
    const host = new URL(server.url).host;
    await dialogOf(workbench).getByText(`It's loaded from ${host} and shown. Nothing else happens.`).waitFor();
    assert.equal(timesRead(server, ada), 0);
    await answer(workbench, `Open conversation ${ada.id.slice(0, 8)} from ${host}?`, 'Open');
    await waitForTranscript(workbench, ada);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ada)]);
  });

  test('to a turn is copied by its number, and opens the conversation there', async ({ server, workbench }) => {
    const history = Array.from({ length: 60 }, (_, index) => ({ role: 'user', content: `Line ${index + 1}.` }));
    const bea = person(server, 'Bea', { history });
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Bea');
    const page = await waitForTranscript(workbench, bea);
    await page.getByRole('button', { name: 'Copy Link to Turn 40' }).click();
    await workbench.notifications.read('Copied the link. Anyone with the link can read the conversation.');
    const link = await workbench.readClipboard();
    assert.ok(link.endsWith(`&id=${bea.id}&turn=40`), link);
    await workbench.run('View: Close All Editors');
    await follow(workbench, link);
    await answer(workbench, `Open conversation ${bea.id.slice(0, 8)}`, 'Open');
    const again = await waitForTranscript(workbench, bea);
    await again.locator('#turn-40.arrived').waitFor();
    await expect
      .poll(() => again.locator('#turn-40').evaluate((turn) => turn.getBoundingClientRect().top < window.innerHeight))
      .toBe(true);

    await follow(workbench, link.replace('turn=40', 'turn=4000'));
    await answer(workbench, `Open conversation ${bea.id.slice(0, 8)}`, 'Open');
    assert.equal(await (await waitForTranscript(workbench, bea)).locator('.turn').count(), 60);
    await follow(workbench, link.replace('turn=40', 'turn=0'));
    await workbench.notifications.read("This isn't a valid conversation link.");
  });

  test('does nothing if the user declines', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await follow(workbench, linkTo(new URL(server.url).origin, ada));
    await answer(workbench, `Open conversation ${ada.id.slice(0, 8)}`, 'Cancel');
    assert.deepEqual(await workbench.editorTitles(), []);
    assert.equal(timesRead(server, ada), 0);
  });

  test('is refused for a server without an account, which receives no request', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    const { host, origin } = new URL(other.url);
    await follow(workbench, linkTo(origin, ada));
    await workbench.notifications.read(
      `The link wasn't opened because none of your accounts uses its server, ${host}.`,
    );
    assert.equal(await dialogOf(workbench).isVisible(), false);
    assert.deepEqual(await workbench.editorTitles(), []);
    assert.deepEqual(other.requests, []);
  });

  test("is refused if Copy Link couldn't have made it", async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await follow(workbench, `vscode://${extensionId}/conversation?id=${ada.id}`);
    await workbench.notifications.read(
      "This isn't a valid conversation link. It may have been cut off. Copy it again.",
    );
    await workbench.notifications.clear();
    await follow(workbench, `vscode://${extensionId}/command?id=aiployees.clearApiKey`);
    await workbench.notifications.read(
      "This isn't a valid conversation link. It may have been cut off. Copy it again.",
    );
    await expect.poll(async () => (await workbench.tree.read('Ada')).label).toBeTruthy();
  });
});
