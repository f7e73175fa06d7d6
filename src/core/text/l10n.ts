/** Translates and fills UI strings; `vscode.l10n` is one. */
export interface L10n {
  /** @param message a whole sentence with placeholders such as `{0}` */
  t(message: string, ...fill: readonly (string | number | boolean)[]): string;
}

/** Fills the strings without translating them, for the command line and for reports. */
export const english: L10n = {
  t: (message, ...fill) =>
    message.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(fill[Number(index)] ?? placeholder)),
};
