import assert from 'node:assert/strict';
import { hashLabelKey } from '../../src/core/view/annotations';
import type { SampleConversation } from '../../src/sample/wire';
import type { Workbench } from '../support/workbench/workbench';
import { chooseSubmenuItem } from '../support/workbench/menu';
import { expectStatusBarText } from '../support/ui/conversationsView';
import { connect, waitForPage, person, waitForTranscript } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import type { TestFolder } from '../support/ui/testFolder';
import { offeredCommands } from '../support/ui/palette';
import { refocus } from '../support/ui/windowFocus';

const file = '.aiployees/labels.json';

interface LabelsFile {
  readonly version: number;
  readonly labels: Readonly<Record<string, { readonly label?: string; readonly note?: string }>>;
}

test.describe('Labels and notes', () => {
  test.use({ sample: 'empty', reuseWindow: true, folder: async ({ workspace }, use) => use(workspace.path) });
  let folder: TestFolder;
  let origin: string;
  let ada: SampleConversation;
  let bea: SampleConversation;
  let cleo: SampleConversation;
  test.beforeEach(async ({ server, workspace }) => {
    folder = workspace;
    origin = new URL(server.url).origin;
    const ago = (hours: number) => ({ createdAt: Date.now() - hours * 3_600_000 });
    ada = person(server, 'Ada', { aiEnabled: false, ...ago(3) });
    bea = person(server, 'Bea', ago(2));
    cleo = person(server, 'Cleo', ago(1));
  });

  const keyOf = ({ id }: SampleConversation): string => hashLabelKey(origin, id);
  const readLabels = async (): Promise<LabelsFile['labels']> =>
    (JSON.parse(await folder.read(file)) as LabelsFile).labels;
  const expectLabels = (labels: LabelsFile['labels']): Promise<void> =>
    expect(async () => expect(await readLabels()).toStrictEqual(labels)).toPass();
  const expectIcon = ({ tree }: Workbench, label: string, icon: string): Promise<void> =>
    expect.poll(async () => (await tree.read(label)).icon).toBe(icon);
  const expectPeople = ({ tree }: Workbench, names: readonly string[]): Promise<void> =>
    expect
      .poll(async () => (await tree.rows()).filter(({ level }) => level === 3).map(({ label }) => label))
      .toStrictEqual(names);
  const filterBy = async (workbench: Workbench, choice: string): Promise<void> => {
    await workbench.run('AIployees: Filter Conversations…');
    await workbench.quick.choose('Label or Note');
    await workbench.quick.choose(choice);
    await workbench.quick.choose('Done');
  };

  test('are set from menu and palette for several rows, shown on the rows, and stored without customer data', async ({
    workbench,
  }) => {
    const { tree, quick } = workbench;
    await connect(workbench, 'Clinic Desk');
    await tree.click('Ada');
    await waitForTranscript(workbench, ada);
    const offered = await offeredCommands(workbench);
    assert.ok(offered.includes('Label Conversation…') && offered.includes('Edit Note'), offered.join());
    await tree.click('Bea', 'Control');
    await workbench.run('AIployees: Label Conversation…');
    await expect.poll(async () => (await quick.readState()).title).toBe('Label 2 Conversations');
    assert.equal((await quick.rows()).find(({ label }) => label === 'No Label')?.description, 'current');
    await quick.choose('Bad');
    await expectStatusBarText(workbench, 'Labeled 2 conversations: Bad');
    await expectIcon(workbench, 'Ada', 'thumbsdown');
    await expectIcon(workbench, 'Bea', 'thumbsdown');
    assert.match((await tree.read('Ada')).description, /AI off$/);
    assert.match((await tree.read('Ada')).ariaLabel, /labeled bad/);

    await tree.click('Cleo');
    await tree.row('Cleo').click({ button: 'right' });
    await chooseSubmenuItem(workbench.page, 'Label', 'Label as Good');
    await expectIcon(workbench, 'Cleo', 'thumbsup');
    await expectLabels({
      [keyOf(ada)]: { label: 'bad' },
      [keyOf(bea)]: { label: 'bad' },
      [keyOf(cleo)]: { label: 'good' },
    });
    const text = await folder.read(file);
    for (const secret of [ada, bea, cleo].flatMap(({ id, customer }) => [
      id,
      id.slice(0, 8),
      customer?.name,
      customer?.phone,
    ])) {
      assert.ok(secret && !text.includes(secret), text);
    }
    assert.deepEqual(await folder.files('.aiployees'), ['labels.json']);

    await tree.click('Bea');
    await workbench.run('AIployees: Label Conversation…');
    await quick.choose('No Label');
    await expectLabels({ [keyOf(ada)]: { label: 'bad' }, [keyOf(cleo)]: { label: 'good' } });
    await expect.poll(async () => (await tree.read('Bea')).icon).not.toBe('thumbsdown');

    await workbench.run('AIployees: Search Transcripts…');
    await quick.type('Hello');
    await quick.accept();
    const readIcon = async (label: string): Promise<string> => (await workbench.results.read(label)).icon;
    await expect.poll(async () => [await readIcon('Ada'), await readIcon('Cleo')]).toEqual(['thumbsdown', 'thumbsup']);
    await workbench.results.row('Bea').click({ button: 'right' });
    await chooseSubmenuItem(workbench.page, 'Label', 'Label as Unsure');
    await expect.poll(() => readIcon('Bea')).toBe('question');
    assert.match((await workbench.results.read('Bea')).ariaLabel, /labeled unsure/);
  });

  test('are changed in the panel: labels by a click, notes in place, saved when the field loses the focus', async ({
    workbench,
  }) => {
    const { tree } = workbench;
    await connect(workbench, 'Clinic Desk');
    await tree.click('Ada');
    const frame = await waitForTranscript(workbench, ada);
    const bad = frame.getByRole('button', { name: 'Bad' });
    await bad.click();
    await expect.poll(() => bad.getAttribute('aria-pressed')).toBe('true');
    await frame.getByRole('button', { name: 'Add Note' }).click();
    const field = frame.getByRole('textbox', { name: 'Note' });
    await field.fill('wrong slot\n<b>twice</b>');
    // The note belongs to the conversation that it was typed for, although another one is visible now.
    await tree.click('Bea');
    const next = await waitForTranscript(workbench, bea);
    await next.getByRole('button', { name: 'Add Note' }).waitFor();
    await expectLabels({ [keyOf(ada)]: { label: 'bad', note: 'wrong slot\n<b>twice</b>' } });
    await expect.poll(async () => (await tree.read('Ada')).description).toMatch(/· "wrong slot <b>twice<\/b>"$/);
    assert.match(await tree.tooltip('Ada'), /Label:\s*Bad\s+Note:\s*wrong slot <b>twice<\/b>/);

    await tree.click('Ada');
    const again = await waitForTranscript(workbench, ada);
    await expect.poll(() => again.locator('.note-text').getAttribute('title')).toBe('wrong slot\n<b>twice</b>');
    await workbench.run('AIployees: Edit Note');
    const focused = again.locator('textarea:focus');
    await focused.waitFor();
    await focused.fill('never mind');
    await focused.press('Escape');
    await expect.poll(() => again.locator('.note-text').getAttribute('title')).toBe('wrong slot\n<b>twice</b>');
    await again.getByRole('button', { name: 'Edit Note' }).click();
    await again.getByRole('textbox', { name: 'Note' }).fill('right slot');
    await again.getByRole('textbox', { name: 'Note' }).press('Control+Enter');
    await expect.poll(() => again.locator('.note-text').innerText()).toBe('right slot');
    await again.getByRole('button', { name: 'Bad' }).click();
    await expectLabels({ [keyOf(ada)]: { note: 'right slot' } });

    // The text filter matches the note.
    await workbench.run('AIployees: Find Conversation…');
    await workbench.quick.type('right slot');
    await expect(async () => {
      const found = (await workbench.quick.rows()).find(({ label }) => label === 'Ada');
      assert.equal(found?.detail, 'Note: right slot');
    }).toPass();
  });

  test('filter the rows, and Next Conversation works from a row that was just filtered out', async ({ workbench }) => {
    const { tree } = workbench;
    await connect(workbench, 'Clinic Desk');
    await filterBy(workbench, 'Not Labeled');
    await expectPeople(workbench, ['Cleo', 'Bea', 'Ada']);
    await expect.poll(() => workbench.viewMessage()).toBe('Showing not labeled');
    await tree.click('Bea');
    const frame = await waitForTranscript(workbench, bea);
    await frame.getByRole('button', { name: 'Unsure' }).click();
    await expectPeople(workbench, ['Cleo', 'Ada']);
    await workbench.run('AIployees: Next Conversation');
    await waitForPage(workbench, ada);

    await filterBy(workbench, 'Unsure');
    await expectPeople(workbench, ['Bea']);
    await filterBy(workbench, 'Bad');
    await expect
      .poll(async () => (await tree.rows()).some(({ label }) => label.startsWith('No matches for labeled bad')))
      .toBe(true);
  });

  test('follow changes of the file by other programs, also after a reload', async ({ workbench, window }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await (await waitForTranscript(workbench, ada)).getByRole('button', { name: 'Bad' }).click();
    await expectIcon(workbench, 'Ada', 'thumbsdown');
    const unknownKey = 'f'.repeat(64);
    const outside = (label: string): string =>
      JSON.stringify({
        version: 1,
        labels: { [unknownKey]: { label: 'good', by: 'a newer version' }, [keyOf(ada)]: { label } },
      });
    await folder.write(file, outside('good'));
    await refocus(workbench);
    await expectIcon(workbench, 'Ada', 'thumbsup');
    await folder.write(file, outside('unsure'));
    await expectIcon(workbench, 'Ada', 'question');
    await window.reload();
    await workbench.openContainer();
    await workbench.tree.expand('Clinic Desk');
    await expectIcon(workbench, 'Ada', 'question');
    await workbench.tree.click('Bea');
    await (await waitForTranscript(workbench, bea)).getByRole('button', { name: 'Good' }).click();
    await expectLabels({
      [unknownKey]: { label: 'good', by: 'a newer version' } as object,
      [keyOf(ada)]: { label: 'unsure' },
      [keyOf(bea)]: { label: 'good' },
    });
  });

  test('report a broken file and leave it unchanged', async ({ workbench }) => {
    const { tree, notifications } = workbench;
    const broken = `{\n  "version": 1,\n<<<<<<< ours\n  "labels": {}\n`;
    await connect(workbench, 'Clinic Desk');
    await folder.write(file, broken);
    await refocus(workbench);
    const message = `${file} has a merge conflict on line 3.`;
    await notifications.read(message);
    await notifications.clear();
    await tree.click('Ada');
    const frame = await waitForTranscript(workbench, ada);
    await frame.getByRole('button', { name: 'Good' }).click();
    await notifications.read(`Not saved. ${message}`);
    assert.equal(await frame.getByRole('button', { name: 'Good' }).getAttribute('aria-pressed'), 'false');
    assert.equal((await tree.read('Ada')).icon, 'circle-slash');
    assert.equal(await folder.read(file), broken);
    await notifications.press(`Not saved. ${message}`, 'Open File');
    await expect.poll(() => workbench.editorText()).toMatch(/<<<<<<< ours/);
    await folder.write(file, '{"version": 1, "labels": {}}');
    await tree.click('Ada');
    const again = await waitForTranscript(workbench, ada);
    await again.getByRole('button', { name: 'Good' }).click();
    await expectIcon(workbench, 'Ada', 'thumbsup');
  });

  test("keep the typed text visible if the file can't be written, and save it when it can", async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    // A folder can't be created in place of a file.
    await folder.write('.aiployees', '');
    await workbench.tree.click('Ada');
    const frame = await waitForTranscript(workbench, ada);
    await frame.getByRole('button', { name: 'Add Note' }).click();
    const field = frame.getByRole('textbox', { name: 'Note' });
    await field.fill('not lost');
    await field.press('Control+Enter');
    await workbench.notifications.read(`Not saved. Couldn't write ${file}: part of the path is a file, not a folder.`);
    await frame.getByRole('alert').filter({ hasText: "Couldn't save" }).waitFor();
    await workbench.tree.click('Bea');
    await waitForTranscript(workbench, bea);
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    assert.equal(await field.inputValue(), 'not lost');
    await folder.delete('.aiployees');
    await field.press('Control+Enter');
    await expectLabels({ [keyOf(ada)]: { note: 'not lost' } });
  });
});

test.describe('Labels without a folder', () => {
  test.use({ sample: 'empty' });
  test.beforeEach(async ({ server }) => {
    person(server, 'Ada');
  });

  test("aren't offered", async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    const frame = await workbench.detailsFrame();
    await frame.locator('.turns').waitFor();
    assert.equal(await frame.locator('.annotations').isVisible(), false);
    const items = await workbench.tree.contextMenuItems('Ada');
    assert.ok(!items.includes('Label') && !items.includes('Edit Note'), items.join());
    const offered = await offeredCommands(workbench);
    assert.ok(!offered.includes('Label Conversation…') && !offered.includes('Edit Note'), offered.join());
  });
});
