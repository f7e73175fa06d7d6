import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { call, clinic, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

describe('what the page of the details panel does', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  describe('copying', () => {
    it('names what is to be copied, and never its text', async () => {
      await suite.details.show({ row: conversation({ variables: { plan: 'gold' } }), transcript: clinic });
      await suite.details.page.getByRole('button', { name: 'Copy Conversation ID' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy the value of plan' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy Cost' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy the text of turn 2', exact: true }).click();
      await suite.details.page.locator('.call.failed > summary').click();
      await suite.details.page.getByRole('button', { name: 'Copy the result of book_slot' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy the arguments of book_slot' }).click();
      await suite.details.page.getByRole('button', { name: 'Copy Tool Call' }).click();
      const place = { type: 'copy', id: conversation().id, transcript: 1 };
      assert.deepEqual(await suite.details.said(), [
        { ...place, what: { kind: 'id' } },
        { ...place, what: { kind: 'variable', name: 'plan' } },
        { ...place, what: { kind: 'fact', key: 'cost' } },
        { ...place, what: { kind: 'message', turn: 1 } },
        { ...place, what: { kind: 'call', turn: 4, call: 0, part: 'result' } },
        { ...place, what: { kind: 'call', turn: 4, call: 0, part: 'arguments' } },
        { ...place, what: { kind: 'call', turn: 4, call: 0, part: 'whole' } },
      ]);
    });

    it('is confirmed to the eye and to the ear', async () => {
      await suite.details.show({ row: conversation() });
      const button = suite.details.page.getByRole('button', { name: 'Copy Conversation ID' });
      await button.click();
      await suite.details.tell({ type: 'copied', ok: true });
      assert.equal(await suite.details.spoken(), 'Copied');
      assert.equal(await button.locator('.check').count(), 1);
      await suite.details.tell({ type: 'copied', ok: false });
      assert.equal(await suite.details.spoken(), "Couldn't copy");
    });

    describe('with the keyboard', () => {
      const copiesId = [{ type: 'copy', what: { kind: 'id' }, id: conversation().id, transcript: 1 }];
      const composer = { draft: 'A draft', number: 0, sending: false };
      beforeEach(() => suite.details.show({ row: conversation(), transcript: clinic, composer }));

      for (const key of ['Control+c', 'c']) {
        it(`copies the conversation's ID with ${key} if nothing is selected`, async () => {
          await suite.details.page.locator('h1').click();
          await suite.details.page.keyboard.press(key);
          assert.deepEqual(await suite.details.said(), copiesId);
          await suite.details.tell({ type: 'copied', ok: true });
          assert.equal(await suite.details.page.locator('.id .check').count(), 1);
        });
      }

      it("copies the conversation's ID if VS Code runs its own copy command in the page", async () => {
        await suite.details.page.evaluate(() => document.execCommand('copy'));
        assert.deepEqual(await suite.details.said(), copiesId);
      });

      it('copies the selection with Ctrl+C if there is one', async () => {
        await suite.details.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        await suite.details.page.locator('h1').selectText();
        await suite.details.page.keyboard.press('Control+c');
        assert.deepEqual(await suite.details.said(), []);
        assert.equal(await suite.details.page.evaluate(() => navigator.clipboard.readText()), await suite.text('h1'));
      });

      it('leaves Ctrl+C alone where something is written', async () => {
        await suite.details.page.getByRole('textbox').click();
        await suite.details.page.keyboard.press('Control+c');
        await suite.details.page.keyboard.press('Control+a');
        await suite.details.page.keyboard.press('Control+c');
        assert.deepEqual(await suite.details.said(), []);
      });
    });
  });

  describe('states', () => {
    it('loading says so, without a flash, and moves nothing where something is shown', async () => {
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

    it('failed is an alert with its actions', async () => {
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
      assert.deepEqual(await suite.details.said(), [
        { type: 'action', action: 'retry' },
        { type: 'action', action: 'showLog' },
      ]);
    });

    it('a failed reload keeps what was read', async () => {
      await suite.details.show({ row: conversation(), transcript: clinic });
      const notices = [{ severity: 'error', message: 'No.', actions: [] }] as const;
      await suite.details.show({ row: conversation(), number: 1, notices });
      assert.equal(await suite.details.page.locator('.turn').count(), clinic.turns.length);
    });

    it('an empty history is said', async () => {
      await suite.details.show({ row: conversation(), transcript: transcript([]) });
      assert.equal(await suite.text('.transcript .quiet'), 'This conversation has no messages.');
    });
  });

  describe('keys', () => {
    beforeEach(() => suite.details.show({ row: conversation(), transcript: clinic }));
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await suite.details.page.keyboard.press(key);
    };

    it('j and k go from turn to turn, and say where it ends', async () => {
      await press('j');
      assert.equal(await suite.focusedId(), 'turn-1');
      await press('j', 'j', 'k');
      assert.equal(await suite.focusedId(), 'turn-2');
      await press('k', 'k');
      assert.equal(await suite.focusedId(), 'turn-1');
      assert.equal(await suite.details.spoken(), 'No more turns');
    });

    it('compare few places, however many turns there are', async () => {
      const turns = Array.from({ length: 1000 }, (_, index) =>
        turn(index % 2 === 0 ? 'assistant' : 'user', `Line ${index + 1}.`),
      );
      await suite.details.show({ row: conversation(), transcript: transcript(turns), number: 2 });
      await suite.details.page.locator('#turn-1000').focus();
      await suite.details.page.evaluate(() => {
        const counted = window as unknown as { compared: number };
        counted.compared = 0;
        const compare = Reflect.get(Node.prototype, 'compareDocumentPosition');
        Node.prototype.compareDocumentPosition = function (other) {
          counted.compared += 1;
          return compare.call(this, other);
        };
      });
      await press('k', 'k', 'j');
      assert.equal(await suite.focusedId(), 'turn-999');
      const compared = await suite.details.page.evaluate(() => (window as unknown as { compared: number }).compared);
      assert.ok(compared <= 60, `${compared} places were compared`);
    });

    it('f goes to the next function call, e to the next failure', async () => {
      await press('f');
      assert.match(await suite.focusedText(), /find_slots/);
      await press('f');
      assert.match(await suite.focusedText(), /read_profile/);
      await press('j');
      assert.equal(await suite.focusedId(), 'turn-4');
      await press('e');
      assert.match(await suite.focusedText(), /book_slot/);
      await press('e');
      assert.equal(await suite.details.spoken(), 'No more failed tool calls');
    });

    it('Enter opens the call that has the focus', async () => {
      await press('e', 'Enter');
      assert.equal(await suite.details.page.locator('.call.failed[open]').count(), 1);
    });

    it('? lists them, Escape puts the list away and the focus back', async () => {
      await press('j', '?');
      assert.equal(await suite.details.page.locator('dialog[open] dt').count(), 12);
      await press('j');
      await press('Escape');
      assert.equal(await suite.details.page.locator('dialog[open]').count(), 0);
      assert.equal(await suite.focusedId(), 'turn-1');
    });

    it('leave VS Code its own', async () => {
      await press('Control+j', 'Alt+f', 'Meta+e');
      assert.equal(await suite.focusedId(), '');
    });

    it('Tab reaches every button and card, each with a name', async () => {
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
      const all = await suite.details.page.locator('main button, main summary, main a').count();
      assert.equal(names.length, all);
      assert.equal(names.includes(''), false);
    });
  });

  describe('coming back', () => {
    const long = transcript(
      Array.from({ length: 60 }, (_, index) => turn('user', `Turn ${index}`, call('f', { index }, 'ok'))),
    );
    const row = conversation();

    it('keeps scroll and open cards over a reload of the window, and nothing of what was said', async () => {
      await suite.details.show({ row, transcript: long });
      await suite.details.page.locator('#turn-3 .call > summary').click();
      await suite.details.page.locator('#turn-3 .call-body').waitFor();
      await suite.details.page.evaluate(() => window.scrollTo(0, 900));
      await suite.details.page.waitForFunction(
        () => (window as unknown as { kept: { scroll: number } }).kept.scroll === 900,
      );
      const kept = await suite.details.keptState();
      assert.deepEqual(kept, {
        id: row.id,
        origin: 'https://call.example',
        kept: false,
        scroll: 900,
        open: ['2.0'],
        depth: 'turns',
        asSent: false,
        writing: false,
      });
      await suite.reopen({ kept });
      await suite.details.show({ row, busy: true });
      await suite.details.show({ row, transcript: long });
      assert.equal(await suite.scrollTop(), 900);
      assert.equal(await suite.details.page.locator('#turn-3 .call[open] .call-body').count(), 1);
    });

    it('keeps them when the same conversation is read again', async () => {
      await suite.details.show({ row, transcript: long });
      await suite.details.page.locator('#turn-3 .call > summary').click();
      await suite.details.page.locator('#turn-3 .call-body').waitFor();
      await suite.details.page.evaluate(() => window.scrollTo(0, 700));
      await suite.details.show({ row, transcript: long, number: 2 });
      assert.equal(await suite.scrollTop(), 700);
      assert.equal(await suite.details.page.locator('.call[open]').count(), 1);
    });

    it('starts another conversation at the top, with nothing open', async () => {
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
