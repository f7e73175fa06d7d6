import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import { showConversations, statusBarSays } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';
import type { TestFolder } from '../support/ui/testFolder';
import { offeredCommands } from '../support/ui/palette';

const settingsFile = '.vscode/settings.json';
const setting = 'aiployees.savedFilters';

test.describe('Saved filters', () => {
  test.use({ folder: async ({ workspace }, use) => use(workspace.path) });
  let folder: TestFolder;
  test.beforeEach(({ workspace }) => {
    folder = workspace;
  });

  const isShown = ({ quick }: Workbench, title: string): Promise<void> =>
    expect.poll(async () => (await quick.shown()).title).toBe(title);
  const messageIs = (workbench: Workbench, message: string): Promise<void> =>
    expect.poll(() => workbench.viewMessage()).toBe(message);
  const listed = async ({ quick }: Workbench): Promise<(readonly [string, string])[]> =>
    (await quick.rows()).map(({ label, description }) => [label, description] as const);
  const listIs = (workbench: Workbench, items: readonly (readonly [string, string])[]): Promise<void> =>
    expect(async () => {
      assert.equal((await workbench.quick.shown()).title, 'Apply Saved Filter');
      assert.deepEqual(await listed(workbench), items);
    }).toPass();
  const shared = async (): Promise<Readonly<Record<string, unknown>> | undefined> =>
    (JSON.parse(await folder.read(settingsFile)) as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[
      setting
    ];

  async function filterTestOfSevenDays(workbench: Workbench): Promise<void> {
    await workbench.run('Aiployees: Filter Conversations…');
    await workbench.quick.choose('Type');
    await workbench.quick.choose('Test');
    await isShown(workbench, 'Filter Conversations');
    await workbench.quick.choose('Date');
    await workbench.quick.choose('Last 7 Days');
    await messageIs(workbench, 'Showing test · last 7 days');
    await isShown(workbench, 'Filter Conversations');
  }

  async function dialogPress({ page }: Workbench, button: string): Promise<void> {
    await page.locator('.monaco-dialog-box').getByRole('button', { name: button }).click();
    await page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
  }

  async function rowButton({ quick }: Workbench, label: string, tooltip: string): Promise<void> {
    await quick.row(label).hover();
    await quick.row(label).getByRole('button', { name: tooltip }).click();
  }

  test('are named, saved in the workspace settings, applied, renamed, and deleted', async ({ workbench }) => {
    const { quick } = workbench;
    await showConversations(workbench);
    await workbench.tree.read(/^Load More/);
    const before = await offeredCommands(workbench);
    assert.ok(!before.includes('Save Filter…') && !before.includes('Apply Saved Filter…'), before.join());

    await filterTestOfSevenDays(workbench);
    await quick.choose('Save Filter…');
    await isShown(workbench, 'Save Filter');
    assert.equal((await quick.shown()).value, 'test · last 7 days');
    await quick.submit('  ');
    await expect.poll(async () => (await quick.shown()).message).toContain('Enter a name.');
    await quick.submit('This week');
    await quick.choose('This Workspace');
    await statusBarSays(workbench, 'Filter saved');
    assert.deepEqual(await shared(), { 'This week': { type: 'test', dates: { kind: 'lastDays', days: 7 } } });

    await workbench.titleAction('Clear Filter');
    await messageIs(workbench, '');
    assert.ok(!(await offeredCommands(workbench)).includes('Save Filter…'));
    await workbench.run('Aiployees: Apply Saved Filter…');
    await listIs(workbench, [['This week', 'test · last 7 days']]);
    await quick.choose('This week');
    await messageIs(workbench, 'Showing test · last 7 days');

    // A filter with the same name replaces it only after a confirmation.
    await workbench.run('Aiployees: Filter Conversations…');
    await quick.choose('AI Status');
    await quick.choose('AI Off');
    await isShown(workbench, 'Filter Conversations');
    await quick.choose('Done');
    const replaced = { 'This week': { type: 'test', dates: { kind: 'lastDays', days: 7 }, aiEnabled: false } };
    for (const button of ['Cancel', 'Replace']) {
      await workbench.run('Aiployees: Save Filter…');
      await isShown(workbench, 'Save Filter');
      await quick.submit('This week');
      await quick.choose('This Workspace');
      await dialogPress(workbench, button);
      if (button === 'Cancel') assert.notDeepEqual(await shared(), replaced);
    }
    await expect(async () => expect(await shared()).toStrictEqual(replaced)).toPass();

    await workbench.run('Aiployees: Filter Conversations…');
    await quick.choose('Saved Filters…');
    await listIs(workbench, [['This week', 'test · last 7 days · AI off']]);
    await rowButton(workbench, 'This week', 'Rename');
    await isShown(workbench, 'Rename Saved Filter');
    await quick.submit('Off this week');
    await listIs(workbench, [['Off this week', 'test · last 7 days · AI off']]);
    await rowButton(workbench, 'Off this week', 'Delete');
    await dialogPress(workbench, 'Delete');
    await expect(async () => expect(await shared()).toBeUndefined()).toPass();
    await expect.poll(() => offeredCommands(workbench)).not.toContain('Apply Saved Filter…');
  });

  test('are saved in the user settings too, and listed after those of the workspace', async ({ workbench, window }) => {
    await showConversations(workbench);
    await filterTestOfSevenDays(workbench);
    await workbench.quick.choose('Save Filter…');
    await isShown(workbench, 'Save Filter');
    await workbench.quick.submit('Mine');
    await workbench.quick.choose('Only for Me');
    await statusBarSays(workbench, 'Filter saved');
    await assert.rejects(folder.read(settingsFile));
    await folder.write(settingsFile, JSON.stringify({ [setting]: { Ours: { aiEnabled: false } } }));
    await window.reload();
    await workbench.openContainer();
    await workbench.run('Aiployees: Apply Saved Filter…');
    await listIs(workbench, [
      ['Ours', 'AI off'],
      ['Mine', 'test · last 7 days'],
    ]);
    assert.deepEqual(
      (await workbench.quick.rows()).map(({ separator }) => separator),
      ['this workspace', 'only for me'],
    );
  });

  test("explain why a broken filter can't be applied, and report an assistant of another account", async ({
    workbench,
  }) => {
    const { quick, notifications } = workbench;
    await folder.write(
      settingsFile,
      JSON.stringify({
        [setting]: {
          Typo: { type: 'test', minMesages: 3 },
          Nothing: {},
          'No filter': 'test',
          '$(bug) theirs': {
            type: 'test',
            assistant: { uuid: '00000000-0000-4000-8000-000000000000', name: 'Theirs' },
          },
        },
        'aiployees.baseUrl': 'http://127.0.0.1:9',
      }),
    );
    await showConversations(workbench);
    await workbench.tree.read(/^Load More/);
    await workbench.run('Aiployees: Apply Saved Filter…');
    await listIs(workbench, [
      ['Typo', 'Can\'t be applied: "minMesages" is unknown or has an invalid value'],
      ['Nothing', "Can't be applied: the filter is empty"],
      ['No filter', "Can't be applied: not a filter"],
      ['$(bug) theirs', 'test · Theirs'],
    ]);
    await quick.choose('Typo');
    await quick.type('theirs');
    await expect.poll(async () => (await quick.rows()).length).toBe(1);
    assert.equal(await workbench.viewMessage(), '', 'a broken one changed nothing');
    await quick.accept();
    await messageIs(workbench, 'Showing test · Theirs');
    await notifications.read("The filter uses the assistant Theirs, which this account doesn't have.");
    await notifications.press('The filter uses the assistant Theirs', 'Remove Assistant from Filter');
    await messageIs(workbench, 'Showing test');
  });
});
