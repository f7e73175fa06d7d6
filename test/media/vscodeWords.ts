/** The part of VS Code that words are made with, as it is without a translation. */
export const l10n = {
  t(message: string, ...fill: readonly (string | number | boolean)[]): string {
    return message.replace(/\{(\d+)\}/g, (whole, index: string) => String(fill[Number(index)] ?? whole));
  },
};

export const UIKind = { Desktop: 1, Web: 2 };
export const env = { language: 'en', uiKind: UIKind.Desktop };
