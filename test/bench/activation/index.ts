// Called by VS Code in its extension host: activates two extensions, in the order that the environment names, and prints how long
// each took. Both are installed, and neither was activated before. Then ours runs a command that needs all that a first look loads.
import * as vscode from 'vscode';
import { timed } from '../support/statistics';

const ids = { ours: 'aiployees-tools.aiployees-conversations', hello: 'aiployees-tools.bench-hello' };

export async function run(): Promise<void> {
  const order =
    process.env['AIPLOYEES_BENCH_TURN'] === 'odd' ? (['hello', 'ours'] as const) : (['ours', 'hello'] as const);
  const took: Record<string, number> = {};
  // What VS Code does for the window's start is over then.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  for (const name of order) {
    const extension = vscode.extensions.getExtension(ids[name]);
    if (extension === undefined || extension.isActive) throw new Error(`${ids[name]} can not be measured`);
    took[name] = await timed(() => extension.activate());
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  took['firstLook'] = await timed(() => vscode.commands.executeCommand('aiployees.markAllSeen'));
  console.log(`MEASURED ${JSON.stringify(took)}`);
}
