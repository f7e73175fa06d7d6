// Called by VS Code in its extension host: activates two extensions, in the order that the environment names, and prints how long
// each took. Both are installed, and neither was activated before. Then ours runs a command that needs all that a first look loads.
import * as vscode from 'vscode';

const ids = { ours: 'aiployees-tools.aiployees-conversations', hello: 'aiployees-tools.bench-hello' };

export async function run(): Promise<void> {
  const order = process.env['AIPLOYEES_BENCH_TURN'] === 'odd' ? (['hello', 'ours'] as const) : (['ours', 'hello'] as const);
  const took: Record<string, { cpu: number; ms: number }> = {};
  // What VS Code does for the window's start is over then.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  for (const name of order) {
    const extension = vscode.extensions.getExtension(ids[name]);
    if (extension === undefined || extension.isActive) throw new Error(`${ids[name]} can not be measured`);
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    await extension.activate();
    const { user, system } = process.cpuUsage(cpu);
    took[name] = { cpu: (user + system) / 1000, ms: performance.now() - began };
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await vscode.commands.executeCommand('aiployees.markAllSeen');
  const { user, system } = process.cpuUsage(cpu);
  took['firstLook'] = { cpu: (user + system) / 1000, ms: performance.now() - began };
  console.log(`MEASURED ${JSON.stringify(took)}`);
}
