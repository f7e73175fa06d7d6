import type { ApiError } from '../api/errors';
import type { ErrorKind } from './result';

/** An error that no other test could avoid, so that the whole run ends. */
export interface RunEnding {
  readonly kind: Extract<ErrorKind, 'balance' | 'server'>;
  readonly error: ApiError;
}

/** @returns undefined if other tests can still run */
export function findRunEnding(error: ApiError): RunEnding | undefined {
  if (isBalanceError(error)) return { kind: 'balance', error };
  // The client is disposed when the account, the key, or the base URL changes.
  const hasLostAccess = error.kind === 'cancelled' || error.status === 401 || error.status === 403;
  return hasLostAccess ? { kind: 'server', error } : undefined;
}

/** The conversation endpoints report it as 400 with a text, others as 402. */
function isBalanceError({ status, kind, detail = '' }: ApiError): boolean {
  return status === 402 || (kind === 'rejected' && /\binsufficient\b.*\b(?:balance|credits?|funds)\b/i.test(detail));
}
