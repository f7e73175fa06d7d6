export type CleanedKey =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly reason: 'empty' | 'characters' };

// What comes along when a key is copied out of a chat, a .env file or a curl command.
const wrap = '[\\s\\u200b-\\u200d\\u2060"\'`\\u2018\\u2019\\u201c\\u201d]';
const wrapping = new RegExp(`^${wrap}+|(?<!${wrap})${wrap}+$`, 'gu');
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
