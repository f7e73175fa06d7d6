export interface ConversationRef {
  /** Scheme, host, and port, as in `URL.origin`. */
  readonly origin: string;
  readonly id: string;
  /** Index of a turn. */
  readonly turn?: number;
}

/** The path and query of a URI that VS Code passes to the extension; not decoded. */
export interface LinkParts {
  readonly path: string;
  readonly query: string;
}

const linkPath = '/conversation';

/** Turns in links count from 1. */
const turnNumber = /^[1-9]\d{0,5}$/;

/** IDs are UUIDs or similar. */
const maxIdChars = 200;

/**
 * Returns the URI that opens a conversation in VS Code.
 * @param uriScheme `vscode.env.uriScheme`
 */
export function formatConversationLink(
  uriScheme: string,
  extensionId: string,
  { origin, id, turn }: ConversationRef,
): string {
  const query = new URLSearchParams({ origin, id, ...(turn !== undefined && { turn: String(turn + 1) }) });
  return `${uriScheme}://${extensionId}${linkPath}?${query.toString()}`;
}

/**
 * Parses exactly the links that `formatConversationLink` returns; undefined for anything else, because links are
 * untrusted.
 */
export function parseConversationLink(link: LinkParts): ConversationRef | undefined {
  if (link.path !== linkPath) return undefined;
  const query = new URLSearchParams(link.query);
  const [origin, id, turn] = [query.get('origin'), query.get('id'), query.get('turn')];
  // Each parameter once, and no others.
  if (origin === null || id === null || [...query].length !== (turn === null ? 2 : 3)) return undefined;
  if (!isOrigin(origin) || !isId(id)) return undefined;
  if (turn === null) return { origin, id };
  return turnNumber.test(turn) ? { origin, id, turn: Number(turn) - 1 } : undefined;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);
}

function isId(text: string): boolean {
  return text !== '' && text.length <= maxIdChars && !/[\p{C}\p{Z}]/u.test(text);
}
