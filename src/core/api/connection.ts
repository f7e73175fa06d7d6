export type BaseUrlProblem = 'empty' | 'notAUrl' | 'scheme' | 'plainHttp' | 'credentials' | 'query';

export type ParsedBaseUrl =
  | {
      readonly ok: true;
      /** Without a slash at its end. */
      readonly baseUrl: string;
      /** Scheme, host and port. */
      readonly origin: string;
    }
  | { readonly ok: false; readonly reason: BaseUrlProblem };

// The URL parser drops these silently, so that what is shown would not be what is asked.
const droppedByUrlParser = /[\u0000-\u001f\u007f]/;

/**
 * The address of an API, as somebody typed it. `https:` for any host; `plainHttp` says that the key would travel
 * unencrypted, which is taken for loopback alone. `query` is a query or a hash.
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

/** For a host name as the URL parser writes it: lower case, IPv4 in four decimal parts, IPv6 in brackets. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

export type CleanedKey =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly reason: 'empty' | 'characters' };

// What comes along when a key is copied out of a chat, a .env file or a curl command.
const wrappingCharacter = '[\\s\\u200b-\\u200d\\u2060"\'`\\u2018\\u2019\\u201c\\u201d]';
const wrapping = new RegExp(`^${wrappingCharacter}+|(?<!${wrappingCharacter})${wrappingCharacter}+$`, 'gu');
const headerName = /^authorization\s*:/i;
const scheme = /^bearer(?=\s|$)/i;

// A header value carries Latin-1 without control characters; anything else breaks the request or forges a header.
const headerValue = /^[\u0020-\u007e\u00a0-\u00ff]+$/;

/**
 * The key in what was pasted. Its form is the server's business: no length, no pattern. `characters` says that it
 * holds what no header can carry, such as a line break inside.
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
