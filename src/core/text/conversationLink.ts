export interface ConversationRef {
  /** Scheme, host, and port, as in `URL.origin`. */
  readonly origin: string;
  readonly id: string;
}

/** The path and query of a URI that VS Code passes to the extension; not decoded. */
export interface LinkParts {
  readonly path: string;
  readonly query: string;
}

const linkPath = '/conversation';

/** IDs are UUIDs or similar. */
const maxIdChars = 200;

/**
 * Returns the URI that opens a conversation in VS Code.
 * @param uriScheme `vscode.env.uriScheme`
 */
export function formatConversationLink(
  uriScheme: string,
  extensionId: string,
  { origin, id }: ConversationRef,
): string {
  return `${uriScheme}://${extensionId}${linkPath}?${new URLSearchParams({ origin, id }).toString()}`;
}

/**
 * Parses exactly the links that `formatConversationLink` returns; undefined for anything else, because links are
 * untrusted.
 */
export function parseConversationLink(link: LinkParts): ConversationRef | undefined {
  if (link.path !== linkPath) return undefined;
  const query = new URLSearchParams(link.query);
  const [origin, id] = [query.get('origin'), query.get('id')];
  // Requires both parameters, once each, and no others.
  if (origin === null || id === null || [...query].length !== 2) return undefined;
  if (!isOrigin(origin) || !isId(id)) return undefined;
  return { origin, id };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);
}

function isId(text: string): boolean {
  return text !== '' && text.length <= maxIdChars && !/[\p{C}\p{Z}]/u.test(text);
}
