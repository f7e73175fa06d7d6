import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import type { SampleServer } from '../support/sampleServer';
import { applyFilterLine, showConversations } from '../support/ui/conversationsView';
import { person, timesRead, transcriptPath, waitForTranscript } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import { offeredCommands } from '../support/ui/palette';

type Made = ReturnType<typeof person>;
const isTranscript = /^\/conversations\//;
const minute = 60_000;

test.describe('Search Transcripts…', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let made: Record<'ada' | 'bea' | 'noor' | 'zoe', Made>;

  test.beforeEach(async ({ server }) => {
    const at = (ago: number): number => Date.now() - ago * minute;
    const long = Array.from({ length: 40 }, (_, index) => ({
      role: index % 2 === 0 ? 'assistant' : 'user',
      content: `Line ${index + 1}.`,
    }));
    made = {
      ada: person(server, 'Ada', {
        createdAt: at(1),
        variables: { plan: 'Refundable' },
        history: [
          ...long,
          {
            role: 'assistant',
            content: 'One moment.',
            function_calls: [
              { name: 'find_refund', arguments: { invoice: 'F-5521' }, result: '{"state":"refund pending"}' },
            ],
          },
        ],
      }),
      bea: person(server, 'Bea', {
        createdAt: at(2),
        history: [{ role: 'user', content: 'I want a REFUND, please. Order 1234 and 567.' }],
      }),
      noor: person(server, 'Noor', {
        createdAt: at(3),
        history: [{ role: 'user', content: 'مَرْحَبًا، أريد استرداد المبلغ 🙂' }],
      }),
      zoe: person(server, 'Zoe', {
        createdAt: at(4),
        history: [{ role: 'user', content: 'Is the cafe\u0301 open? 北京见' }],
      }),
    };
  });

  async function begin(workbench: Workbench, server: SampleServer): Promise<void> {
    await showConversations(workbench);
    await workbench.tree.read('Ada');
    server.forgetRequests();
  }

  async function search(workbench: Workbench, text: string, as?: 'Regular Expression' | 'Text'): Promise<void> {
    await workbench.run('AIployees: Search Transcripts…');
    await workbench.quick.type(text);
    if (as !== undefined)
      await workbench.quick.widget
        .getByRole('button', { name: as === 'Text' ? 'Use Plain Text' : 'Use Regular Expression' })
        .click();
    await workbench.quick.accept();
    // The results take the focus when they arrive, so wait for them.
    await workbench.results.hasFocus();
  }

  const expectMessage = (workbench: Workbench, text: string | RegExp): Promise<void> =>
    expect(async () => {
      const message = await workbench.resultsMessage();
      if (typeof text === 'string') assert.equal(message, text);
      else assert.match(message, text);
    }).toPass();

  async function expectResults(
    workbench: Workbench,
    rows: readonly (readonly [label: string, description: string])[],
  ): Promise<void> {
    await expect(async () => {
      const shown = (await workbench.results.rows()).filter(
        ({ label }) => label !== 'Load More' && label !== 'Continue',
      );
      assert.deepEqual(
        shown.map(({ label, description }) => [label, description.replace(/ · (?:now|\d+m)$/, '')]),
        rows,
      );
    }).toPass();
  }

  const expectContinue = (workbench: Workbench, text: string): Promise<void> =>
    expect.poll(async () => (await workbench.results.read('Continue')).description).toBe(text);

  const transcriptsRead = (server: SampleServer): number =>
    server.requests.filter(({ path }) => isTranscript.test(path)).length;

  test('finds text in every part of a conversation in any spelling, and loads unchanged transcripts once', async ({
    server,
    workbench,
  }) => {
    await begin(workbench, server);
    await search(workbench, 'refund');
    await expectResults(workbench, [
      ['Ada', '3 matches'],
      ['plan: Refundable', 'variables'],
      ['find_refund', 'turn 41 · tool name'],
      ['state: refund pending', 'turn 41 · find_refund · result'],
      ['Bea', '1 match'],
      ['I want a REFUND, please. Order 1234 and 567.', 'turn 1 · user'],
    ]);
    await expectMessage(workbench, '4 matches in 2 conversations · all 4 searched · more not loaded');
    assert.equal(transcriptsRead(server), 4);
    const marked = workbench.results.row(/REFUND/).locator('.highlight');
    assert.deepEqual(await marked.allInnerTexts(), ['REFUND']);

    await search(workbench, 'f-5521');
    await expectResults(workbench, [
      ['Ada', '1 match'],
      ['invoice: F-5521', 'turn 41 · find_refund · arguments'],
    ]);
    await search(workbench, 'مرحبا');
    await expectResults(workbench, [
      ['Noor', '1 match'],
      ['مَرْحَبًا، أريد استرداد المبلغ 🙂', 'turn 1 · user'],
    ]);
    await search(workbench, '🙂');
    await expectResults(workbench, [
      ['Noor', '1 match'],
      ['…استرداد المبلغ 🙂', 'turn 1 · user'],
    ]);
    await search(workbench, 'CAFÉ  open');
    await expectResults(workbench, [
      ['Zoe', '1 match'],
      ['Is the cafe\u0301 open? 北京见', 'turn 1 · user'],
    ]);
    await search(workbench, '北京');
    await expectResults(workbench, [
      ['Zoe', '1 match'],
      ['…cafe\u0301 open? 北京见', 'turn 1 · user'],
    ]);
    await search(workbench, 'no such words');
    await expectMessage(workbench, 'No results found · all 4 searched · more not loaded');
    assert.equal(transcriptsRead(server), 4, 'what has not changed is not asked for again');

    server.updateConversation(made.bea.id, {
      updatedAt: Date.now() + minute,
      history: [{ role: 'user', content: 'No such words here.' }],
    });
    await workbench.run('AIployees: Refresh');
    await server.waitForResponses('/user/conversations');
    await expect(async () => {
      await search(workbench, 'no such words');
      await expectResults(workbench, [
        ['Bea', '1 match'],
        ['No such words here.', 'turn 1 · user'],
      ]);
    }).toPass();
    assert.deepEqual([timesRead(server, made.bea), transcriptsRead(server)], [2, 5]);
  });

  test('searches for a regular expression, validates it while the user types, and remembers the last one', async ({
    server,
    workbench,
  }) => {
    await begin(workbench, server);
    await search(workbench, String.raw`\b\d{4}\b`, 'Regular Expression');
    await expectResults(workbench, [
      ['Ada', '1 match'],
      ['invoice: F-5521', 'turn 41 · find_refund · arguments'],
      ['Bea', '1 match'],
      ['…please. Order 1234 and 567.', 'turn 1 · user'],
    ]);
    await workbench.run('AIployees: Search Transcripts…');
    await expect(async () => {
      const { title, value } = await workbench.quick.readState();
      assert.deepEqual([title, value], ['Search Transcripts: Regular Expression', String.raw`\b\d{4}\b`]);
    }).toPass();
    await workbench.quick.type('(refund');
    await expect
      .poll(async () => (await workbench.quick.readState()).message)
      .toMatch(/^Invalid regular expression: Unterminated group/);
    await workbench.quick.accept();
    await workbench.quick.type('caf\u00e9 open');
    await workbench.quick.accept();
    await expectResults(workbench, [
      ['Zoe', '1 match'],
      ['Is the café open? 北京见', 'turn 1 · user'],
    ]);

    server.addConversation({
      history: [{ role: 'user', content: `${'a'.repeat(60)}!` }],
      customer: { name: 'Slow', phone: '+49' },
    });
    await workbench.run('AIployees: Refresh');
    await workbench.tree.read('Slow');
    await search(workbench, '(a+)+$');
    await expectContinue(workbench, '1 conversation not searched: The regular expression took too long.');
    // The window remembers the last search mode.
    await search(workbench, 'no such words', 'Text');
  });

  test('opens the transcript at the match, with the card of the tool call expanded', async ({ server, workbench }) => {
    await begin(workbench, server);
    await search(workbench, 'refund');
    await workbench.results.click('state: refund pending');
    const frame = await waitForTranscript(workbench, made.ada);
    await frame.locator('#turn-41.arrived .call[open] .call-body').waitFor();
    await expect(async () => {
      const found = await frame.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String));
      assert.deepEqual(found, ['refund']);
      assert.ok((await frame.evaluate(() => window.scrollY)) > 0);
    }).toPass();
    assert.equal((await workbench.results.read('state: refund pending')).selected, true);

    await workbench.results.click('plan: Refundable');
    await frame.locator('.variables.arrived').waitFor();
    await workbench.results.focus();
    await workbench.press('End');
    await workbench.press('ArrowUp');
    await workbench.press('Enter');
    const bea = await waitForTranscript(workbench, made.bea);
    await bea.locator('#turn-1.arrived').waitFor();

    await workbench.writeClipboard('nothing copied');
    await workbench.results.focus();
    await workbench.press('Home');
    await workbench.press('Control+C');
    await expect.poll(() => workbench.readClipboard()).toBe(made.ada.id);
  });

  test('stops and continues, counts the unsearched conversations, and respects the filter', async ({
    server,
    workbench,
  }) => {
    await begin(workbench, server);
    const gate = server.hold(transcriptPath(made.noor));
    await search(workbench, 'refund');
    await gate.waitForRequests();
    await expectResults(workbench, [
      ['Ada', '3 matches'],
      ['plan: Refundable', 'variables'],
      ['find_refund', 'turn 41 · tool name'],
      ['state: refund pending', 'turn 41 · find_refund · result'],
      ['Bea', '1 match'],
      ['I want a REFUND, please. Order 1234 and 567.', 'turn 1 · user'],
    ]);
    await expectMessage(workbench, /^4 matches in 2 conversations · 3 of 4 searched/);
    await workbench.run('AIployees: Stop Search');
    await expectMessage(workbench, '4 matches in 2 conversations · 3 of 4 searched · more not loaded');
    await expectContinue(workbench, '1 conversation not searched: search stopped.');
    gate.release();
    await workbench.results.click('Continue');
    await expectMessage(workbench, /all 4 searched/);
    assert.equal(timesRead(server, made.ada), 1);

    await applyFilterLine(workbench, 'zoe');
    await search(workbench, 'o');
    await expectResults(workbench, [
      ['Zoe', '1 match'],
      ['Is the cafe\u0301 open? 北京见', 'turn 1 · user'],
    ]);
    await expectMessage(workbench, '1 match in 1 conversation · all 1 searched · more not loaded');
    await workbench.run('AIployees: Clear Search Results');
    await expect.poll(() => workbench.results.rows()).toEqual([]);
    await expect
      .poll(async () => (await offeredCommands(workbench)).filter((title) => title.includes('Search')))
      .toEqual(['Search Transcripts…']);
  });

  test("counts and loads conversations that aren't loaded, and opens a result while more are added", async ({
    server,
    workbench,
  }) => {
    await workbench.changeSettings({ 'aiployees.pageSize': 2 });
    await showConversations(workbench);
    await workbench.tree.read('Load More (2 of 4)');
    await workbench.run('AIployees: Filter Conversations…');
    await workbench.quick.choose('Type');
    await workbench.quick.choose('Test');
    await workbench.quick.choose('Done');
    await workbench.tree.read('Load More (2 of 4)');
    server.forgetRequests();
    await search(workbench, 'o');
    // The server lists the conversation that was added last first.
    await expectMessage(workbench, '1 match in 1 conversation · all 2 searched · 2 not loaded');
    const gate = server.hold(transcriptPath(made.ada));
    await workbench.results.focus();
    await workbench.press('End');
    await workbench.press('Enter');
    await gate.waitForRequests();
    await expectMessage(workbench, /· 3 of 4 searched$/);
    await workbench.results.click(/^Is the cafe/);
    await (await waitForTranscript(workbench, made.zoe)).locator('#turn-1.arrived').waitFor();
    gate.release();
    await expectMessage(workbench, /· all 4 searched$/);
    assert.deepEqual(
      [made.ada, made.bea, made.noor].map((each) => timesRead(server, each)),
      [1, 1, 1],
    );
  });

  test("reports why a transcript couldn't be searched, retries on request, and ends with the account", async ({
    server,
    workbench,
  }) => {
    await begin(workbench, server);
    server.failNext({ match: transcriptPath(made.bea), status: 404 });
    await search(workbench, 'refund');
    await expectContinue(
      workbench,
      '1 conversation not searched: Conversation not found (404), although the server may still list it.',
    );
    await expectMessage(workbench, '3 matches in 1 conversation · 3 of 4 searched · more not loaded');
    await workbench.results.click('Continue');
    await workbench.results.read('Bea');
    await expectMessage(workbench, '4 matches in 2 conversations · all 4 searched · more not loaded');
    await workbench.run('AIployees: Explore Sample Data');
    await expect.poll(() => workbench.resultsMessage()).toBe('');
    await workbench.tree.read('Test');
    assert.match(await workbench.viewTitle(), /Conversations/i);
  });
});
