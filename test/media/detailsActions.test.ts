import assert from 'node:assert/strict';
import { call, clinic, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

describe('details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  describe('copying', () => {
    it('sends a reference to the copied item, never its text', async () => {
      await suite.details.show({ row: conversation({ variables: { plan: 'gold' } }), transcript: clinic });
      await suite.details.page.getByRole('button', { name: 'Copy Conversation ID' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy the value of plan' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy Cost' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy the text of turn 2', exact: true }).click();
      await suite.details.page.locator('.call.failed > summary').click();
      await suite.details.page.getByRole('button', { name: 'Copy the result of book_slot' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy the arguments of book_slot' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy Tool Call' }).click();
      const message = { type: 'copy', id: conversation().id, transcript: 1 };
      assert.deepEqual(await suite.details.sentMessages(), [
        { ...message, what: { kind: 'id' } },
        { ...message, what: { kind: 'variable', name: 'plan' } },
        { ...message, what: { kind: 'fact', key: 'cost' } },
        { ...message, what: { kind: 'message', turn: 1 } },
        { ...message, what: { kind: 'call', turn: 4, call: 0, part: 'result' } },
        { ...message, what: { kind: 'call', turn: 4, call: 0, part: 'arguments' } },
        { ...message, what: { kind: 'call', turn: 4, call: 0, part: 'whole' } },
      ]);
    });

    it('is confirmed by an icon and announced', async () => {
      await suite.details.show({ row: conversation() });
      const button = suite.details.page.getByRole('button', { name: 'Copy Conversation ID' });
      await button.click();
      await suite.details.post({ type: 'copied', ok: true });
      assert.equal(await suite.details.announcement(), 'Copied');
      assert.equal(await button.locator('.check').count(), 1);
      await suite.details.post({ type: 'copied', ok: false });
      assert.equal(await suite.details.announcement(), "Couldn't copy");
    });

    describe('with the keyboard', () => {
      const copiesId = [{ type: 'copy', what: { kind: 'id' }, id: conversation().id, transcript: 1 }];
      const composer = { draft: 'A draft', number: 0, sending: false };
      beforeEach(() => suite.details.show({ row: conversation(), transcript: clinic, composer }));

      for (const key of ['Control+c', 'c']) {
        it(`copies the conversation's ID with ${key} if nothing is selected`, async () => {
          await suite.details.page.locator('h1').click();
          await suite.details.page.keyboard.press(key);
          assert.deepEqual(await suite.details.sentMessages(), copiesId);
          await suite.details.post({ type: 'copied', ok: true });
          assert.equal(await suite.details.page.locator('.id .check').count(), 1);
        });
      }

      it("copies the conversation's ID if VS Code runs its own copy command in the page", async () => {
        await suite.details.page.evaluate(() => document.execCommand('copy'));
        assert.deepEqual(await suite.details.sentMessages(), copiesId);
      });

      it('copies the selection with Ctrl+C if there is one', async () => {
        await suite.details.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        await suite.details.page.locator('h1').selectText();
        await suite.details.page.keyboard.press('Control+c');
        assert.deepEqual(await suite.details.sentMessages(), []);
        assert.equal(await suite.details.page.evaluate(() => navigator.clipboard.readText()), await suite.text('h1'));
      });

      it('sends nothing for Ctrl+C in a text field', async () => {
        await suite.details.page.getByRole('textbox').click();
        await suite.details.page.keyboard.press('Control+c');
        await suite.details.page.keyboard.press('Control+a');
        await suite.details.page.keyboard.press('Control+c');
        assert.deepEqual(await suite.details.sentMessages(), []);
      });
    });
  });

  describe('states', () => {
    it('shows the loading state without a flash, and keeps a transcript in place while it reloads', async () => {
      await suite.details.show({ row: conversation(), busy: true });
      assert.equal(await suite.text('.loading'), 'Loading…');
      const delay = await suite.details.page
        .locator('.loading')
        .evaluate((element) => getComputedStyle(element).animationDelay);
      assert.equal(delay, '0.4s');
      await suite.details.show({ row: conversation(), transcript: clinic });
      assert.equal(await suite.details.page.locator('.loading').isHidden(), true);
      await suite.details.show({ row: conversation(), transcript: clinic, busy: true });
      assert.equal(await suite.details.page.locator('.loading').isHidden(), true);
      assert.equal(await suite.details.page.locator('.progress').isVisible(), true);
      assert.equal(await suite.details.page.locator('.transcript').getAttribute('aria-busy'), 'true');
      assert.equal(await suite.details.page.locator('.turn').count(), clinic.turns.length);
    });

    it('shows a failure as an alert with actions', async () => {
      const actions = [
        { action: 'retry', label: 'Retry' },
        { action: 'showLog', label: 'Show Log' },
      ] as const;
      await suite.details.show({
        row: conversation(),
        notices: [{ severity: 'error', message: 'The server failed (500).', actions }],
      });
      assert.equal(await suite.text('[role=alert] p'), 'The server failed (500).');
      await suite.details.page.getByRole('button', { name: 'Retry' }).click();
      await suite.details.page.getByRole('button', { name: 'Show Log' }).click();
      assert.deepEqual(await suite.details.sentMessages(), [
        { type: 'action', action: 'retry' },
        { type: 'action', action: 'showLog' },
      ]);
    });

    it('keeps the transcript after a failed reload', async () => {
      await suite.details.show({ row: conversation(), transcript: clinic });
      const notices = [{ severity: 'error', message: 'No.', actions: [] }] as const;
      await suite.details.show({ row: conversation(), number: 1, notices });
      assert.equal(await suite.details.page.locator('.turn').count(), clinic.turns.length);
    });

    it('shows a message for an empty transcript', async () => {
      await suite.details.show({ row: conversation(), transcript: transcript([]) });
      assert.equal(await suite.text('.transcript .quiet'), 'This conversation has no messages.');
    });
  });

  describe('keyboard', () => {
    beforeEach(() => suite.details.show({ row: conversation(), transcript: clinic }));
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await suite.details.page.keyboard.press(key);
    };

    it('moves between turns with J and K, and announces the end', async () => {
      await press('j');
      assert.equal(await suite.focusedId(), 'turn-1');
      await press('j', 'j', 'k');
      assert.equal(await suite.focusedId(), 'turn-2');
      await press('k', 'k');
      assert.equal(await suite.focusedId(), 'turn-1');
      assert.equal(await suite.details.announcement(), 'No more turns');
    });

    it('compares few elements, even with many turns', async () => {
      const turns = Array.from({ length: 1000 }, (_, index) =>
        turn(index % 2 === 0 ? 'assistant' : 'user', `Line ${index + 1}.`),
      );
      await suite.details.show({ row: conversation(), transcript: transcript(turns), number: 2 });
      await suite.details.page.locator('#turn-1000').focus();
      await suite.details.page.evaluate(() => {
        const counter = window as unknown as { comparisons: number };
        counter.comparisons = 0;
        const compare = Reflect.get(Node.prototype, 'compareDocumentPosition');
        Node.prototype.compareDocumentPosition = function (other) {
          counter.comparisons += 1;
          return compare.call(this, other);
        };
      });
      await press('k', 'k', 'j');
      assert.equal(await suite.focusedId(), 'turn-999');
      const comparisons = await suite.details.page.evaluate(
        () => (window as unknown as { comparisons: number }).comparisons,
      );
      assert.ok(comparisons <= 60, `${comparisons} elements were compared`);
    });

    it('moves to the next tool call with F and to the next failure with E', async () => {
      await press('f');
      assert.match(await suite.focusedText(), /find_slots/);
      await press('f');
      assert.match(await suite.focusedText(), /read_profile/);
      await press('j');
      assert.equal(await suite.focusedId(), 'turn-4');
      await press('e');
      assert.match(await suite.focusedText(), /book_slot/);
      await press('e');
      assert.equal(await suite.details.announcement(), 'No more failed tool calls');
    });

    it('opens the focused tool call with Enter', async () => {
      await press('e', 'Enter');
      assert.equal(await suite.details.page.locator('.call.failed[open]').count(), 1);
    });

    it('lists the shortcuts with ?, and restores the focus with Escape', async () => {
      await press('j', '?');
      assert.equal(await suite.details.page.locator('dialog[open] dt').count(), 13);
      await press('j');
      await press('Escape');
      assert.equal(await suite.details.page.locator('dialog[open]').count(), 0);
      assert.equal(await suite.focusedId(), 'turn-1');
    });

    it("ignores VS Code's keybindings", async () => {
      await press('Control+j', 'Alt+f', 'Meta+e');
      assert.equal(await suite.focusedId(), '');
    });

    it('reaches every button and card with Tab, each with a name', async () => {
      const names: string[] = [];
      for (let step = 0; step < 60; step += 1) {
        await press('Tab');
        const name = await suite.details.page.evaluate(() => {
          const focused = document.activeElement;
          if (focused === null || focused === document.body) return undefined;
          return focused.getAttribute('aria-label') ?? focused.textContent;
        });
        if (name === undefined) break;
        names.push(name ?? '');
      }
      const all = await suite.details.page
        .locator(':is(header, main) :is(button, summary, a)')
        .filter({ visible: true })
        .count();
      assert.equal(names.length, all);
      assert.equal(names.includes(''), false);
    });
  });

  describe('position', () => {
    const long = transcript(
      Array.from({ length: 60 }, (_, index) => turn('user', `Turn ${index}`, call('f', { index }, 'ok'))),
    );
    const row = conversation();

    it('is restored with the open cards after the window reloads, without storing the transcript', async () => {
      await suite.details.show({ row, transcript: long });
      await suite.details.page.locator('#turn-3 .call > summary').click();
      await suite.details.page.locator('#turn-3 .call-body').waitFor();
      await suite.details.page.evaluate(() => window.scrollTo(0, 900));
      await suite.details.page.waitForFunction(
        () => (window as unknown as { savedState: { scroll: number } }).savedState.scroll === 900,
      );
      const savedState = await suite.details.savedState();
      assert.deepEqual(savedState, {
        id: row.id,
        origin: 'https://call.example',
        kept: false,
        scroll: 900,
        open: ['2.0'],
        depth: 'turns',
        asSent: false,
        writing: false,
      });
      await suite.reopen({ savedState });
      await suite.details.show({ row, busy: true });
      await suite.details.show({ row, transcript: long });
      assert.equal(await suite.scrollTop(), 900);
      assert.equal(await suite.details.page.locator('#turn-3 .call[open] .call-body').count(), 1);
    });

    it('is unchanged when the same conversation is reloaded', async () => {
      await suite.details.show({ row, transcript: long });
      await suite.details.page.locator('#turn-3 .call > summary').click();
      await suite.details.page.locator('#turn-3 .call-body').waitFor();
      await suite.details.page.evaluate(() => window.scrollTo(0, 700));
      await suite.details.show({ row, transcript: long, number: 2 });
      assert.equal(await suite.scrollTop(), 700);
      assert.equal(await suite.details.page.locator('.call[open]').count(), 1);
    });

    it('is the top for another conversation, without open cards', async () => {
      await suite.details.show({ row, transcript: long });
      await suite.details.page.locator('#turn-3 .call > summary').click();
      await suite.details.page.locator('#turn-3 .call-body').waitFor();
      await suite.details.page.evaluate(() => window.scrollTo(0, 700));
      const other = conversation({ id: 'another' });
      await suite.details.show({ row: other, busy: true });
      assert.equal(await suite.details.page.locator('.turn').count(), 0);
      await suite.details.show({ row: other, transcript: long, number: 2 });
      assert.equal(await suite.scrollTop(), 0);
      assert.equal(await suite.details.page.locator('.call[open]').count(), 0);
    });
  });
});
