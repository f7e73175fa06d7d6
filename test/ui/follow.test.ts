import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { SampleConversation } from '../../src/sample/wire';
import { eventually, type Workbench } from '../support/host';
import type { SampleServer } from '../support/sampleServer';
import { rowSays, windowRemembers } from '../support/ui/conversationsView';
import { connect, person, startEmptyServer, timesRead, transcriptOf } from '../support/ui/details';
import { useVsCode } from '../support/ui/fixture';
import { offeredCommands } from '../support/ui/palette';
import { refocus } from '../support/ui/windowFocus';

const day = 24 * 3600 * 1000;
const isList = /^\/user\/conversations$/;
const isTranscript = /^\/conversations\//;
const following = 'Following test conversations';
const turns = Array.from({ length: 60 }, (_, index) => ({ role: 'user', content: `Line ${index + 1}` }));
const call = { name: 'look_up', arguments: { shelf: 7 }, result: { found: true } };
const opening = { role: 'assistant', content: 'One moment.', function_calls: [call] };

describe('Follow New Conversations', () => {
  let server: SampleServer;
  let ada: SampleConversation;

  beforeEach('start a server with two conversations', async () => {
    server = await startEmptyServer();
    // Old enough for their ages not to change while a test runs.
    person(server, 'Ben', { createdAt: Date.now() - 9 * day });
    ada = person(server, 'Ada', { createdAt: Date.now() - 8 * day, history: [opening, ...turns] });
  });
  afterEach('end the server', () => server.close());
  const vscode = useVsCode({
    window: 'tidied',
    settings: () => ({ 'aiployees.baseUrl': server.url, 'aiployees.followInterval': 5 }),
  });

  const says = (workbench: Workbench, words: string): Promise<void> =>
    eventually(async () => assert.equal(await workbench.viewMessage(), words));
  const badge = ({ containerIcon }: Workbench): Promise<string> =>
    containerIcon.locator('.badge-content').innerText({ timeout: 1000 });
  const lists = (): number => server.listQueries().length;

  async function follow(workbench: Workbench): Promise<void> {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.read('Ada');
    await workbench.titleAction('Follow New Conversations');
    await says(workbench, following);
  }

  /** Counts from now on what is drawn in there. */
  const watch = (page: Pick<Frame, 'evaluate'>, within: string): Promise<void> =>
    page.evaluate((selector) => {
      const watched = window as unknown as { drawn: number };
      watched.drawn = 0;
      const place = document.querySelector(selector);
      if (place === null) throw new Error(`There is no ${selector}.`);
      new MutationObserver((records) => (watched.drawn += records.length)).observe(place, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    }, within);
  const drawn = (page: Pick<Frame, 'evaluate'>): Promise<number> =>
    page.evaluate(() => (window as unknown as { drawn: number }).drawn);

  it('is off at first; on, it shows what begins on top, marked and counted until somebody looks', async () => {
    const { workbench } = vscode;
    const { tree } = workbench;
    await connect(workbench, 'Clinic Desk');
    await tree.read('Ada');
    assert.equal(await workbench.viewMessage(), '');
    const offered = await offeredCommands(workbench);
    assert.deepEqual([offered.includes('Follow New Conversations'), offered.includes('Stop Following')], [true, false]);
    await workbench.titleAction('Follow New Conversations');
    await says(workbench, following);

    const bea = person(server, 'Bea');
    person(server, 'Cleo');
    await eventually(async () => assert.equal((await tree.read('Cleo')).icon, 'circle-filled'));
    assert.match((await tree.read('Bea')).ariaLabel, /^New: Bea, /);
    await tree.showsLabels(['Test', 'Clinic Desk', 'Cleo', 'Bea', 'Ada', 'Ben', 'Widget', 'WhatsApp', 'API']);
    await rowSays(workbench, 'Clinic Desk', '4 · 2 new');
    await eventually(async () => assert.equal(await badge(workbench), '2'));

    await tree.click('Bea');
    await transcriptOf(workbench, bea);
    await eventually(async () => assert.equal((await tree.read('Bea')).icon, 'beaker'));
    await eventually(async () => assert.equal(await badge(workbench), '1'));
    await workbench.run('Aiployees: Mark All as Read');
    await eventually(async () => assert.equal((await tree.read('Cleo')).icon, 'beaker'));
    await rowSays(workbench, 'Clinic Desk', '4');
    await eventually(async () =>
      assert.equal(await workbench.containerIcon.locator('.badge-content').filter({ visible: true }).count(), 0),
    );

    await workbench.titleAction('Stop Following');
    await says(workbench, '');
  });

  it('lets an open transcript grow in place: the reader stays, or goes on at the end', async () => {
    const { workbench } = vscode;
    await follow(workbench);
    await workbench.tree.click('Ada');
    const page = await transcriptOf(workbench, ada);
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
    await rowSays(workbench, 'Ada', (await workbench.tree.read('Ada')).description.replace(/61 msgs/, '63 msgs'));

    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    server.updateConversation(ada.id, { history: [opening, ...turns, ...more, { role: 'user', content: 'Thanks.' }] });
    const last = page.locator('#turn-64');
    await last.waitFor();
    assert.ok(await last.evaluate((element) => element.getBoundingClientRect().bottom <= window.innerHeight));
  });

  it('asks once an interval, and once for each transcript on the screen, and draws nothing where nothing is new', async () => {
    const { workbench } = vscode;
    await follow(workbench);
    await workbench.tree.click('Ada');
    const page = await transcriptOf(workbench, ada);
    // The next look begins what is counted.
    await refocus(workbench);
    server.forgetRequests();
    await server.answered(isTranscript);
    await server.answered(isList);
    await watch(page, 'main');
    await watch(workbench.page.mainFrame(), '.part.sidebar .customview-tree');
    server.forgetRequests();
    await server.answered(isTranscript, 2);
    await server.answered(isList, 2);
    assert.deepEqual([lists(), timesRead(server, ada), server.requests.length], [2, 2, 4]);
    assert.deepEqual([await drawn(page), await drawn(workbench.page.mainFrame())], [0, 0]);
  });

  it('asks for no list while the view is hidden, but where a setting wants the number', async () => {
    const { workbench } = vscode;
    await follow(workbench);
    await workbench.tree.click('Ada');
    await transcriptOf(workbench, ada);
    await workbench.run('View: Show Explorer');
    await eventually(async () =>
      assert.equal(await workbench.page.locator('.part.sidebar .customview-tree').filter({ visible: true }).count(), 0),
    );
    server.forgetRequests();
    await server.answered(isTranscript, 2);
    assert.equal(lists(), 0);

    await workbench.changeSettings({ 'aiployees.followWhileHidden': true });
    person(server, 'Bea');
    await eventually(async () => assert.equal(await badge(workbench), '1'));
    await workbench.openContainer();
    await eventually(async () => assert.equal((await workbench.tree.read('Bea')).icon, 'circle-filled'));
  });

  it('says that it fails only where that goes on, keeps the rows, and recovers by itself', async () => {
    const { workbench } = vscode;
    await follow(workbench);
    const labels = (await workbench.tree.rows()).map(({ label }) => label);
    server.failNext({ times: 10_000 });
    await eventually(async () => {
      await refocus(workbench);
      assert.equal(
        await workbench.viewMessage(),
        'Following interrupted, retrying: Server error (500) while loading test conversations. Server message: "Server Error"',
      );
    });
    assert.deepEqual(
      (await workbench.tree.rows()).map(({ label }) => label),
      labels,
    );
    server.clearFaults();
    await eventually(async () => {
      await refocus(workbench);
      assert.equal(await workbench.viewMessage(), following);
    });
  });

  it('pauses where the key is refused, until somebody comes back', async () => {
    const { workbench } = vscode;
    await follow(workbench);
    server.configure({ acceptedKeys: [] });
    await says(workbench, 'Following paused: The server rejected this API key.');
    await workbench.tree.read('Ada');
    server.configure({ acceptedKeys: 'any' });
    await refocus(workbench);
    await says(workbench, following);
  });

  it('goes on after the window was reloaded, and shows a new conversation', async () => {
    const { workbench } = vscode;
    await follow(workbench);
    await windowRemembers(workbench, 'aiployees.following');
    await vscode.window.reload();
    await workbench.openContainer();
    await says(workbench, following);
    await workbench.tree.read('Ada');
    person(server, 'Bea');
    await eventually(async () => assert.equal((await workbench.tree.read('Bea')).icon, 'circle-filled'));
  });

  it('has sample data go on: a conversation begins, and grows', async () => {
    const { workbench } = vscode;
    await workbench.run('Aiployees: Explore Sample Data');
    await workbench.openContainer();
    await workbench.tree.read(/^Load More/);
    await workbench.titleAction('Follow New Conversations');
    await says(workbench, `Sample data: these conversations are made up · ${following}`);
    await eventually(async () => assert.equal(await badge(workbench), '1'));
    await eventually(async () => assert.match((await workbench.tree.read('Test')).description, /^31 of 47 · 1 new$/));
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
