import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Disposable } from '../../src/core/util/event';
import { memoizeAsync } from '../../src/core/util/memoize';
import { registerCommands } from '../../src/shell/commands/register';

const [first, second] = ['aiployees.test.first', 'aiployees.test.second'] as const;

describe('Lazily loaded command handlers', () => {
  const done: unknown[] = [];
  let loads: ((loaded: typeof handlers) => void)[];
  let registered: Disposable;
  const handlers = {
    [first]: (argument: unknown) => done.push(['first', argument]),
    [second]: (argument: unknown) => done.push(['second', argument]),
  };
  const run = (id: string, argument: unknown): Thenable<unknown> => vscode.commands.executeCommand(id, argument);
  const waitForPrompt = async (): Promise<void> => {
    while (loads.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  beforeEach(() => {
    done.length = 0;
    loads = [];
    const load = memoizeAsync(() => new Promise<typeof handlers>((resolve) => loads.push(resolve)));
    registered = registerCommands([first, second], async (id) => (await load())[id]);
  });
  afterEach(() => registered.dispose());

  it('load once, with the first command, and run in the order of the calls', async () => {
    assert.equal(loads.length, 0);
    const running = [run(second, 1), run(first, 2), run(second, 3)];
    await waitForPrompt();
    loads[0]?.(handlers);
    await Promise.all(running);
    await run(first, 4);
    assert.equal(loads.length, 1);
    assert.deepEqual(done, [
      ['second', 1],
      ['first', 2],
      ['second', 3],
      ['first', 4],
    ]);
  });

  it('do nothing if they were disposed while they were loaded', async () => {
    const running = run(first, 1);
    await waitForPrompt();
    registered.dispose();
    loads[0]?.(handlers);
    await running;
    assert.deepEqual(done, []);
  });
});
