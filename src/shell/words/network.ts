import * as vscode from 'vscode';
import { visible } from '../../core/text/label';

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

/**
 * Why no answer came, with what to do about it.
 * @param code the system's, such as ENOTFOUND
 */
export function networkWords(host: string, code: string | undefined): string {
  const shown = visible(code ?? '').trim();
  if (certificateCodes.has(shown)) {
    return vscode.l10n.t(
      "{0} showed a certificate that is not trusted here ({1}). Behind a company's proxy, its certificate must be installed on this machine.",
      host,
      shown,
    );
  }
  if (certificateTimes.has(shown)) {
    return vscode.l10n.t(
      "{0} showed a certificate that is out of date ({1}). Is this machine's clock right?",
      host,
      shown,
    );
  }
  if (shown === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return vscode.l10n.t('{0} showed a certificate for another host ({1}). Is the base URL right?', host, shown);
  }
  if (shown === 'ECONNREFUSED') {
    return vscode.l10n.t(
      '{0} refused the connection ({1}). Is the server running, and the base URL or proxy right?',
      host,
      shown,
    );
  }
  if (shown === 'EPROTO' || shown.startsWith('ERR_SSL_')) {
    return vscode.l10n.t('{0} does not speak HTTPS as expected ({1}). Is the base URL or proxy right?', host, shown);
  }
  return shown === ''
    ? vscode.l10n.t("{0} can't be reached.", host)
    : vscode.l10n.t("{0} can't be reached ({1}).", host, shown);
}
