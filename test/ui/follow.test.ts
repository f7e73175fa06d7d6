import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { SampleConversation } from '../../src/sample/wire';
import { eventually } from '../support/workbench/eventually';
import type { Workbench } from '../support/workbench/workbench';
import { expectRowDescription, waitForStoredText } from '../support/ui/conversationsView';
import { connect, person, timesRead, waitForTranscript } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import { offeredCommands } from '../support/ui/palette';
import { refocus } from '../support/ui/windowFocus';

const day = 24 * 3600 * 1000;
const isList = /^\/user\/conversations$/;
const isTranscript = /^\/conversations\//;
const following = 'Following test conversations';
const turns = Array.from({ length: 60 }, (_, index) => ({ role: 'user', content: `Line ${index + 1}` }));
const call = { name: 'look_up', arguments: { shelf: 7 }, result: { found: true } };
const opening = { role: 'assistant', content: 'One moment.', function_calls: [call] };

test.describe('Follow New Conversations', () => {
  test.use({ sample: 'empty', reuseWindow: true, settings: { 'aiployees.followInterval': 5 } });
  let ada: SampleConversation;

  test.beforeEach(async ({ server }) => {
    // These ages don't change while a test runs.
    person(server, 'Ben', { createdAt: Date.now() - 9 * day });
    ada = person(server, 'Ada', { createdAt: Date.now() - 8 * day, history: [opening, ...turns] });
  });

  const expectMessage = (workbench: Workbench, text: string): Promise<void> =>
    expect.poll(() => workbench.viewMessage()).toBe(text);
  const badge = ({ containerIcon }: Workbench): Promise<string> => containerIcon.locator('.badge-content').innerText();

  async function follow(workbench: Workbench): Promise<void> {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.read('Ada');
    await workbench.moreAction('Follow New Conversations');
    await expectMessage(workbench, following);
  }

  /** Starts to count DOM changes in the element. */
  const watch = (page: Pick<Frame, 'evaluate'>, within: string): Promise<void> =>
    page.evaluate((selector) => {
      const watched = window as unknown as { renderCount: number };
      watched.renderCount = 0;
      const place = document.querySelector(selector);
      if (place === null) throw new Error(`There is no ${selector}.`);
      new MutationObserver((records) => (watched.renderCount += records.length)).observe(place, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    }, within);
  const readRenderCount = (page: Pick<Frame, 'evaluate'>): Promise<number> =>
    page.evaluate(() => (window as unknown as { renderCount: number }).renderCount);

  test('starts off; on, it shows new conversations on top, marked and counted until they are read', async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    await connect(workbench, 'Clinic Desk');
    await tree.read('Ada');
    assert.equal(await workbench.viewMessage(), '');
    const offered = await offeredCommands(workbench);
    assert.deepEqual([offered.includes('Follow New Conversations'), offered.includes('Stop Following')], [true, false]);
    await workbench.moreAction('Follow New Conversations');
    await expectMessage(workbench, following);

    const bea = person(server, 'Bea', { createdAt: Date.now() - 60_000 });
    person(server, 'Cleo');
    await expect.poll(async () => (await tree.read('Cleo')).icon).toBe('circle-filled');
    assert.match((await tree.read('Bea')).ariaLabel, /^New: Bea, /);
    await tree.showsLabels(['Test', 'Clinic Desk', 'Cleo', 'Bea', 'Ada', 'Ben', 'Widget', 'WhatsApp', 'API']);
    await expectRowDescription(workbench, 'Clinic Desk', '4 · 2 new');
    await expect.poll(() => badge(workbench)).toBe('2');

    await tree.click('Bea');
    await waitForTranscript(workbench, bea);
    await expect.poll(async () => (await tree.read('Bea')).icon).toBe('comment');
    await expect.poll(() => badge(workbench)).toBe('1');
    await workbench.run('AIployees: Mark All as Read');
    await expect.poll(async () => (await tree.read('Cleo')).icon).toBe('comment');
    await expectRowDescription(workbench, 'Clinic Desk', '4');
    await expect
      .poll(() => workbench.containerIcon.locator('.badge-content').filter({ visible: true }).count())
      .toBe(0);

    await workbench.moreAction('Stop Following');
    await expectMessage(workbench, '');
  });

  test('appends turns to an open transcript, and scrolls along only at its end', async ({ server, workbench }) => {
    await follow(workbench);
    await workbench.tree.click('Ada');
    const page = await waitForTranscript(workbench, ada);
    await page.locator('.call > summary').click();
    await page.locator('.call-body').waitFor();
    await page.evaluate(() => window.scrollTo(0, 300));
    const more = [
      { role: 'user', content: 'And now?' },
      { role: 'assistant', content: 'Now **this**.' },
    ];
    server.updateConversation(ada.id, { history: [opening, ...turns, ...more] });
    await page.locator('#turn-63').waitFor();
    assert.equal(await page.evaluate(() => Math.round(scrollY)), 300);
    assert.equal(await page.locator('.call[open] > .call-body').count(), 1);
    assert.equal(await page.locator('body > [aria-live]').textContent(), '2 new turns');
    await expectRowDescription(
      workbench,
      'Ada',
      (await workbench.tree.read('Ada')).description.replace(/\b61\b/, '63'),
    );

    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    server.updateConversation(ada.id, { history: [opening, ...turns, ...more, { role: 'user', content: 'Thanks.' }] });
    const last = page.locator('#turn-64');
    await last.waitFor();
    assert.ok(await last.evaluate((element) => element.getBoundingClientRect().bottom <= window.innerHeight));
  });

  test('requests the list and each visible transcript once per interval, and renders nothing without news', async ({
    server,
    workbench,
  }) => {
    await follow(workbench);
    await workbench.tree.click('Ada');
    const page = await waitForTranscript(workbench, ada);
    // Start to count after the next poll.
    await refocus(workbench);
    server.forgetRequests();
    await server.waitForResponses(isTranscript);
    await server.waitForResponses(isList);
    await watch(page, 'main');
    await watch(workbench.page.mainFrame(), '.part.sidebar .customview-tree');
    server.forgetRequests();
    await server.waitForResponses(isTranscript, 2);
    await server.waitForResponses(isList, 2);
    assert.deepEqual([server.listQueries().length, timesRead(server, ada), server.requests.length], [2, 2, 4]);
    assert.deepEqual([await readRenderCount(page), await readRenderCount(workbench.page.mainFrame())], [0, 0]);
  });

  test('requests no list while the view is hidden, unless a setting asks for it', async ({ server, workbench }) => {
    await follow(workbench);
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    await workbench.run('View: Show Explorer');
    await expect
      .poll(() => workbench.page.locator('.part.sidebar .customview-tree').filter({ visible: true }).count())
      .toBe(0);
    server.forgetRequests();
    await server.waitForResponses(isTranscript, 2);
    assert.equal(server.listQueries().length, 0);

    await workbench.changeSettings({ 'aiployees.followWhileHidden': true });
    person(server, 'Bea');
    await expect.poll(() => badge(workbench)).toBe('1');
    await workbench.openContainer();
    await expect.poll(async () => (await workbench.tree.read('Bea')).icon).toBe('circle-filled');
  });

  test('reports only a lasting failure, keeps the rows, and recovers by itself', async ({ server, workbench }) => {
    await follow(workbench);
    const labels = (await workbench.tree.rows()).map(({ label }) => label);
    server.failNext({ times: 10_000 });
    await expect(async () => {
      await refocus(workbench);
      assert.equal(
        await workbench.viewMessage(),
        'Following interrupted, retrying: Server error (500). Server message: "Server Error"',
      );
    }).toPass();
    assert.deepEqual(
      (await workbench.tree.rows()).map(({ label }) => label),
      labels,
    );
    server.clearFaults();
    await expect(async () => {
      await refocus(workbench);
      assert.equal(await workbench.viewMessage(), following);
    }).toPass();
  });

  test('pauses when the server rejects the API key, and retries when the window gets the focus', async ({
    server,
    workbench,
  }) => {
    await follow(workbench);
    server.configure({ acceptedKeys: [] });
    await expectMessage(workbench, 'Following paused: The server rejected this API key.');
    await workbench.tree.read('Ada');
    server.configure({ acceptedKeys: 'any' });
    await refocus(workbench);
    await expectMessage(workbench, following);
  });

  test('continues after a reload, and shows a new conversation', async ({ server, workbench, window }) => {
    await follow(workbench);
    await waitForStoredText(workbench, 'aiployees.following');
    await window.reload();
    await workbench.openContainer();
    await expectMessage(workbench, following);
    await workbench.tree.read('Ada');
    person(server, 'Bea');
    await expect.poll(async () => (await workbench.tree.read('Bea')).icon).toBe('circle-filled');
  });

  test('adds a conversation to the sample data, and appends turns to it', async ({ workbench }) => {
    await workbench.run('AIployees: Explore Sample Data');
    await workbench.openContainer();
    await workbench.tree.read(/^Load More/);
    await workbench.moreAction('Follow New Conversations');
    await expectMessage(workbench, `Sample data: these conversations are made up · ${following}`);
    await expect.poll(() => badge(workbench)).toBe('1');
    await expect.poll(async () => (await workbench.tree.read('Test')).description).toMatch(/^31 of 47 · 1 new$/);
    const group = await eventually(async () => {
      const rows = await workbench.tree.rows();
      return (
        rows.find(({ level, description }) => level === 2 && description.endsWith(' · 1 new')) ??
        assert.fail('none yet')
      );
    });
    await workbench.tree.expand(group.label);
    const begun = await eventually(async () => {
      const rows = await workbench.tree.rows();
      return rows.find(({ icon }) => icon === 'circle-filled') ?? assert.fail('none yet');
    });
    await workbench.tree.click(begun.label);
    const page = await workbench.detailsFrame();
    await page.locator('#turn-3').waitFor();
  });
});
