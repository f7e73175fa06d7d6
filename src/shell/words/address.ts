import * as vscode from 'vscode';
import type { BaseUrlProblem } from '../../core/api/baseUrl';
import { assertNever } from '../../core/util/assertNever';

/** Why an address can't be a base URL, and what it should be. */
export function baseUrlProblemWords(problem: BaseUrlProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('Enter the address of the API, such as https://call.aiployees.com/api.');
    case 'notAUrl':
      return vscode.l10n.t('This is not an address. One looks like https://call.aiployees.com/api.');
    case 'scheme':
      return vscode.l10n.t('The address must begin with https://.');
    case 'plainHttp':
      return vscode.l10n.t(
        'With http:// the key could be read on its way: use https://. Only this machine (127.0.0.1) is exempt.',
      );
    case 'credentials':
      return vscode.l10n.t('Leave out the user name and password.');
    case 'query':
      return vscode.l10n.t('Leave out everything from ? or # on.');
    default:
      return assertNever(problem);
  }
}
