/** Where a conversation is: on which server, and which one. */
export interface ConversationRef {
  /** Scheme, host and port, as `URL.origin` writes it. */
  readonly origin: string;
  readonly id: string;
}

/** What is behind the extension's id in an address that VS Code hands over; not decoded. */
export interface LinkParts {
  readonly linkPath: string;
  readonly query: string;
}

const path = '/conversation';

/** Ids are UUIDs, or look like them. */
const maxIdChars = 200;

/**
 * The address that opens a conversation in VS Code.
 * @param uriScheme of the reader's own VS Code (`vscode.env.uriScheme`)
 */
export function formatConversationLink(
  uriScheme: string,
  extensionId: string,
  { origin, id }: ConversationRef,
): string {
  return `${uriScheme}://${extensionId}${path}?${new URLSearchParams({ origin, id }).toString()}`;
}

/** Undefined for whatever is not exactly what `conversationLink` makes: anybody may have written it. */
export function parseConversationLink(link: LinkParts): ConversationRef | undefined {
  if (link.linkPath !== path) return undefined;
  const query = new URLSearchParams(link.query);
  const [origin, id] = [query.get('origin'), query.get('id')];
  // Both and nothing else: neither of them twice.
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
