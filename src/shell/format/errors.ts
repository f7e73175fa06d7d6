import * as vscode from 'vscode';
import type { ApiError } from '../../core/api/errors';
import { defaultRateLimits } from '../../core/api/rateLimits';
import { breakLinks, toVisibleLine } from '../../core/text/title';
import { assertNever } from '../../core/util/assertNever';
import { formatNetworkError } from './network';
import { formatClockTime } from './time';
import { type Activity, formatFailedActivity } from './activity';

/** Actions that can help, the most helpful first. */
export type ErrorAction = 'setApiKey' | 'retry' | 'showLog' | 'openSettings';

export interface ErrorText {
  /** One or two sentences on one line: the failure, its cause, and a remedy. */
  readonly message: string;
  readonly actions: readonly ErrorAction[];
}

/** Returns the message with its first sentence, such as "Couldn't load the transcript.", if the error is about one request. */
export function formatError(error: ApiError, activity: Activity): ErrorText {
  const { message, actions } = describeCause(error, activity);
  return {
    message: isAboutOneRequest(error, activity) ? `${formatFailedActivity(activity)} ${message}` : message,
    actions,
  };
}

/** Returns the message without its first sentence, for callers with a first sentence of their own. */
export function formatCause(error: ApiError, activity: Activity): string {
  return describeCause(error, activity).message;
}

function describeCause(error: ApiError, activity: Activity): ErrorText {
  switch (error.kind) {
    case 'network':
      return { message: formatNetworkError(hostOf(error.origin), error.code), actions: ['retry', 'showLog'] };
    case 'timeout':
      return {
        message: vscode.l10n.t('{0} took too long to respond.', hostOf(error.origin)),
        actions: ['retry', 'openSettings'],
      };
    case 'cancelled':
      return { message: vscode.l10n.t('The request was canceled.'), actions: ['retry'] };
    case 'unauthorized':
      return { message: vscode.l10n.t('The server rejected this API key.'), actions: ['setApiKey', 'retry'] };
    case 'forbidden':
      return { message: formatForbidden(error), actions: ['setApiKey', 'retry'] };
    case 'notFound':
      return { message: formatNotFound(activity), actions: listNotFoundActions(activity) };
    case 'rejected':
      return { message: formatRejected(error), actions: ['retry', 'showLog'] };
    case 'rateLimited':
      return { message: formatRateLimited(error), actions: ['retry'] };
    case 'server':
      return { message: formatServerError(error), actions: ['retry', 'showLog'] };
    case 'unexpected':
      return { message: formatUnexpected(error), actions: listUnexpectedActions(error) };
    default:
      return assertNever(error.kind);
  }
}

/** False for what every request would meet: no network, a rejected key, a rate limit, or another server's response. */
function isAboutOneRequest({ kind, unexpected }: ApiError, activity: Activity): boolean {
  switch (kind) {
    case 'network':
    case 'unauthorized':
    case 'rateLimited':
      return false;
    case 'notFound':
      return !isOfAConversation(activity) && activity.kind !== 'creating';
    case 'unexpected':
      return unexpected === undefined || ['shape', 'tooLarge', 'notJson'].includes(unexpected);
    case 'timeout':
    case 'cancelled':
    case 'forbidden':
    case 'rejected':
    case 'server':
      return true;
    default:
      return assertNever(kind);
  }
}

export function formatAction(action: ErrorAction): string {
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

/** The action for a click on a failed row. The row already shows the error, so the log wouldn't help. */
export function findFirstAction(actions: readonly ErrorAction[]): Exclude<ErrorAction, 'showLog'> {
  return actions.find((action) => action !== 'showLog') ?? 'retry';
}

/** Returns "call.aiployees.com", with the port if it isn't the default. */
export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

function formatForbidden(error: ApiError): string {
  return appendDetail(vscode.l10n.t("This API key doesn't have permission (403)."), error);
}

function formatNotFound(activity: Activity): string {
  if (activity.kind === 'creating') return vscode.l10n.t('Assistant not found (404). It may have been deleted.');
  return isOfAConversation(activity)
    ? vscode.l10n.t('Conversation not found (404), although the server may still list it.')
    : vscode.l10n.t('Address not found (404). Is the base URL correct?');
}

function listNotFoundActions(activity: Activity): readonly ErrorAction[] {
  return isOfAConversation(activity) || activity.kind === 'creating' ? ['retry'] : ['openSettings', 'retry'];
}

function isOfAConversation({ kind }: Activity): boolean {
  return kind === 'readingTranscript' || kind === 'sending';
}

function formatRejected(error: ApiError): string {
  const status = String(error.status ?? '4xx');
  return appendDetail(vscode.l10n.t('The server rejected the request ({0}).', status), error);
}

function formatRateLimited({ waitCause }: ApiError): string {
  return waitCause === 'ownBudget'
    ? vscode.l10n.t(
        'Stopped waiting: the extension sends at most {0} requests per minute. Try again in a minute.',
        defaultRateLimits.budget,
      )
    : vscode.l10n.t('Too many requests. Try again in a minute.');
}

/** Twelve hours: for a longer wait, the time of day is ambiguous. */
const maxClockTimeMs = 43_200_000;

function formatServerError(error: ApiError): string {
  const { retryAt = Infinity } = error;
  const status = String(error.status ?? 503);
  if (retryAt - Date.now() < maxClockTimeMs) {
    return vscode.l10n.t(
      'The server is unavailable ({0}) and asks to wait until {1}.',
      status,
      formatClockTime(retryAt),
    );
  }
  return appendDetail(vscode.l10n.t('Server error ({0}).', status), error);
}

function formatUnexpected(error: ApiError): string {
  switch (error.unexpected) {
    case 'webPage':
      return formatWebPage(error.status ?? 200);
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
      return vscode.l10n.t('The response was too large.');
    case 'notJson':
      return vscode.l10n.t("The response was cut off or isn't valid JSON.");
    case 'shape':
    case undefined:
      return vscode.l10n.t('The server sent an unexpected response. Is the base URL correct?');
    default:
      return assertNever(error.unexpected);
  }
}

function formatWebPage(status: number): string {
  return status < 400 || status === 404 || status === 405
    ? vscode.l10n.t('The server returned a web page instead of JSON. Is the base URL correct?')
    : vscode.l10n.t(
        "A web page came back instead of the API's response ({0}): a firewall, proxy or sign-in page may be in the way.",
        String(status),
      );
}

function listUnexpectedActions({ unexpected, status = 200 }: ApiError): readonly ErrorAction[] {
  if (unexpected === 'proxy') return ['retry', 'showLog'];
  if (status >= 400 && status !== 404 && status !== 405) return ['retry', 'openSettings', 'showLog'];
  const isAboutTheAddress = unexpected !== 'tooLarge' && unexpected !== 'notJson';
  return isAboutTheAddress ? ['openSettings', 'retry', 'showLog'] : ['retry', 'showLog'];
}

/** Adds the server's message, which is untrusted text. */
function appendDetail(sentence: string, { detail }: ApiError): string {
  const serverMessage = breakLinks(toVisibleLine(detail ?? '').trim());
  return serverMessage === '' ? sentence : vscode.l10n.t('{0} Server message: "{1}"', sentence, serverMessage);
}
