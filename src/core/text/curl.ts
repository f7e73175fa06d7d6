/** The variable that a copied command takes the key from. The key itself is never in it. */
export const keyVariable = 'AIPLOYEES_API_KEY';

/**
 * Commands for a POSIX shell that read the transcripts of conversations (`GET /conversations/{id}`), one a line.
 * @param baseUrl without a slash at its end
 */
export function formatCurlCommands(baseUrl: string, ids: readonly string[]): string {
  return ids.map((id) => formatCurlCommand(baseUrl, id)).join('\n');
}

function formatCurlCommand(baseUrl: string, id: string): string {
  // The header is in double quotes so that the shell puts the key in; nothing that was sent stands between them.
  const key = `--header "Authorization: Bearer $${keyVariable}"`;
  return `curl --header 'Accept: application/json' ${key} ${quoteForShell(`${baseUrl}/conversations/${encodePathSegment(id)}`)}`;
}

/** One path segment, whatever is in the id: a dot alone would name another folder, half a surrogate pair has no bytes. */
function encodePathSegment(id: string): string {
  if (/^\.{1,2}$/.test(id)) return id.replaceAll('.', '%252E');
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** Within single quotes a POSIX shell reads nothing but the single quote. */
function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
