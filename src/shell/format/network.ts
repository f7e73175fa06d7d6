import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { RateLimitWait } from '../../core/api/api';
import { defaultRateLimits } from '../../core/api/rateLimits';
import { toVisibleLine } from '../../core/text/title';
import { assertNever } from '../../core/util/assertNever';
import { formatClockTime } from './time';

const certificateCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_REVOKED',
]);
const certificateTimes = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** @param code of the system, such as ENOTFOUND */
export function formatNetworkError(host: string, code: string | undefined): string {
  const shown = toVisibleLine(code ?? '').trim();
  if (certificateCodes.has(shown)) {
    return vscode.l10n.t(
      "{0} presented an untrusted certificate ({1}). Behind a corporate proxy, install the proxy's certificate on this machine.",
      host,
      shown,
    );
  }
  if (certificateTimes.has(shown)) {
    return vscode.l10n.t(
      "{0} presented a certificate that has expired or isn't valid yet ({1}). Check this machine's clock.",
      host,
      shown,
    );
  }
  if (shown === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return vscode.l10n.t('{0} presented a certificate for another host ({1}). Is the base URL correct?', host, shown);
  }
  if (shown === 'ECONNREFUSED') {
    return vscode.l10n.t(
      '{0} refused the connection ({1}). Is the server running? Check the base URL and proxy settings.',
      host,
      shown,
    );
  }
  if (shown === 'EPROTO' || shown.startsWith('ERR_SSL_')) {
    return vscode.l10n.t(
      "Couldn't make a secure connection to {0} ({1}). Check the base URL and proxy settings.",
      host,
      shown,
    );
  }
  return shown === ''
    ? vscode.l10n.t("Couldn't reach {0}.", host)
    : vscode.l10n.t("Couldn't reach {0} ({1}).", host, shown);
}

export function formatRateLimitWait({ cause, until }: RateLimitWait): string {
  switch (cause) {
    case 'ownBudget':
      return l10n.t(
        'Pausing to stay under {0} requests per minute, resuming at {1}',
        defaultRateLimits.budget,
        formatClockTime(until),
      );
    case 'rateLimit':
      return l10n.t('Rate limit reached, resuming at {0}', formatClockTime(until));
    case 'unavailable':
      return l10n.t('Server unavailable, resuming at {0}', formatClockTime(until));
    default:
      return assertNever(cause);
  }
}
