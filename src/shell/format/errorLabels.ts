import { l10n } from 'vscode';
import type { ApiError } from '../../core/api/errors';
import { assertNever } from '../../core/util/assertNever';
import { hostOf } from './errors';

/** "Server error 500": the error as a row's label. `formatError` has the whole sentence. */
export function formatErrorLabel(error: ApiError): string {
  const status = String(error.status ?? '');
  switch (error.kind) {
    case 'network':
      return l10n.t("Can't reach {0}", hostOf(error.origin));
    case 'timeout':
      return l10n.t('No response from {0}', hostOf(error.origin));
    case 'cancelled':
      return l10n.t('Canceled');
    case 'unauthorized':
      return l10n.t('API key refused');
    case 'forbidden':
      return l10n.t('API key without permission');
    case 'notFound':
      return l10n.t('Address not found (404)');
    case 'rejected':
      return l10n.t('Request rejected ({0})', status);
    case 'rateLimited':
      return l10n.t('Stopped waiting for the rate limit');
    case 'server':
      return error.retryAt === undefined
        ? l10n.t('Server error {0}', status)
        : l10n.t('Server unavailable ({0})', status);
    case 'unexpected':
      return formatUnexpectedLabel(error);
    default:
      return assertNever(error.kind);
  }
}

function formatUnexpectedLabel({ unexpected, status }: ApiError): string {
  switch (unexpected) {
    case 'webPage':
      return l10n.t("Response isn't data (web page)");
    case 'foreign':
      return l10n.t("Response isn't the API's ({0})", String(status));
    case 'proxy':
      return l10n.t('Proxy refused the request (407)');
    case 'redirect':
      return l10n.t('Server redirects to another address');
    case 'tooLarge':
      return l10n.t('Response too large');
    case 'notJson':
      return l10n.t("Response isn't valid JSON");
    case 'shape':
    case undefined:
      return l10n.t('Unexpected response');
    default:
      return assertNever(unexpected);
  }
}
