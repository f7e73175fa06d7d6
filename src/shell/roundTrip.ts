import { commands } from 'vscode';

/** Sends something that does nothing to VS Code's window; what was sent before has arrived there when this resolves. */
export async function roundTrip(): Promise<void> {
  try {
    await commands.executeCommand('noop');
  } catch {
    // A VS Code that has no such command has answered as well.
  }
}
