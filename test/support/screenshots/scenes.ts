import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually';
import type { Workbench } from '../workbench/workbench';
import { answer } from '../ui/dialog';
import { showUsage } from '../ui/usage';

/** The screenshots in the order of a tour: each starts from the state after the previous one. */
export const scenes: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
  async welcome(workbench) {
    await workbench.switchTheme('light');
    await workbench.openContainer();
    await workbench.page.locator('.welcome-view-content a').getByText('take the tour', { exact: true }).click();
    await workbench.page.locator('.getting-started-step.expanded').first().waitFor();
  },

  async 'conversation-light'(workbench) {
    await workbench.pressWelcomeButton('Explore Sample Data');
    await workbench.tree.read('Jonas Keller');
    await workbench.run('View: Close All Editors');
    await widenSideBar(workbench);
    await workbench.tree.click('Jonas Keller');
    await openFirstCall(workbench);
  },

  async 'conversation-dark'(workbench) {
    await workbench.switchTheme('dark');
  },

  async filter(workbench) {
    await workbench.switchTheme('light');
    await workbench.run('AIployees: Filter Conversations…');
    await workbench.quick.choose('Date');
    await workbench.quick.choose('Last 30 Days');
    await workbench.quick.row('Clear Filter').waitFor();
    await eventually(async () => assert.match(await workbench.viewMessage(), /last 30 days/));
    await eventually(async () => assert.match((await workbench.tree.read('Test')).description, /\d/));
  },

  async find(workbench) {
    await workbench.quick.choose('Clear Filter');
    await workbench.quick.row('Clear Filter').waitFor({ state: 'hidden' });
    await workbench.quick.cancel();
    await workbench.titleAction('Find Conversation…');
    await workbench.quick.type('ben');
    await workbench.quick.row('Ben Whitlock').waitFor();
  },

  async compare(workbench) {
    await workbench.quick.cancel();
    await workbench.run('View: Close All Editors');
    await workbench.tree.click('Elif Kaya');
    await workbench.tree.click('Noor van Dijk', 'Control');
    await workbench.tree.contextMenu('Noor van Dijk', 'Compare Selected');
    // A comparison needs the whole window.
    await workbench.run('View: Toggle Primary Side Bar Visibility');
    await workbench.page.locator('.part.editor .codelens-decoration').getByText('Open Left').first().waitFor();
  },

  async rerun(workbench) {
    const lenses = workbench.page.locator('.part.editor .codelens-decoration');
    await lenses.getByText('Rerun Left').first().click();
    const before = await lenses.first().innerText();
    await answer(workbench, 'Rerun this conversation', 'Rerun');
    await eventually(async () => assert.notEqual(await lenses.first().innerText(), before));
    await workbench.notifications.clear();
  },

  async search(workbench) {
    await workbench.run('View: Close All Editors');
    await workbench.run('AIployees: Search Transcripts…');
    await workbench.quick.submit('refund');
    await workbench.openContainer();
    await eventually(async () => assert.match(await workbench.resultsMessage(), /searched/));
    const match = (await workbench.results.rows()).find(({ level }) => level === 2);
    assert.ok(match);
    await workbench.results.click(match.label);
    await (await workbench.detailsFrame()).locator('.turns').waitFor();
  },

  async usage(workbench) {
    await workbench.run('View: Close All Editors');
    // All conversations are loaded now.
    await showUsage(workbench);
  },
};

/** Widens the side bar for the descriptions by dragging its edge. */
async function widenSideBar({ page }: Workbench): Promise<void> {
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no side bar.');
  const edge = { x: box.x + box.width, y: box.y + box.height / 2 };
  await page.mouse.move(edge.x, edge.y);
  await page.mouse.down();
  await page.mouse.move(edge.x + 60, edge.y, { steps: 5 });
  await page.mouse.up();
}

/** Expands the card of the first tool call, and scrolls to it by its key. */
async function openFirstCall(workbench: Workbench): Promise<void> {
  const frame = await workbench.detailsFrame();
  const call = frame.locator('.call > summary').first();
  await call.click();
  await call.evaluate((element) => element.scrollIntoView({ block: 'center' }));
}
