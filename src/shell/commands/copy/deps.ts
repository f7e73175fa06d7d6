import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import { notify } from '../../notify';
import type { ConversationTarget } from '../../targets';

export interface CopyDeps {
  /** The conversations that a command acts on, by what VS Code passed to it. */
  targets(args: readonly unknown[]): readonly ConversationTarget[];
}

export interface CopyTranscriptDeps extends CopyDeps {
  /** The current account's; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
}

/** The targets, or none after having said so. */
export function targetsOrHint({ targets }: CopyDeps, args: readonly unknown[]): readonly ConversationTarget[] {
  const found = targets(args);
  if (found.length === 0) {
    void notify.info(vscode.l10n.t('Select a conversation in the Conversations view, or open one.'));
  }
  return found;
}

/** Puts text on the clipboard and says so where it does not get in the way. */
export async function copy(text: string, said: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(said, 4000);
}
