const credentials = /\b(bearer|basic)\s+[^\s"',;]+/gi;
const fieldWithSecret =
  /((?:authorization|api[-_ ]?key|token|secret|password)["']?\s*[:=]\s*["']?)(?!bearer\b|basic\b)[^\s"',;]+/gi;
/** A platform key such as `41|Zx9…`; the bar may be percent-encoded. */
const platformKey = /\b\d+(?:\||%7C)[A-Za-z0-9_.-]{8,}/gi;
/** A UUID, or an ID of the same form. Anyone who has a conversation's ID can open the conversation. */
const identifier = /\b([0-9a-z]{8})(?:-[0-9a-z]{4}){3}-[0-9a-z]{12}\b/gi;

/**
 * Removes keys and shortens IDs to eight characters, so that text from elsewhere, such as system errors, can be logged.
 */
export function redact(text: string): string {
  return text
    .replace(credentials, '$1 …')
    .replace(fieldWithSecret, '$1…')
    .replace(platformKey, '…')
    .replace(identifier, '$1…');
}
