import { commands as vscodeCommands, window } from 'vscode';
import type { ApiError } from '../core/api/errors';
import { breakLinks } from '../core/text/title';
import { commands } from '../manifest';
import type { Activity } from './format/activity';
import { type ErrorAction, formatAction, formatError } from './format/errors';

type Show = typeof window.showInformationMessage;

/**
 * VS Code's notifications, with links disabled: VS Code turns `[text](command:…)` into a link, and messages can contain
 * untrusted text.
 */
export const notify = {
  info: withoutLinks('showInformationMessage'),
  warn: withoutLinks('showWarningMessage'),
  error: withoutLinks('showErrorMessage'),
};

function withoutLinks(name: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage'): Show {
  const show = (message: string, ...rest: readonly never[]): unknown =>
    (window[name] as (...all: unknown[]) => unknown)(breakLinks(message), ...rest);
  return show as Show;
}

/** Reports an error of a command. Offers no Retry, because the user can run the command again. */
export function reportError(error: ApiError, doing: Activity): void {
  const { message, actions } = formatError(error, doing);
  const offered = actions.filter((action) => action !== 'retry');
  void notify.error(message, ...offered.map(formatAction)).then((label) => {
    const chosen = offered.find((action) => formatAction(action) === label);
    return chosen && vscodeCommands.executeCommand(commandOf(chosen));
  });
}

function commandOf(action: Exclude<ErrorAction, 'retry'>): string {
  return commands[action];
}
