import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import { showConversations, expectStatusBarText } from '../support/ui/conversationsView';
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

  const expectTitle = ({ quick }: Workbench, title: string): Promise<void> =>
    expect.poll(async () => (await quick.readState()).title).toBe(title);
  const expectMessage = (workbench: Workbench, message: string): Promise<void> =>
    expect.poll(() => workbench.viewMessage()).toBe(message);
  const readItems = async ({ quick }: Workbench): Promise<(readonly [string, string])[]> =>
    (await quick.rows()).map(({ label, description }) => [label, description] as const);
  const expectItems = (workbench: Workbench, items: readonly (readonly [string, string])[]): Promise<void> =>
    expect(async () => {
      assert.equal((await workbench.quick.readState()).title, 'Apply Saved Filter');
      assert.deepEqual(await readItems(workbench), items);
    }).toPass();
  const readShared = async (): Promise<Readonly<Record<string, unknown>> | undefined> =>
    (JSON.parse(await folder.read(settingsFile)) as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[
      setting
    ];

  async function filterTestOfSevenDays(workbench: Workbench): Promise<void> {
    await workbench.run('AIployees: Filter Conversations…');
    await workbench.quick.choose('Type');
    await workbench.quick.choose('Test');
    await expectTitle(workbench, 'Filter Conversations');
    await workbench.quick.choose('Date');
    await workbench.quick.choose('Last 7 Days');
    await expectMessage(workbench, 'Showing test · last 7 days');
    await expectTitle(workbench, 'Filter Conversations');
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
    await expectTitle(workbench, 'Save Filter');
    assert.equal((await quick.readState()).value, 'test · last 7 days');
    await quick.submit('  ');
    await expect.poll(async () => (await quick.readState()).message).toContain('Enter a name.');
    await quick.submit('This week');
    await quick.choose('This Workspace');
    await expectStatusBarText(workbench, 'Filter saved');
    assert.deepEqual(await readShared(), { 'This week': { type: 'test', dates: { kind: 'lastDays', days: 7 } } });

    await workbench.titleAction('Clear Filter');
    await expectMessage(workbench, '');
    assert.ok(!(await offeredCommands(workbench)).includes('Save Filter…'));
    await workbench.run('AIployees: Apply Saved Filter…');
    await expectItems(workbench, [['This week', 'test · last 7 days']]);
    await quick.choose('This week');
    await expectMessage(workbench, 'Showing test · last 7 days');

    // A filter with the same name replaces it only after a confirmation.
    await workbench.run('AIployees: Filter Conversations…');
    await quick.choose('AI Status');
    await quick.choose('AI Off');
    await expectTitle(workbench, 'Filter Conversations');
    await quick.choose('Done');
    const replaced = { 'This week': { type: 'test', dates: { kind: 'lastDays', days: 7 }, aiEnabled: false } };
    for (const button of ['Cancel', 'Replace']) {
      await workbench.run('AIployees: Save Filter…');
      await expectTitle(workbench, 'Save Filter');
      await quick.submit('This week');
      await quick.choose('This Workspace');
      await dialogPress(workbench, button);
      if (button === 'Cancel') assert.notDeepEqual(await readShared(), replaced);
    }
    await expect(async () => expect(await readShared()).toStrictEqual(replaced)).toPass();

    await workbench.run('AIployees: Filter Conversations…');
    await quick.choose('Saved Filters…');
    await expectItems(workbench, [['This week', 'test · last 7 days · AI off']]);
    await rowButton(workbench, 'This week', 'Rename');
    await expectTitle(workbench, 'Rename Saved Filter');
    await quick.submit('Off this week');
    await expectItems(workbench, [['Off this week', 'test · last 7 days · AI off']]);
    await rowButton(workbench, 'Off this week', 'Delete');
    await dialogPress(workbench, 'Delete');
    await expect(async () => expect(await readShared()).toBeUndefined()).toPass();
    await expect.poll(() => offeredCommands(workbench)).not.toContain('Apply Saved Filter…');
  });

  test('are saved in the user settings too, and listed after those of the workspace', async ({ workbench, window }) => {
    await showConversations(workbench);
    await filterTestOfSevenDays(workbench);
    await workbench.quick.choose('Save Filter…');
    await expectTitle(workbench, 'Save Filter');
    await workbench.quick.submit('Mine');
    await workbench.quick.choose('Only for Me');
    await expectStatusBarText(workbench, 'Filter saved');
    await assert.rejects(folder.read(settingsFile));
    await folder.write(settingsFile, JSON.stringify({ [setting]: { Ours: { aiEnabled: false } } }));
    await window.reload();
    await workbench.openContainer();
    await workbench.run('AIployees: Apply Saved Filter…');
    await expectItems(workbench, [
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
    await workbench.run('AIployees: Apply Saved Filter…');
    await expectItems(workbench, [
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
    await expectMessage(workbench, 'Showing test · Theirs');
    await notifications.read("The filter uses the assistant Theirs, which this account doesn't have.");
    await notifications.press('The filter uses the assistant Theirs', 'Remove Assistant from Filter');
    await expectMessage(workbench, 'Showing test');
  });
});
