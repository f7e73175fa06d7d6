export type BaseUrlProblem = 'empty' | 'notAUrl' | 'scheme' | 'plainHttp' | 'credentials' | 'query';

export type ParsedBaseUrl =
  | {
      readonly ok: true;
      /** Without a trailing slash. */
      readonly baseUrl: string;
      /** Scheme, host, and port. */
      readonly origin: string;
    }
  | { readonly ok: false; readonly reason: BaseUrlProblem };

// The URL parser drops these silently, so the requested URL would differ from the displayed one.
const droppedByUrlParser = /[\u0000-\u001f\u007f]/;

/**
 * Parses a base URL that the user typed. Plain `http:` is allowed only for loopback: elsewhere it would send the key
 * unencrypted (`plainHttp`). `query` stands for a query or a hash.
 */
export function parseBaseUrl(text: string): ParsedBaseUrl {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, reason: 'empty' };
  if (droppedByUrlParser.test(trimmed)) return { ok: false, reason: 'notAUrl' };
  const url = parseUrl(trimmed);
  if (url === undefined) return { ok: false, reason: 'notAUrl' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, reason: 'scheme' };
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'credentials' };
  if (trimmed.includes('?') || trimmed.includes('#')) return { ok: false, reason: 'query' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return { ok: false, reason: 'plainHttp' };
  return { ok: true, baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, origin: url.origin };
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Expects a host name from the URL parser: lower case, IPv4 as four decimals, IPv6 in brackets. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

export type CleanedKey =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly reason: 'empty' | 'characters' };

// Characters that are often copied with a key, from messages, .env files, or curl commands.
const wrappingCharacter = '[\\s\\u200b-\\u200d\\u2060"\'`\\u2018\\u2019\\u201c\\u201d]';
const wrapping = new RegExp(`^${wrappingCharacter}+|(?<!${wrappingCharacter})${wrappingCharacter}+$`, 'gu');
const headerName = /^authorization\s*:/i;
const scheme = /^bearer(?=\s|$)/i;

// Header values are Latin-1 without control characters; others would break the request or inject a header.
const headerValue = /^[\u0020-\u007e\u00a0-\u00ff]+$/;

/**
 * Extracts the key from pasted text. Only the server knows its format, so any length and pattern is accepted.
 * `characters` means that it contains characters that a header can't, such as line breaks.
 */
export function cleanKey(pasted: string): CleanedKey {
  let key = pasted;
  for (let before = ''; before !== key;) {
    before = key;
    key = key.replace(wrapping, '').replace(headerName, '').replace(scheme, '');
  }
  if (key === '') return { ok: false, reason: 'empty' };
  return headerValue.test(key) ? { ok: true, key } : { ok: false, reason: 'characters' };
}
