import { parseBaseUrl, type BaseUrlProblem } from '../../core/api/connection';
import { toVisibleLine } from '../../core/text/label';
import { settings } from '../../manifest';

/** Somebody at some server: a brand, a client. Its key is kept apart, under its origin. */
export interface Account {
  readonly id: string;
  /** One line, never empty. The first account is called by its host. */
  readonly name: string;
  /** As parsed; as written in the settings where it can't be parsed. */
  readonly baseUrl: string;
  readonly address: AccountAddress;
}

/** Where an account's requests may go; without an origin they go nowhere. */
export type AccountAddress =
  | { readonly ok: true; readonly origin: string; readonly host: string }
  | { readonly ok: false; readonly reason: BaseUrlProblem };

export const maxNameChars = 60;

/** @param name as typed; the address's host where it is missing */
export function describeAccount(id: string, baseUrl: string, name?: string): Account {
  const parsed = parseBaseUrl(baseUrl);
  // Shown to say that it can't be used; a password in it is not for everyone who looks on.
  const written =
    toVisibleLine(baseUrl)
      .trim()
      .replace(/\/\/[^/]*@/, '//…@') || settings.baseUrl.id;
  if (!parsed.ok) {
    return { id, name: cleanName(name) ?? written, baseUrl: written, address: { ok: false, reason: parsed.reason } };
  }
  const host = new URL(parsed.origin).host;
  return {
    id,
    name: cleanName(name) ?? host,
    baseUrl: parsed.baseUrl,
    address: { ok: true, origin: parsed.origin, host },
  };
}

/** Undefined where nothing readable is left. */
export function cleanName(name: string | undefined): string | undefined {
  const clean = toVisibleLine(name ?? '').trim();
  return clean === '' ? undefined : clean.slice(0, maxNameChars);
}
