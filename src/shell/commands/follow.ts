import { commands as vscodeCommands } from 'vscode';
import { commands, views } from '../../manifest';
import type { App } from '../app';

export const handlers = {
  [commands.follow]: async ({ view, followChoice }: App) => {
    // The extension follows only while the view is visible.
    if (!view.visible) await vscodeCommands.executeCommand(`${views.conversations}.focus`);
    await followChoice.set(true);
  },
  [commands.stopFollowing]: ({ followChoice }: App) => followChoice.set(false),
  [commands.markAllSeen]: ({ fresh }: App) => fresh.clear(),
};
