/** Translates a literal, and fills `{0}`, `{1}`, … in it. `vscode.l10n` is one. */
export interface Translator {
  t(message: string, ...args: (string | number)[]): string;
}

/** For the command line, which has no translations. */
export const english: Translator = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (match, index: string) => String(args[Number(index)] ?? match)),
};
