import * as vscode from 'vscode';
import type { BaseUrlProblem } from '../../core/api/connection';
import { assertNever } from '../../core/util/assertNever';
import type { KeyringError } from '../session/keyVault';

export function formatBaseUrlProblem(problem: BaseUrlProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('Enter the base URL of the API, such as https://call.aiployees.com/api.');
    case 'notAUrl':
      return vscode.l10n.t("This isn't a valid URL. Example: https://call.aiployees.com/api.");
    case 'scheme':
      return vscode.l10n.t('The URL must start with https://.');
    case 'plainHttp':
      return vscode.l10n.t(
        'Use https://. With http://, the API key could be intercepted. Only this machine (127.0.0.1) is exempt.',
      );
    case 'credentials':
      return vscode.l10n.t('Remove the user name and password.');
    case 'query':
      return vscode.l10n.t('Remove the query or fragment (the part from ? or #).');
    default:
      return assertNever(problem);
  }
}

/** Explains where the API key will be stored. @param forSession only in memory */
export function formatKeyPrompt(baseUrl: string, forSession = false): string {
  if (forSession)
    return vscode.l10n.t(
      "API key for {0}. It's sent only to this address and removed when you close this window.",
      baseUrl,
    );
  // In a browser, the host stores secrets, some hosts only in memory, and VS Code has no API for that.
  if (vscode.env.uiKind !== vscode.UIKind.Desktop)
    return vscode.l10n.t(
      "API key for {0}. It's stored by VS Code and sent only to this address. In some browsers it's removed when the window reloads.",
      baseUrl,
    );
  return vscode.l10n.t("API key for {0}. It's stored in the system keyring and sent only to this address.", baseUrl);
}

export function formatKeyringError(error: KeyringError): string {
  switch (error.kind) {
    case 'invalid':
      return vscode.l10n.t("The API key in the system keyring isn't valid. Set it again.");
    case 'timeout':
      return vscode.l10n.t("The system keyring isn't responding. It may be locked. {0}", formatConsequence(error));
    case 'failed':
      return vscode.l10n.t('The system keyring reported an error. {0}', formatConsequence(error));
    default:
      return assertNever(error.kind);
  }
}

function formatConsequence({ task }: KeyringError): string {
  switch (task) {
    case 'read':
      return vscode.l10n.t("The API key couldn't be read.");
    case 'store':
      return vscode.l10n.t("The API key wasn't saved.");
    case 'remove':
      return vscode.l10n.t('The API key may still be stored there.');
    default:
      return assertNever(task);
  }
}
