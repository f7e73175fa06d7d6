import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { themes } from '../support/workbench/workbench';
import { addHostileConversations } from '../support/hostile';
import { barriers } from '../support/ui/axe';
import { applyFilterLine } from '../support/ui/conversationsView';
import { connect, person } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import { Canary, UntrustedTextWatch } from '../support/ui/untrustedText';
import { showUsage, tableRows } from '../support/ui/usage';

const day = 24 * 60 * 60_000;

test.describe('Show Usage', () => {
  test.use({
    sample: 'empty',
    reuseWindow: true,
    settings: { 'aiployees.timeZone': 'local', 'aiployees.pageSize': 60 },
  });
  test.beforeEach(async ({ server }) => {
    const noon = new Date().setHours(12, 0, 0, 0) - day;
    const createMessages = (count: number): { role: string; content: string }[] =>
      Array.from({ length: count }, () => ({ role: 'user', content: 'Hi' }));
    person(server, 'Ada', { createdAt: noon, totalCost: '0.0100', history: createMessages(2) });
    person(server, 'Bea', { createdAt: noon, totalCost: 0.02, history: createMessages(3) });
    person(server, 'Cleo', { createdAt: noon - 3 * day, totalCost: 'n/a', history: createMessages(1) });
    person(server, 'Dora', {
      createdAt: noon - 3 * day,
      type: 'widget',
      totalCost: 1.5,
      history: createMessages(4),
      assistantName: 'Night Desk',
      assistantUuid: 'night',
    });
  });

  const covers = (page: Frame): Promise<string> => page.locator('.covers').innerText();
  const totals = (page: Frame): Promise<string[]> => page.locator('.totals dd').allInnerTexts();

  test('sums up loaded conversations by day, type, and assistant, and updates when more are loaded', async ({
    workbench,
  }) => {
    await connect(workbench, 'Clinic Desk');
    const page = await showUsage(workbench);
    assert.equal(await covers(page), 'Based on 3 loaded conversations. There may be more on the server. Load All');
    await expect.poll(() => totals(page)).toEqual(['3', '6', '$0.03', '$41.250731']);
    assert.deepEqual(await page.locator('.notice').allInnerTexts(), ['No cost for 1 conversation; counted as $0.']);
    assert.deepEqual(await tableRows(page, 'By Type'), [['Test', '3', '6', '$0.03']]);
    const days = (await tableRows(page, 'By Day')).map(([, ...cells]) => cells);
    assert.deepEqual(days, [
      ['1', '1', '$0.00'],
      ['2', '5', '$0.03'],
    ]);

    await page.getByRole('button', { name: 'Load All' }).click();
    await expect.poll(() => covers(page)).toBe('Based on 4 loaded conversations.');
    assert.deepEqual(await totals(page), ['4', '10', '$1.53', '$41.250731']);
    assert.deepEqual(await tableRows(page, 'By Assistant'), [
      ['Clinic Desk', '3', '6', '$0.03'],
      ['Night Desk', '1', '4', '$1.50'],
    ]);
    assert.deepEqual(
      (await tableRows(page, 'By Type')).map(([type]) => type),
      ['Test', 'Widget'],
    );
  });

  test('ignores a balance that arrives after it was closed', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    const balance = server.hold(({ path }) => path.endsWith('/user/me'));
    await showUsage(workbench);
    await balance.waitForRequests();
    await workbench.run('View: Close Editor');
    await expect.poll(() => workbench.editorTitles()).toEqual([]);
    balance.release();
    const page = await showUsage(workbench);
    await expect.poll(() => totals(page)).toEqual(['3', '6', '$0.03', '$41.250731']);
  });

  test('applies the filter, and opens only once', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await showUsage(workbench);
    await applyFilterLine(workbench, 'bea');
    const page = await showUsage(workbench);
    await expect
      .poll(() => covers(page))
      .toMatch(/^Based on the 1 of 3 loaded conversations that match the filter \("bea"\)\./);
    assert.deepEqual(await tableRows(page, 'By Assistant'), [['Clinic Desk', '1', '3', '$0.02']]);
    assert.deepEqual(await workbench.editorTitles(), ['Usage']);
  });

  test('plots the value chosen by keyboard, and remembers the choice', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    const page = await showUsage(workbench);
    const plot = page.getByRole('img', { name: /over time/ });
    assert.equal(await plot.getAttribute('aria-label'), 'Conversations over time. The table below has the values.');
    const widest = (): Promise<string> =>
      page
        .locator('section .bar')
        .last()
        .evaluate((bar) => (bar as HTMLElement).style.inlineSize);
    assert.equal(await widest(), '100%');
    const cost = page.getByRole('button', { name: 'Cost', exact: true });
    await page.getByRole('button', { name: 'Load All' }).focus();
    for (const name of ['Conversations', 'Messages', 'Cost']) {
      await workbench.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), name);
    }
    await workbench.press('Enter');
    assert.equal(await cost.getAttribute('aria-pressed'), 'true');
    assert.equal(await plot.getAttribute('aria-label'), 'Cost over time. The table below has the values.');
    const hasPixels = await plot.locator('canvas').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      return (canvas as HTMLCanvasElement)
        .getContext('2d')
        ?.getImageData(0, 0, width, height)
        .data.some((value) => value > 0);
    });
    assert.equal(hasPixels, true);
    // A hidden page is disposed, but the choice is stored.
    await workbench.run('File: New Untitled Text File');
    const again = await showUsage(workbench);
    assert.equal(await again.getByRole('button', { name: 'Cost', exact: true }).getAttribute('aria-pressed'), 'true');
  });

  test('copies a table that a spreadsheet can sum up', async ({ server, workbench }) => {
    person(server, 'Eve', { assistantName: '=1+1\t@x', assistantUuid: 'formula', history: [] });
    await connect(workbench, 'Clinic Desk');
    const page = await showUsage(workbench);
    await page.getByRole('button', { name: 'Copy Table: By Assistant' }).click();
    await page.locator('.codicon.check').waitFor();
    assert.equal(
      await workbench.readClipboard(),
      ['Assistant\tConversations\tMessages\tCost', 'Clinic Desk\t3\t6\t0.03', "'=1+1 @x\t1\t0\t0"].join('\n'),
    );
  });

  test('is accessible in every theme', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    const page = await showUsage(workbench);
    await page.getByText('Table (2)').click();
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await workbench.switchTheme(theme);
      const isLight = /[lL]ight/.test(theme);
      await expect
        .poll(async () => (await page.locator('body').getAttribute('data-vscode-theme-kind')) ?? '')
        .toMatch(isLight ? /light/ : /dark|high-contrast$/);
      assert.deepEqual(await barriers(page), [], theme);
    }
  });

  test('shows untrusted names of assistants and types as text', async ({ server, workbench }) => {
    const canary = await Canary.start();
    try {
      const hostile = addHostileConversations(server, canary.url);
      for (const { conversation } of hostile)
        server.updateConversation(conversation.id, {
          assistantName: conversation.customer?.name ?? '',
          assistantUuid: conversation.id,
        });
      const watch = new UntrustedTextWatch(workbench, canary);
      await connect(workbench, 'Clinic Desk');
      const page = await showUsage(workbench);
      await expect.poll(async () => (await tableRows(page, 'By Assistant')).length).toBeGreaterThan(hostile.length);
      assert.equal(await page.locator('main').locator('script, a, img, iframe, form, style').count(), 0);
      await watch.expectNoEffects('usage');
    } finally {
      await canary.close();
    }
  });
});
