import { l10n } from 'vscode';
import { sampleBaseUrl } from '../../sample/baseUrl';
import { assertNever } from '../../core/util/assertNever';
import type { ActionView, Notice, PageAction } from '../../protocol/details';
import { formatAction, formatError, hostOf } from '../format/errors';
import type { ConversationLoader, LoadProblem } from './conversationLoader';
import { plural } from '../format/plural';

const sampleOrigin = new URL(sampleBaseUrl).origin;

export function createNotices(reading: ConversationLoader, accountName: string | undefined): readonly Notice[] {
  const notices: Notice[] = [];
  if (reading.problem !== undefined) notices.push(createProblemNotice(reading, reading.problem, accountName));
  else if (reading.transcript !== undefined && reading.isElsewhere)
    notices.push(createElsewhereNotice(reading, accountName, 'info'));
  else if (reading.transcript !== undefined && reading.isOrphaned) notices.push(createOrphanedNotice());
  const rejected = reading.transcript?.rejected ?? 0;
  if (rejected > 0) {
    notices.push({ severity: 'warning', message: formatRejected(rejected), actions: [createAction('openAsJson')] });
  }
  return notices;
}

function createProblemNotice(
  reading: ConversationLoader,
  problem: LoadProblem,
  accountName: string | undefined,
): Notice {
  switch (problem.kind) {
    case 'noKey':
      return {
        severity: 'warning',
        message: l10n.t('Set an API key to load this conversation.'),
        actions: [createAction('setApiKey'), createAction('switchAccount')],
      };
    case 'elsewhere':
      return createElsewhereNotice(reading, accountName, 'warning');
    case 'failed':
      return createFailureNotice(reading, problem);
    default:
      return assertNever(problem);
  }
}

function createFailureNotice(reading: ConversationLoader, { error }: Extract<LoadProblem, { kind: 'failed' }>): Notice {
  if (error.kind === 'notFound') {
    const message =
      reading.transcript === undefined
        ? l10n.t('Conversation not found (404). It may have been deleted after the list was loaded.')
        : l10n.t('Conversation not found (404). It may have been deleted. This is the version loaded earlier.');
    return { severity: 'warning', message, actions: [createAction('retry')] };
  }
  const { message, actions } = formatError(error, { kind: 'readingTranscript' });
  return { severity: 'error', message, actions: actions.map(createAction) };
}

function createElsewhereNotice(
  reading: ConversationLoader,
  accountName: string | undefined,
  severity: Notice['severity'],
): Notice {
  if (reading.origin === sampleOrigin) {
    const message = l10n.t("This conversation is part of the sample data, which isn't open.");
    return { severity, message, actions: [createAction('exploreSampleData')] };
  }
  const host = hostOf(reading.origin ?? '');
  if (reading.currentOrigin === sampleOrigin) {
    const message = l10n.t("This conversation is on {0}. You're viewing sample data.", host);
    return { severity, message, actions: [createAction('leaveSampleData')] };
  }
  const message =
    accountName === undefined
      ? l10n.t("This conversation is on {0}, which isn't the current account's server.", host)
      : l10n.t('This conversation is on {0}. The current account, {1}, uses another server.', host, accountName);
  return { severity, message, actions: [createAction('switchAccount')] };
}

function createOrphanedNotice(): Notice {
  return {
    severity: 'info',
    message: l10n.t('This conversation was loaded earlier. Set an API key to reload it.'),
    actions: [createAction('setApiKey')],
  };
}

function formatRejected(count: number): string {
  return plural(
    count,
    "1 history entry couldn't be read. Open as JSON to see it.",
    "{0} history entries couldn't be read. Open as JSON to see them.",
  );
}

function createAction(name: PageAction): ActionView {
  switch (name) {
    case 'openAsJson':
      return { action: name, label: l10n.t('Open as JSON') };
    case 'switchAccount':
      return { action: name, label: l10n.t('Switch Account') };
    case 'exploreSampleData':
      return { action: name, label: l10n.t('Explore Sample Data') };
    case 'leaveSampleData':
      return { action: name, label: l10n.t('Exit Sample Data') };
    default:
      return { action: name, label: formatAction(name) };
  }
}
