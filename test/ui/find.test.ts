import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import { showConversations } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

/** The separator above Load More, below the matches. */
async function noteOfFind({ quick }: Workbench): Promise<string | undefined> {
  // From the first row it goes to the last.
  await quick.input.press('ArrowUp');
  return (await quick.rows()).find(({ label }) => label === 'Load More')?.separator;
}

test.describe('Find Conversation…', () => {
  test.use({ reuseWindow: true });

  async function openFind(workbench: Workbench): Promise<void> {
    await workbench.run('AIployees: Find Conversation…');
    await expect.poll(async () => (await workbench.quick.readState()).title).toBe('Find Conversation');
  }

  /** Waits until the matches for the typed text are these, without the rows below the separator. */
  async function finds({ quick }: Workbench, typed: string, labels: readonly string[]): Promise<void> {
    await quick.type(typed);
    await expect(async () => {
      const shown = (await quick.rows())
        .map(({ label }) => label)
        .filter((label) => label !== 'Load More' && label !== 'Load All');
      assert.deepEqual(shown, labels);
    }).toPass();
  }

  const expectOpened = async (workbench: Workbench, id: string): Promise<void> => {
    await expect(async () =>
      assert.equal(await (await workbench.detailsFrame()).locator('.id code').textContent({ timeout: 1000 }), id),
    ).toPass();
  };

  test('finds loaded rows by ID, assistant, customer, and variable in any spelling, and opens and reveals one', async ({
    server,
    workbench,
  }) => {
    const { quick, tree } = workbench;
    const newest = server.addConversation({
      type: 'test',
      assistant: 'clinic',
      customer: { name: 'Zoë Fairweather', phone: '+49301' },
      history: ['Hello.', 'Hi.', 'Bye.'].map((content) => ({ role: 'user', content })),
      totalCost: 0.0658,
    });
    await showConversations(workbench);
    await tree.read('Load More (30 of 51)');
    await tree.collapse('Test');
    server.forgetRequests();

    await workbench.titleAction('Find Conversation…');
    await expect.poll(() => noteOfFind(workbench)).toBe('Searched 30 loaded conversations');
    await expect.poll(() => server.listQueries().length, 'it looks for new ones').toBe(1);
    server.forgetRequests();
    await finds(workbench, newest.id.slice(0, 8), ['Zoë Fairweather']);
    await finds(workbench, 'zoe fair', ['Zoë Fairweather']);
    await expect
      .poll(async () => (await quick.rows())[0]?.description)
      .toMatch(new RegExp(`^${newest.id.slice(0, 8)} · now · Clinic Desk · 3 · 6\\.6¢$`));
    await finds(workbench, 'herrera support', ['Lucía Herrera']);
    await finds(workbench, 'WS-6372', ['Ines Moreau']);
    await expect.poll(async () => (await quick.rows())[0]?.detail).toBe('device: WS-6372');
    await quick.type('ines');
    await expect(async () => {
      const [first, second] = await quick.rows();
      assert.deepEqual([first?.label, first?.detail], ['Ines Moreau', 'employee_name: Ines Moreau']);
      assert.equal(second?.detail, 'plan: Business', 'inside a word comes after the beginning of one');
    }).toPass();
    await finds(workbench, 'no such thing', ['None of the loaded conversations match']);
    assert.deepEqual(server.requests, [], 'typing asks nobody');

    await finds(workbench, 'fairweather', ['Zoë Fairweather']);
    await quick.row('Zoë Fairweather').hover();
    await quick.row('Zoë Fairweather').getByRole('button', { name: 'Copy Conversation ID' }).click();
    await expect.poll(() => workbench.readClipboard()).toBe(newest.id);
    await quick.accept();
    await expectOpened(workbench, newest.id);
    await expect.poll(async () => (await tree.read('Zoë Fairweather')).selected).toBe(true);
  });

  test('lists the conversations opened before first, and refreshes quietly', async ({ server, workbench }) => {
    const { quick, tree } = workbench;
    const add = (name: string): string =>
      server.addConversation({ type: 'test', assistant: 'clinic', customer: { name, phone: '+49301' } }).id;
    const [first, second] = [add('Quinn Harper'), add('Quinn Abbot')];
    await showConversations(workbench);
    for (const name of ['Quinn Harper', 'Quinn Abbot']) {
      await tree.click(name);
      await expectOpened(workbench, name === 'Quinn Harper' ? first : second);
    }
    add('Quinn Newman');
    await openFind(workbench);
    await expect(async () => {
      const rows = (await quick.rows()).slice(0, 3).map(({ separator, label }) => [separator, label]);
      assert.deepEqual(rows[0], ['recently opened', 'Quinn Harper'], 'the visible one is no place to go to');
      assert.equal(rows[1]?.[0], 'newest');
    }).toPass();
    await finds(workbench, 'quinn', ['Quinn Harper', 'Quinn Newman', 'Quinn Abbot']);
    await quick.cancel();

    server.failNext({ match: '/conversations', status: 500, times: 9 });
    server.forgetRequests();
    await openFind(workbench);
    await expect.poll(() => server.listQueries().length).toBeGreaterThan(0);
    await finds(workbench, 'quinn', ['Quinn Harper', 'Quinn Newman', 'Quinn Abbot']);
    await quick.accept();
    await expectOpened(workbench, first);
    assert.deepEqual(await workbench.notifications.all(), []);
  });

  test("opens an ID that isn't loaded, and loads more from the row that counts the unsearched conversations", async ({
    server,
    workbench,
  }) => {
    const { quick, tree } = workbench;
    const old = server.fixtureId('aiOff');
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');

    await openFind(workbench);
    await finds(workbench, 'hannah weiss', ['None of the loaded conversations match']);
    server.forgetRequests();
    await quick.choose('Load All');
    await finds(workbench, 'hannah weiss', ['Hannah Weiss']);
    await expect(async () => {
      const separators = (await quick.rows()).map(({ separator }) => separator).filter((each) => each !== '');
      assert.deepEqual(separators, [], 'all is loaded: nothing is left to be searched');
    }).toPass();
    assert.ok(server.listQueries().length >= 4, 'each type was read to its end');
    await quick.cancel();

    await workbench.run('AIployees: Reload All');
    await openFind(workbench);
    await finds(workbench, '00000000-1111-2222-3333-444444444444', [
      'Open Conversation 00000000-1111-2222-3333-444444444444',
    ]);
    assert.equal((await quick.rows())[0]?.description, 'not loaded');
    await quick.type(` ${old.toUpperCase()} `);
    await expect
      .poll(async () => (await quick.rows()).length, 'a loaded one is found by its whole id, not offered twice')
      .toBe(1);
    await quick.cancel();
  });

  test('loads the next page of the visible list, and opens a conversation that no list contains', async ({
    server,
    workbench,
  }) => {
    const { quick, tree } = workbench;
    const old = server.fixtureId('aiOff');
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');
    await openFind(workbench);
    await finds(workbench, 'samir', ['Samir Haddad']);
    await finds(workbench, 'turned off', ['None of the loaded conversations match']);
    await quick.choose('Load More');
    await expect
      .poll(async () => (await quick.rows()).filter(({ detail }) => detail === 'test_name: AI turned off').length)
      .toBe(1);
    await quick.cancel();

    await workbench.changeSettings({ 'aiployees.pageSize': 5 });
    await workbench.run('AIployees: Clear API Key');
    await showConversations(workbench);
    await tree.read('Load More (5 of 50)');
    await openFind(workbench);
    await finds(workbench, old, [`Open Conversation ${old}`]);
    await quick.accept();
    await expectOpened(workbench, old);
  });
});

test.describe('The palette in a new window', () => {
  test('asks for an API key, loads the first page to search in, and shows the filtered view', async ({
    server,
    workbench,
  }) => {
    const { quick, tree, page } = workbench;
    await workbench.containerIcon.waitFor();
    await workbench.run('AIployees: Find Conversation…');
    await expect.poll(async () => (await quick.readState()).isMasked).toBe(true);
    await quick.submit('7|a-key-of-the-tests');
    await workbench.notifications.read('API key saved for');

    await workbench.run('AIployees: Find Conversation…');
    await expect.poll(() => noteOfFind(workbench)).toBe('Searched 30 loaded conversations');
    assert.deepEqual(server.listQueries(), [{ type: 'test', per_page: '30' }]);
    await quick.cancel();

    const container = page.locator('[id="workbench.view.extension.aiployees"]');
    assert.equal(await container.isVisible(), false);
    await workbench.run('AIployees: Filter Conversations…');
    await quick.choose('Type');
    await quick.choose('Widget');
    await quick.choose('Done');
    await tree.read('Widget');
    await expect.poll(() => workbench.viewMessage()).toMatch(/^Showing widget/);
  });
});
