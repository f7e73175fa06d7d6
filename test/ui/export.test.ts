import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workbench } from '../support/workbench/workbench';
import { applyFilterLine, showConversations } from '../support/ui/conversationsView';
import { person, transcriptPath } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';

type Made = ReturnType<typeof person>;

interface Written {
  readonly about: { readonly covers: string; readonly filter: string | null; readonly masked: readonly string[] };
  readonly conversations: readonly {
    readonly conversation: { readonly id: string };
    readonly transcript?: { readonly history: readonly unknown[] };
  }[];
  readonly summary: { readonly conversations: number; readonly complete: boolean; readonly missed: readonly string[] };
}

test.describe('Export Conversations…', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let folder: string;
  let made: Record<'ada' | 'bea' | 'cleo', Made>;

  test.beforeEach(async ({ server }) => {
    folder = await mkdtemp(join(tmpdir(), 'aiployees-export-'));
    const at = (ago: number): number => Date.now() - ago * 60_000;
    made = {
      ada: person(server, 'Ada', { createdAt: at(1), customer: { name: 'Ada', phone: '+49 170 1234567' } }),
      bea: person(server, 'Bea', {
        createdAt: at(2),
        history: [{ role: 'user', content: '=1+1, "quoted"\nsecond line' }],
      }),
      cleo: person(server, 'Cleo', { createdAt: at(3) }),
    };
  });
  test.afterEach(async ({ server }) => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function begin(workbench: Workbench): Promise<void> {
    await showConversations(workbench);
    await workbench.tree.read('Ada');
  }

  interface Answers {
    readonly covers?: string;
    readonly format: string;
    readonly transcripts: boolean;
    readonly mask?: readonly string[];
  }

  /** Goes through the steps up to VS Code's file dialog. */
  async function order(
    workbench: Workbench,
    { covers, format, transcripts, mask = [] }: Answers,
    file: string,
  ): Promise<void> {
    const { quick } = workbench;
    await workbench.run('AIployees: Export Conversations…');
    if (covers !== undefined) await quick.choose(covers);
    await quick.choose(format);
    await quick.choose(transcripts ? 'With transcripts' : 'Without transcripts');
    await quick.row('Mask Phone Numbers').waitFor();
    for (const label of mask) await quick.choose(label);
    await quick.accept();
    await saveAs(workbench, file);
  }

  /** Enters a file in VS Code's file dialog. */
  async function saveAs({ quick }: Workbench, file: string): Promise<void> {
    await expect.poll(async () => (await quick.readState()).value).toMatch(/conversations-\d{4}-\d\d-\d\d\.\w+$/);
    await quick.type(join(folder, file));
    let attempts = 0;
    // The dialog ignores keys while it reads the folder, and can miss a path that is entered during that time.
    await expect(async () => {
      if (await quick.input.isVisible()) {
        attempts += 1;
        if (attempts > 1) await quick.type(`${folder}/`);
        if (attempts > 1) await quick.type(join(folder, file));
        await quick.accept();
      }
      await quick.widget.waitFor({ state: 'hidden', timeout: 2000 });
    }).toPass();
  }

  const read = async (file: string): Promise<Written> =>
    JSON.parse(await readFile(join(folder, file), 'utf8')) as Written;
  const idsIn = ({ conversations }: Written): string[] =>
    conversations.map(({ conversation }) => conversation.id).sort();
  const ids = (...all: readonly Made[]): string[] => all.map(({ id }) => id).sort();

  test('exports all or the filtered conversations with their transcripts, after an estimate of the time', async ({
    workbench,
  }) => {
    await begin(workbench);
    await workbench.run('AIployees: Export Conversations…');
    await workbench.quick.choose('JSON');
    await workbench.quick.row('With transcripts').waitFor();
    const details = (await workbench.quick.rows()).map(({ detail }) => detail);
    assert.deepEqual(
      details,
      Array.from({ length: 2 }, () => 'Takes less than a minute: 3 conversations at 40 requests per minute'),
    );
    await workbench.quick.cancel();

    await order(workbench, { format: 'JSON', transcripts: true, mask: ['Mask Phone Numbers'] }, 'all.json');
    await workbench.notifications.read('Exported 3 conversations to all.json.');
    const all = await read('all.json');
    assert.deepEqual(
      [idsIn(all), all.summary.complete, all.about.masked],
      [ids(made.ada, made.bea, made.cleo), true, ['phones']],
    );
    assert.ok(all.conversations.every(({ transcript }) => transcript?.history.length === 1));
    const text = await readFile(join(folder, 'all.json'), 'utf8');
    assert.ok(!text.includes('1234567') && text.includes('…67'));
    await workbench.notifications.clear();

    await applyFilterLine(workbench, 'bea');
    await order(workbench, { format: 'CSV', transcripts: true }, 'bea.csv');
    await workbench.notifications.read('Exported 1 conversation to bea.csv.');
    const csv = await readFile(join(folder, 'bea.csv'), 'utf8');
    assert.match(csv, /^\ufeffid,type,[\w,]+,transcript,transcript_missed\r\n/);
    assert.ok(csv.includes(`\r\n${made.bea.id},test,`) && csv.includes('"user: =1+1, ""quoted""\nsecond line"'));
    assert.match(
      csv,
      /\r\n"?# Exported from 127\.0\.0\.1:\d+ on [^\r\n]* · Includes all conversations that match the filter: "+bea"+ · With transcripts · 1 conversation · Nothing is missing\./,
    );
    assert.deepEqual((await readdir(folder)).sort(), ['all.json', 'bea.csv']);
  });

  test('exports the selected conversations as JSON Lines and Markdown, and opens the file', async ({ workbench }) => {
    await begin(workbench);
    await workbench.tree.click('Cleo');
    await workbench.tree.click('Ada', 'Control');
    await workbench.moreAction('Export Conversations…');
    await expect.poll(async () => (await workbench.quick.rows())[0]?.label ?? '').toMatch(/^Selected/);
    assert.match((await workbench.quick.rows())[0]?.description ?? '', /^2 /);
    await workbench.quick.cancel();
    await order(workbench, { covers: 'Selected Conversations', format: 'JSON Lines', transcripts: false }, 'two.jsonl');
    await workbench.notifications.read('Exported 2 conversations to two.jsonl.');
    const lines = (await readFile(join(folder, 'two.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Partial<Written['conversations'][number]>);
    assert.equal(lines.length, 4);
    assert.deepEqual(
      lines
        .slice(1, 3)
        .map(({ conversation }) => conversation?.id)
        .sort(),
      ids(made.ada, made.cleo),
    );
    await workbench.notifications.clear();
    await order(
      workbench,
      { covers: 'Selected Conversations', format: 'Markdown', transcripts: true, mask: ['Mask Conversation IDs'] },
      'two.md',
    );
    await workbench.notifications.press('Exported 2 conversations to two.md.', 'Open');
    await workbench.page.locator('.part.editor .tab.active[data-resource-name="two.md"]').waitFor();
    const text = await readFile(join(folder, 'two.md'), 'utf8');
    assert.ok(text.includes('> Hello Ada.') && text.includes('> Hello Cleo.') && !text.includes(made.ada.id));
  });

  test('leaves no file if it is canceled', async ({ server, workbench }) => {
    await begin(workbench);
    const gate = server.hold(transcriptPath(made.bea));
    await order(workbench, { format: 'JSON', transcripts: true }, 'stopped.json');
    await gate.waitForRequests();
    assert.match((await readdir(folder)).join(), /^\.stopped\.json\.[0-9a-f]+\.part$/);
    await workbench.notifications.press(/Exporting conversations/, 'Cancel');
    await expect.poll(() => readdir(folder)).toEqual([]);
    gate.release();
  });

  test('leaves no file if the window is reloaded during the export', async ({ server, workbench, window }) => {
    await begin(workbench);
    const gate = server.hold(transcriptPath(made.bea));
    await order(workbench, { format: 'JSON', transcripts: true }, 'reloaded.json');
    await gate.waitForRequests();
    assert.match((await readdir(folder)).join(), /^\.reloaded\.json\.[0-9a-f]+\.part$/);
    await window.reload();
    await expect.poll(() => readdir(folder)).toEqual([]);
    gate.release();
    await workbench.tree.read('Ada');
  });

  test("reports why the file couldn't be written, and saves the export elsewhere", async ({ server, workbench }) => {
    await begin(workbench);
    const gate = server.hold(transcriptPath(made.bea));
    await order(workbench, { format: 'JSON', transcripts: true }, 'taken.json');
    await gate.waitForRequests();
    // A root user can write anywhere, but a file can't replace a folder.
    await mkdir(join(folder, 'taken.json', 'inside'), { recursive: true });
    gate.release();
    await workbench.notifications.press(
      "Couldn't write taken.json: a folder with this name already exists.",
      'Save As…',
    );
    assert.deepEqual(await readdir(folder), ['taken.json']);
    await saveAs(workbench, 'elsewhere.json');
    await workbench.notifications.read('Exported 3 conversations to elsewhere.json.');
    assert.deepEqual(idsIn(await read('elsewhere.json')), ids(made.ada, made.bea, made.cleo));
  });

  test('asks whether to save the partial export or to retry if the server fails', async ({ server, workbench }) => {
    await begin(workbench);
    // The server lists the conversation that was added first last.
    server.failNext({ match: transcriptPath(made.ada), status: 401 });
    await order(workbench, { format: 'JSON', transcripts: true }, 'kept.json');
    await workbench.notifications.press('The server rejected this API key.', 'Save Partial Export');
    const notification = await workbench.notifications.read(
      /^Exported 2 conversations to kept\.json\. The export is incomplete/,
    );
    assert.equal(notification.severity, 'warning');
    const exported = await read('kept.json');
    assert.deepEqual([exported.conversations.length, exported.summary.complete], [2, false]);
    await workbench.notifications.clear();

    server.failNext({ match: transcriptPath(made.ada), status: 401 });
    await order(workbench, { format: 'JSON', transcripts: true }, 'whole.json');
    await workbench.notifications.press('The server rejected this API key.', 'Retry');
    await workbench.notifications.read('Exported 3 conversations to whole.json.');
    assert.equal((await read('whole.json')).summary.complete, true);
    await workbench.notifications.clear();

    server.failNext({ match: transcriptPath(made.ada), status: 404 });
    await order(workbench, { format: 'JSON', transcripts: true }, 'missed.json');
    await workbench.notifications.read("Exported 3 conversations to missed.json. 1 transcript couldn't be loaded.");
    assert.deepEqual((await read('missed.json')).summary.missed, ["1 transcript couldn't be loaded."]);
  });
});
