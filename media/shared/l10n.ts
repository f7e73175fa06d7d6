let contents: Readonly<Record<string, string>> = {};

/** @param bundle translations by their English text */
export function config({ contents: bundle }: { readonly contents: Readonly<Record<string, string>> }): void {
  contents = bundle;
}

/** Translates like `vscode.l10n.t`. Inserted arguments aren't searched for placeholders. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  return (contents[message] ?? message).replace(/\{(\d+)\}/g, (match, index: string) =>
    String(args[Number(index)] ?? match),
  );
}
