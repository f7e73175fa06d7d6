import { window } from 'vscode';
import { unlinked } from '../core/text/label';

type Show = typeof window.showInformationMessage;

/**
 * VS Code's notifications and questions, with words that are no links: VS Code makes `[text](command:…)` one, and what a
 * stranger, a server or a folder's settings wrote may stand in any of them.
 */
export const notify = {
  info: withoutLinks('showInformationMessage'),
  warn: withoutLinks('showWarningMessage'),
  error: withoutLinks('showErrorMessage'),
};

function withoutLinks(name: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage'): Show {
  const show = (message: string, ...rest: readonly never[]): unknown =>
    (window[name] as (...all: unknown[]) => unknown)(unlinked(message), ...rest);
  return show as Show;
}
