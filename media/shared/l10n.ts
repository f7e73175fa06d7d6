let contents: Readonly<Record<string, string>> = {};

/** @param bundle the translations of the display language, by the English text */
export function config({ contents: bundle }: { readonly contents: Readonly<Record<string, string>> }): void {
  contents = bundle;
}

/** Translates a message, as `vscode.l10n.t` does: `{0}`, `{1}` … are filled in, and not again in the filled text. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  return (contents[message] ?? message).replace(/\{(\d+)\}/g, (match, index: string) =>
    String(args[Number(index)] ?? match),
  );
}
