export interface PageParts {
  /** Inline, because loading script and style separately takes longer. */
  readonly script: string;
  readonly style: string;
  /** URL of the Markdown parser. */
  readonly markdown?: string | undefined;
  readonly nonce: string;
  readonly language: string;
}

/** Returns an empty page. Its content arrives by message, so untrusted text never becomes markup. */
export function createPageHtml({ script, style, markdown, nonce, language }: PageParts): string {
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
