import * as vscode from 'vscode';
import type { BaseUrlProblem } from '../../core/api/connection';
import { assertNever } from '../../core/util/assertNever';

/** Why an address can't be a base URL, and what it should be. */
export function baseUrlProblemWords(problem: BaseUrlProblem): string {
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
