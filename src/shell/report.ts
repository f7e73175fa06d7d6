import { commands as vscodeCommands } from 'vscode';
import type { ApiError } from '../core/api/errors';
import { commands } from '../manifest';
import { notify } from './notify';
import type { Doing } from './words/doing';
import { actionLabel, errorWords, type ErrorAction } from './words/errors';

/** Tells the reader, who asked for it from the palette or a menu, why something can't be had. Retrying is asking again. */
export function reportError(error: ApiError, doing: Doing): void {
  const { message, actions } = errorWords(error, doing);
  const offered = actions.filter((action) => action !== 'retry');
  void notify.error(message, ...offered.map(actionLabel)).then((label) => {
    const chosen = offered.find((action) => actionLabel(action) === label);
    return chosen && vscodeCommands.executeCommand(commandOf(chosen));
  });
}

function commandOf(action: Exclude<ErrorAction, 'retry'>): string {
  return commands[action];
}
