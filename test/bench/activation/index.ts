// Called by VS Code in its extension host. Activates two installed extensions in a given order, prints how long each
// took, then measures the first command.
import * as vscode from 'vscode';
import { measureMs } from '../support/statistics';

const extensionIds = { product: 'aiployees-tools.aiployees-conversations', hello: 'aiployees-tools.bench-hello' };

export async function run(): Promise<void> {
  const order =
    process.env['AIPLOYEES_BENCH_TURN'] === 'odd' ? (['hello', 'product'] as const) : (['product', 'hello'] as const);
  const durations: Record<string, number> = {};
  // Waits until VS Code has finished its startup work.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  for (const name of order) {
    const extension = vscode.extensions.getExtension(extensionIds[name]);
    if (extension === undefined || extension.isActive) throw new Error(`${extensionIds[name]} can't be measured`);
    durations[name] = await measureMs(() => extension.activate());
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  durations['firstLook'] = await measureMs(() => vscode.commands.executeCommand('aiployees.markAllSeen'));
  console.log(`MEASURED ${JSON.stringify(durations)}`);
}
