/** The environment variable with the key. Copied commands never contain the key itself. */
export const keyVariable = 'AIPLOYEES_API_KEY';

/**
 * Formats one POSIX shell command per conversation that loads its transcript (`GET /conversations/{id}`).
 * @param baseUrl without a trailing slash
 */
export function formatCurlCommands(baseUrl: string, ids: readonly string[]): string {
  return ids.map((id) => formatCurlCommand(baseUrl, id)).join('\n');
}

function formatCurlCommand(baseUrl: string, id: string): string {
  // Double quotes let the shell insert the key; the header contains no untrusted text.
  const key = `--header "Authorization: Bearer $${keyVariable}"`;
  return `curl --header 'Accept: application/json' ${key} ${quoteForShell(`${baseUrl}/conversations/${encodePathSegment(id)}`)}`;
}

/** Encodes any ID as one path segment: `.` and `..` would change the path, and lone surrogates can't be encoded. */
function encodePathSegment(id: string): string {
  if (/^\.{1,2}$/.test(id)) return id.replaceAll('.', '%252E');
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** In single quotes, a POSIX shell interprets only the single quote. */
function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
