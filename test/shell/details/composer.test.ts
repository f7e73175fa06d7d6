import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import type { SendOutcome } from '../../../src/shell/running/sender';
import { Composer, Drafts } from '../../../src/shell/details/composer';

const target = { id: 'a', conversation: undefined };

/** A sender whose outcome the test decides. */
class FakeSender {
  canWrite = true;
  readonly sent: string[] = [];
  private resolveSend: ((outcome: SendOutcome) => void) | undefined;

  isWritable(): boolean {
    return this.canWrite;
  }

  isSending(): boolean {
    return false;
  }

  signal: AbortSignal | undefined;

  send(_: unknown, message: string, __: number, signal?: AbortSignal): Promise<SendOutcome> {
    this.signal = signal;
    this.sent.push(message);
    return new Promise((resolve) => (this.resolveSend = resolve));
  }

  resolveWith(outcome: SendOutcome): void {
    this.resolveSend?.(outcome);
  }
}

class FakeMemento implements Memento {
  private readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string): T | undefined {
    return this.values.get(key) as T | undefined;
  }

  update(key: string, value: unknown): Promise<void> {
    // VS Code stores JSON.
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, JSON.parse(JSON.stringify(value)));
    return Promise.resolve();
  }
}

describe('draft in a panel', () => {
  let sender: FakeSender;
  let composer: Composer;
  let changes: number;
  let now: number;
  let memory: FakeMemento;
  let drafts: Drafts;
  beforeEach(() => {
    sender = new FakeSender();
    changes = 0;
    memory = new FakeMemento();
    drafts = new Drafts(memory);
    now = 0;
    composer = new Composer(
      sender,
      drafts,
      () => (changes += 1),
      () => now,
    );
  });

  it("has no composer if the conversation can't receive messages", () => {
    sender.canWrite = false;
    assert.equal(composer.getState(target), undefined);
  });

  it('is stored separately for each conversation', () => {
    composer.setDraft('a', 'Hi');
    assert.deepEqual(composer.getState(target), { draft: 'Hi', number: 0, sending: false });
    assert.equal(composer.getState({ ...target, id: 'b' })?.draft, '');
  });

  it('appears in another panel after sending failed', async () => {
    const sending = composer.send(target, 'Hi', 0);
    const another = new Composer(sender, drafts, () => undefined);
    sender.resolveWith({ kind: 'failed', message: 'No.', isDelivered: false });
    await sending;
    assert.deepEqual(another.getState(target), { draft: 'Hi', number: 0, sending: false, problem: 'No.' });
  });

  describe('after the window reloads', () => {
    const createReloaded = (): Composer => new Composer(sender, new Drafts(memory), () => undefined);

    it('is restored', () => {
      composer.setDraft('a', 'Hi');
      composer.setDraft('a', 'Hi there');
      composer.setDraft('b', 'Ho');
      const after = createReloaded();
      assert.deepEqual(after.getState(target), { draft: 'Hi there', number: 0, sending: false });
      assert.equal(after.getState({ ...target, id: 'b' })?.draft, 'Ho');
    });

    it("isn't restored if it was sent or deleted", async () => {
      composer.setDraft('b', 'Ho');
      composer.setDraft('b', '');
      const sending = composer.send(target, 'Hi', 0);
      sender.resolveWith({ kind: 'sent' });
      await sending;
      assert.equal(createReloaded().getState(target)?.draft, '');
      assert.deepEqual(memory.keys(), []);
    });

    it('is restored only for the conversations edited last, if there are many', () => {
      for (let index = 0; index < 60; index += 1) composer.setDraft(`id ${index}`, 'Hi');
      composer.setDraft('id 1', 'Hi!');
      const drafts = ['id 0', 'id 1', 'id 59'].map((id) => createReloaded().getState({ ...target, id })?.draft);
      assert.deepEqual(drafts, ['', 'Hi!', 'Hi']);
    });

    it('is empty if the stored value is invalid', async () => {
      for (const invalid of ['text', [1], [['a', 2]], { a: 'b' }, null]) {
        await memory.update('aiployees.drafts', invalid);
        assert.equal(createReloaded().getState(target)?.draft, '');
      }
    });
  });

  it('is sent once, and cleared when it was sent', async () => {
    const sending = composer.send(target, 'Hi', 0);
    now = 2500;
    assert.deepEqual(composer.getState(target), {
      draft: 'Hi',
      number: 0,
      sending: true,
      pending: { text: 'Hi', waitedMs: 2500, canStop: true },
    });
    assert.equal(await composer.send(target, 'Hi', 0), undefined);
    sender.resolveWith({ kind: 'sent' });
    assert.deepEqual(await sending, { kind: 'sent' });
    assert.deepEqual(composer.getState(target), { draft: '', number: 1, sending: false });
    assert.deepEqual([sender.sent, changes], [['Hi'], 2]);
  });

  it('stops waiting for the reply once, and then ends like a failure', async () => {
    composer.stopWaiting('a');
    const sending = composer.send(target, 'Hi', 0);
    composer.stopWaiting('another');
    assert.equal(sender.signal?.aborted, false);
    composer.stopWaiting('a');
    assert.equal(sender.signal?.aborted, true);
    assert.equal(composer.getState(target)?.pending?.canStop, false);
    sender.resolveWith({ kind: 'failed', message: 'Stopped.', isDelivered: true });
    await sending;
    assert.deepEqual(composer.getState(target), { draft: '', number: 1, sending: false, problem: 'Stopped.' });
  });

  it('stays if sending failed, with the reason until the next attempt', async () => {
    const sending = composer.send(target, 'Hi', 0);
    sender.resolveWith({ kind: 'failed', message: 'No.', isDelivered: false });
    assert.deepEqual(await sending, { kind: 'failed', message: 'No.', isDelivered: false });
    composer.setDraft('a', 'Hi!');
    assert.deepEqual(composer.getState(target), { draft: 'Hi!', number: 0, sending: false, problem: 'No.' });
    void composer.send(target, 'Hi!', 0);
    assert.equal(composer.getState(target)?.problem, undefined);
  });

  it('is cleared if sending failed but the message arrived', async () => {
    const sending = composer.send(target, 'Hi', 0);
    sender.resolveWith({ kind: 'failed', message: 'It arrived.', isDelivered: true });
    await sending;
    assert.deepEqual(composer.getState(target), { draft: '', number: 1, sending: false, problem: 'It arrived.' });
  });

  it('stays if the user declines to send it', async () => {
    const sending = composer.send(target, 'Hi', 0);
    sender.resolveWith({ kind: 'declined' });
    assert.deepEqual(await sending, { kind: 'declined' });
    assert.deepEqual(composer.getState(target), { draft: 'Hi', number: 0, sending: false });
  });
});
