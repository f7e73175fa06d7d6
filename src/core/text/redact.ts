const credentials = /\b(bearer|basic)\s+[^\s"',;]+/gi;
const fieldWithSecret =
  /((?:authorization|api[-_ ]?key|token|secret|password)["']?\s*[:=]\s*["']?)(?!bearer\b|basic\b)[^\s"',;]+/gi;
/** `41|Zx9…`, as the platform's keys look; also where the bar is percent-encoded. */
const platformKey = /\b\d+(?:\||%7C)[A-Za-z0-9_.-]{8,}/gi;
/** A conversation's id opens the conversation to whoever holds it. Ids that look like UUIDs, hex or not. */
const identifier = /\b([0-9a-z]{8})(?:-[0-9a-z]{4}){3}-[0-9a-z]{12}\b/gi;

/**
 * Text that may go into a log, where it comes from somewhere that did not promise to be free of secrets (an error of
 * the system's, say): keys are left out, ids cut to their first eight characters.
 */
export function redact(text: string): string {
  return text
    .replace(credentials, '$1 …')
    .replace(fieldWithSecret, '$1…')
    .replace(platformKey, '…')
    .replace(identifier, '$1…');
}
