import { commands as vscodeCommands } from 'vscode';
import { commands, views } from '../../../manifest';

export interface FollowDependencies {
  readonly choice: { set(on: boolean): Promise<void> };
  /** Whether the conversations are on the screen. */
  readonly isShown: () => boolean;
  readonly fresh: { clear(): void };
}

/** The commands of following. */
export function followCommands({ choice, isShown, fresh }: FollowDependencies) {
  return {
    [commands.follow]: async () => {
      // Only what is looked at is followed.
      if (!isShown()) await vscodeCommands.executeCommand(`${views.conversations}.focus`);
      await choice.set(true);
    },
    [commands.stopFollowing]: () => choice.set(false),
    [commands.markAllSeen]: () => fresh.clear(),
  };
}
