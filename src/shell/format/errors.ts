import * as vscode from 'vscode';
import type { ApiError } from '../../core/api/errors';
import { defaultRateLimits } from '../../core/api/rateLimits';
import { breakLinks, toVisibleLine } from '../../core/text/label';
import { assertNever } from '../../core/util/assertNever';
import { networkWords } from './network';
import { clockTime } from './time';
import { type Doing, doingWords } from './doing';

/** What the reader can do about it, the most helpful first. */
export type ErrorAction = 'setApiKey' | 'retry' | 'showLog' | 'openSettings';

export interface ErrorWords {
  /** What failed, why, and what to do: one or two sentences on one line. */
  readonly message: string;
  readonly actions: readonly ErrorAction[];
}

/** @param doing what failed, for the sentences that need it */
export function errorWords(error: ApiError, doing: Doing): ErrorWords {
  switch (error.kind) {
    case 'network':
      return { message: networkWords(hostOf(error.origin), error.code), actions: ['retry', 'showLog'] };
    case 'timeout':
      return {
        message: vscode.l10n.t('{0} took too long to respond while {1}.', hostOf(error.origin), doingWords(doing)),
        actions: ['retry', 'openSettings'],
      };
    case 'cancelled':
      return { message: vscode.l10n.t('Canceled while {0}.', doingWords(doing)), actions: ['retry'] };
    case 'unauthorized':
      return { message: vscode.l10n.t('The server rejected this API key.'), actions: ['setApiKey', 'retry'] };
    case 'forbidden':
      return { message: forbiddenWords(error, doing), actions: ['setApiKey', 'retry'] };
    case 'notFound':
      return { message: notFoundWords(doing), actions: notFoundActions(doing) };
    case 'rejected':
      return { message: rejectedWords(error, doing), actions: ['retry', 'showLog'] };
    case 'rateLimited':
      return { message: rateLimitedWords(error), actions: ['retry'] };
    case 'server':
      return { message: serverWords(error, doing), actions: ['retry', 'showLog'] };
    case 'unexpected':
      return { message: unexpectedWords(error, doing), actions: unexpectedActions(error) };
    default:
      return assertNever(error.kind);
  }
}

export function actionLabel(action: ErrorAction): string {
  switch (action) {
    case 'setApiKey':
      return vscode.l10n.t('Set API Key');
    case 'retry':
      return vscode.l10n.t('Retry');
    case 'showLog':
      return vscode.l10n.t('Show Log');
    case 'openSettings':
      return vscode.l10n.t('Open Settings');
    default:
      return assertNever(action);
  }
}

/** What a click on a failed row does: the row is about what failed, so that the log alone would not help. */
export function firstAction(actions: readonly ErrorAction[]): Exclude<ErrorAction, 'showLog'> {
  return actions.find((action) => action !== 'showLog') ?? 'retry';
}

/** "call.aiployees.com", with the port where it is not the usual one. */
export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

function forbiddenWords(error: ApiError, doing: Doing): string {
  return withDetail(vscode.l10n.t("This API key doesn't have permission (403 while {0}).", doingWords(doing)), error);
}

function notFoundWords(doing: Doing): string {
  if (doing.kind === 'creating') return vscode.l10n.t('Assistant not found (404). It may have been deleted.');
  return isOfAConversation(doing)
    ? vscode.l10n.t('Conversation not found (404), although the server may still list it.')
    : vscode.l10n.t('Address not found (404) while {0}. Is the base URL correct?', doingWords(doing));
}

function notFoundActions(doing: Doing): readonly ErrorAction[] {
  return isOfAConversation(doing) || doing.kind === 'creating' ? ['retry'] : ['openSettings', 'retry'];
}

function isOfAConversation({ kind }: Doing): boolean {
  return kind === 'readingTranscript' || kind === 'sending';
}

function rejectedWords(error: ApiError, doing: Doing): string {
  const status = String(error.status ?? '4xx');
  return withDetail(
    vscode.l10n.t('The server rejected the request ({0}) while {1}.', status, doingWords(doing)),
    error,
  );
}

function rateLimitedWords({ waitCause }: ApiError): string {
  return waitCause === 'ownBudget'
    ? vscode.l10n.t(
        'Stopped waiting: the extension sends at most {0} requests per minute. Try again in a minute.',
        defaultRateLimits.budget,
      )
    : vscode.l10n.t('Too many requests. Try again in a minute.');
}

/** Twelve hours: longer than this, a time of day doesn't say when. */
const longestTimeOfDayMs = 43_200_000;

function serverWords(error: ApiError, doing: Doing): string {
  const { retryAt = Infinity } = error;
  const status = String(error.status ?? 503);
  if (retryAt - Date.now() < longestTimeOfDayMs) {
    return vscode.l10n.t(
      "Couldn't go on while {0}: the server is unavailable ({1}) and asks to wait until {2}.",
      doingWords(doing),
      status,
      clockTime(retryAt),
    );
  }
  return withDetail(vscode.l10n.t('Server error ({0}) while {1}.', status, doingWords(doing)), error);
}

function unexpectedWords(error: ApiError, doing: Doing): string {
  switch (error.unexpected) {
    case 'webPage':
      return webPageWords(error.status ?? 200);
    case 'foreign':
      return vscode.l10n.t(
        "The response ({0}) isn't the API's: a firewall, gateway or proxy may be in the way.",
        String(error.status),
      );
    case 'proxy':
      return vscode.l10n.t(
        'The proxy refused the request (407): it asks you to sign in. Check the proxy settings of VS Code.',
      );
    case 'redirect':
      return vscode.l10n.t(
        "The server redirects to another address. The API key isn't sent there. Is the base URL correct?",
      );
    case 'tooLarge':
      return vscode.l10n.t('The response was too large ({0}).', doingWords(doing));
    case 'notJson':
      return vscode.l10n.t("The response was cut off or isn't valid JSON ({0}).", doingWords(doing));
    case 'shape':
    case undefined:
      return vscode.l10n.t(
        'The server sent an unexpected response while {0}. Is the base URL correct?',
        doingWords(doing),
      );
    default:
      return assertNever(error.unexpected);
  }
}

function webPageWords(status: number): string {
  return status < 400 || status === 404 || status === 405
    ? vscode.l10n.t('The server returned a web page instead of JSON. Is the base URL correct?')
    : vscode.l10n.t(
        "A web page came back instead of the API's response ({0}): a firewall, proxy or sign-in page may be in the way.",
        String(status),
      );
}

function unexpectedActions({ unexpected: answer, status = 200 }: ApiError): readonly ErrorAction[] {
  if (answer === 'proxy') return ['retry', 'showLog'];
  if (status >= 400 && status !== 404 && status !== 405) return ['retry', 'openSettings', 'showLog'];
  const isAboutTheAddress = answer !== 'tooLarge' && answer !== 'notJson';
  return isAboutTheAddress ? ['openSettings', 'retry', 'showLog'] : ['retry', 'showLog'];
}

/** Adds the server's own words, which a stranger may have written. */
function withDetail(sentence: string, { detail }: ApiError): string {
  const said = breakLinks(toVisibleLine(detail ?? '').trim());
  return said === '' ? sentence : vscode.l10n.t('{0} Server message: "{1}"', sentence, said);
}
