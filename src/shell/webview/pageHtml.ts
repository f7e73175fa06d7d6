export interface PageParts {
  /** Script and style themselves: to ask for them takes longer than to send them along. */
  readonly script: string;
  readonly style: string;
  /** The address of the parser of Markdown, for a page that may need it. */
  readonly markdown?: string | undefined;
  /** Random, for this page only. */
  readonly nonce: string;
  readonly language: string;
}

/** The empty page. What it shows comes by message; what a stranger wrote never passes through markup. */
export function pageHtml({ script, style, markdown, nonce, language }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language.replace(/[^\w-]/g, '')}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<script nonce="${nonce}"${markdown === undefined ? '' : ` data-markdown="${markdown}"`}>${script}</script>
</body>
</html>`;
}
