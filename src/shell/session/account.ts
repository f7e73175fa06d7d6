import { parseBaseUrl, type BaseUrlProblem } from '../../core/api/connection';
import { toVisibleLine } from '../../core/text/title';
import { settings } from '../../manifest';

/** An API key's owner on one server, such as a brand or a client. Each account has its own key. */
export interface Account {
  readonly id: string;
  /** One line, never empty. The first account's name is its host. */
  readonly name: string;
  /** The parsed URL, or the setting's value if it's invalid. */
  readonly baseUrl: string;
  readonly address: AccountAddress;
}

/** The only server that an account's requests may go to. None if the URL is invalid. */
export type AccountAddress =
  | { readonly ok: true; readonly origin: string; readonly host: string }
  | { readonly ok: false; readonly reason: BaseUrlProblem };

export const maxNameChars = 60;

/** @param name as typed; by default the host */
export function describeAccount(id: string, baseUrl: string, name?: string): Account {
  const parsed = parseBaseUrl(baseUrl);
  // Shown in an error message, so a password in it must be hidden.
  const written =
    toVisibleLine(baseUrl)
      .trim()
      .replace(/\/\/[^/]*@/, '//…@') || settings.baseUrl.id;
  if (!parsed.ok) {
    return {
      id,
      name: normalizeName(name) ?? written,
      baseUrl: written,
      address: { ok: false, reason: parsed.reason },
    };
  }
  const host = new URL(parsed.origin).host;
  return {
    id,
    name: normalizeName(name) ?? host,
    baseUrl: parsed.baseUrl,
    address: { ok: true, origin: parsed.origin, host },
  };
}

/** Returns undefined if no visible text is left. */
export function normalizeName(name: string | undefined): string | undefined {
  const clean = toVisibleLine(name ?? '').trim();
  return clean === '' ? undefined : clean.slice(0, maxNameChars);
}
