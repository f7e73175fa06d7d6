import * as vscode from 'vscode';
import { notify } from '../../notify';
import { targetsOrHint } from '../copy/deps';
import type { LabelDeps } from './deps';

/** `Edit Note`: in the conversation's panel, where what the note is about can be read. */
export function createEditNote(deps: LabelDeps): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const [target, another] = targetsOrHint(deps, args);
    if (target === undefined) return;
    if (another !== undefined) {
      void notify.info(vscode.l10n.t('Select a single conversation to edit its note.'));
    } else if (deps.labels.isAvailable) deps.editNote(target);
    // Says that a folder is needed.
    else await deps.labels.change(target.origin, [target.id], (before) => before);
  };
}
