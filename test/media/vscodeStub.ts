/** Stub of VS Code's localization. Without a bundle it returns English. */
export const l10n = {
  bundle: undefined as Readonly<Record<string, string>> | undefined,
  t(message: string, ...fill: readonly (string | number | boolean)[]): string {
    const text = l10n.bundle?.[message] ?? message;
    return text.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(fill[Number(index)] ?? placeholder));
  },
};

export const UIKind = { Desktop: 1, Web: 2 };
export const env = { language: 'en', uiKind: UIKind.Desktop };
