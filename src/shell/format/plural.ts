import { env, l10n } from 'vscode';

/** Falls back to English for display languages that Intl doesn't know, such as a pseudo-language. */
export function findKnownLocale(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

const rules = new Map<string, Intl.PluralRules>();

function findPluralForm(count: number): Intl.LDMLPluralRule {
  // Without a translation, the text is English in every display language.
  const language = l10n.bundle === undefined ? 'en' : env.language;
  const known = rules.get(language) ?? new Intl.PluralRules(findKnownLocale(language));
  rules.set(language, known);
  return known.select(count);
}

/**
 * Fills `fill` and then the count into the message. Languages with more than two forms use extra keys: the last literal
 * and the form's name, such as `{0} messages|few`.
 */
export function plural(count: number, one: string, other: string, ...fill: readonly (string | number)[]): string {
  const form = findPluralForm(count);
  const special = `${other}|${form}`;
  const message = form === 'one' ? one : l10n.bundle?.[special] === undefined ? other : special;
  return l10n.t(message, ...fill, count);
}
