/** The part of VS Code that words are made with. Without a bundle it is English. */
export const l10n = {
  bundle: undefined as Readonly<Record<string, string>> | undefined,
  t(message: string, ...fill: readonly (string | number | boolean)[]): string {
    const text = l10n.bundle?.[message] ?? message;
    return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(fill[Number(index)] ?? whole));
  },
};

export const UIKind = { Desktop: 1, Web: 2 };
export const env = { language: 'en', uiKind: UIKind.Desktop };
