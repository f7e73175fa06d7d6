import type { ApiError } from '../core/api/errors';

/** Returns a sentence. The server's message in it is untrusted text. */
export function describeApiError(error: ApiError): string {
  const sentence = describeKind(error);
  return error.detail === undefined || error.detail === '' ? sentence : `${sentence} Server message: "${error.detail}"`;
}

function describeKind({ kind, status, code, origin, unexpected }: ApiError): string {
  const host = origin.replace(/^https?:\/\//, '');
  switch (kind) {
    case 'network':
      return code === undefined ? `Couldn't reach ${host}.` : `Couldn't reach ${host} (${code}).`;
    case 'timeout':
      return `${host} took too long to respond.`;
    case 'cancelled':
      return 'Canceled.';
    case 'unauthorized':
      return 'The server rejected this API key (401).';
    case 'forbidden':
      return "This API key doesn't have permission (403).";
    case 'notFound':
      return 'Not found (404).';
    case 'rejected':
      return `The server rejected the request (${status ?? '4xx'}).`;
    case 'rateLimited':
      return 'Too many requests (429).';
    case 'server':
      return `Server error (${status ?? '5xx'}).`;
    case 'unexpected':
      return unexpected === 'redirect'
        ? "The server redirects to another address, and the API key isn't sent there. Is the base URL correct?"
        : 'The server sent an unexpected response. Is the base URL correct?';
  }
}
