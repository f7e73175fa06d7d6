import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import type { SendOutcome } from '../../../src/shell/running/sender';
import { Composer } from '../../../src/shell/details/composer';
import { Drafts } from '../../../src/shell/details/drafts';

const target = { id: 'a', conversation: undefined };

/** A sender that waits to be told what comes of a message. */
class FakeSender {
  writable = true;
  readonly sent: string[] = [];
  private settle: ((outcome: SendOutcome) => void) | undefined;

  isWritable(): boolean {
    return this.writable;
  }

  isSending(): boolean {
    return false;
  }

  send(_: unknown, message: string): Promise<SendOutcome> {
    this.sent.push(message);
    return new Promise((resolve) => (this.settle = resolve));
  }

  comesTo(outcome: SendOutcome): void {
    this.settle?.(outcome);
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
    // VS Code keeps JSON.
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, JSON.parse(JSON.stringify(value)));
    return Promise.resolve();
  }
}

describe('what is being written in a panel', () => {
  let sender: FakeSender;
  let composer: Composer;
  let changes: number;
  let memory: FakeMemento;
  let drafts: Drafts;
  beforeEach(() => {
    sender = new FakeSender();
    changes = 0;
    memory = new FakeMemento();
    drafts = new Drafts(memory);
    composer = new Composer(sender, drafts, () => (changes += 1));
  });

  it('has no place where nothing can be written', () => {
    sender.writable = false;
    assert.equal(composer.stateOf(target), undefined);
  });

  it('is kept, each conversation’s by itself', () => {
    composer.write('a', 'Hi');
    assert.deepEqual(composer.stateOf(target), { draft: 'Hi', number: 0, sending: false });
    assert.equal(composer.stateOf({ ...target, id: 'b' })?.draft, '');
  });

  it('is there in another panel when its own was closed, also after it was not sent', async () => {
    const sending = composer.send(target, 'Hi', 0);
    const another = new Composer(sender, drafts, () => undefined);
    sender.comesTo({ kind: 'failed', message: 'No.', arrived: false });
    await sending;
    assert.deepEqual(another.stateOf(target), { draft: 'Hi', number: 0, sending: false, problem: 'No.' });
  });

  describe('after the window was reloaded', () => {
    const reloaded = (): Composer => new Composer(sender, new Drafts(memory), () => undefined);

    it('is still there', () => {
      composer.write('a', 'Hi');
      composer.write('a', 'Hi there');
      composer.write('b', 'Ho');
      const after = reloaded();
      assert.deepEqual(after.stateOf(target), { draft: 'Hi there', number: 0, sending: false });
      assert.equal(after.stateOf({ ...target, id: 'b' })?.draft, 'Ho');
    });

    it('is gone if it was sent or deleted', async () => {
      composer.write('b', 'Ho');
      composer.write('b', '');
      const sending = composer.send(target, 'Hi', 0);
      sender.comesTo({ kind: 'sent' });
      await sending;
      assert.equal(reloaded().stateOf(target)?.draft, '');
      assert.deepEqual(memory.keys(), []);
    });

    it('is what was written last, if there is much of it', () => {
      for (let index = 0; index < 60; index += 1) composer.write(`id ${index}`, 'Hi');
      composer.write('id 1', 'Hi!');
      const drafts = ['id 0', 'id 1', 'id 59'].map((id) => reloaded().stateOf({ ...target, id })?.draft);
      assert.deepEqual(drafts, ['', 'Hi!', 'Hi']);
    });

    it('is empty if something else is stored', async () => {
      for (const odd of ['text', [1], [['a', 2]], { a: 'b' }, null]) {
        await memory.update('aiployees.drafts', odd);
        assert.equal(reloaded().stateOf(target)?.draft, '');
      }
    });
  });

  it('is sent once, and taken away when it was', async () => {
    const sending = composer.send(target, 'Hi', 0);
    assert.deepEqual(composer.stateOf(target), { draft: 'Hi', number: 0, sending: true });
    assert.equal(await composer.send(target, 'Hi', 0), undefined);
    sender.comesTo({ kind: 'sent' });
    assert.deepEqual(await sending, { kind: 'sent' });
    assert.deepEqual(composer.stateOf(target), { draft: '', number: 1, sending: false });
    assert.deepEqual([sender.sent, changes], [['Hi'], 2]);
  });

  it('stays where it was not sent, with the reason until the next try', async () => {
    const sending = composer.send(target, 'Hi', 0);
    sender.comesTo({ kind: 'failed', message: 'No.', arrived: false });
    assert.deepEqual(await sending, { kind: 'failed', message: 'No.', arrived: false });
    composer.write('a', 'Hi!');
    assert.deepEqual(composer.stateOf(target), { draft: 'Hi!', number: 0, sending: false, problem: 'No.' });
    void composer.send(target, 'Hi!', 0);
    assert.equal(composer.stateOf(target)?.problem, undefined);
  });

  it('is taken away where it arrived all the same', async () => {
    const sending = composer.send(target, 'Hi', 0);
    sender.comesTo({ kind: 'failed', message: 'It arrived.', arrived: true });
    await sending;
    assert.deepEqual(composer.stateOf(target), { draft: '', number: 1, sending: false, problem: 'It arrived.' });
  });

  it('stays where the user would rather not, and nothing is read again', async () => {
    const sending = composer.send(target, 'Hi', 0);
    sender.comesTo({ kind: 'declined' });
    assert.deepEqual(await sending, { kind: 'declined' });
    assert.deepEqual(composer.stateOf(target), { draft: 'Hi', number: 0, sending: false });
  });
});
