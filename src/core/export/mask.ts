import type { ExportedConversation, Masked } from './format';

/** Names of fields that hold a phone. */
const phoneField = /phone|mobile|msisdn|wa_id|^tel$|whatsapp_?number/i;
/** A text that is nothing but a phone; a day, or a number without a sign, is none. */
const barePhone = /^\s*(?:\+|00)[\d\s().\-/]{6,}$/;
const fewestDigits = 6;

/**
 * Leaves of phones the last two digits, of the conversation's id the first eight characters. Phones are known by the field that
 * they stand in, by their look where a field holds nothing else, and elsewhere, as in what was said, where they are written like one
 * of those. One that somebody wrote in a message in another way stays.
 */
export function masked(exported: ExportedConversation, what: readonly Masked[]): ExportedConversation {
  if (what.length === 0) return exported;
  const hiding: [from: string, to: string][] = [];
  if (what.includes('ids')) hiding.push([exported.id, maskedId(exported.id)]);
  const hidesPhones = what.includes('phones');
  if (hidesPhones) {
    for (const phone of phonesIn(exported)) hiding.push(...spellings(phone).map((spelling): [string, string] => [spelling, maskedPhone(phone)]));
  }
  // The longest first: one may stand within another.
  hiding.sort(([one], [other]) => other.length - one.length);
  const hide = (text: string): string => hiding.reduce((left, [from, to]) => (from === '' ? left : left.replaceAll(from, () => to)), text);
  return mapped(exported, hide, hidesPhones) as ExportedConversation;
}

function maskedId(id: string): string {
  return `${id.slice(0, Math.min(8, Math.floor(id.length / 2))).replace(/[\ud800-\udbff]$/, '')}…`;
}

function maskedPhone(phone: string): string {
  return `…${phone.replace(/\D/g, '').slice(-2)}`;
}

function spellings(phone: string): string[] {
  const digits = phone.replace(/\D/g, '');
  return [phone, `+${digits}`, digits];
}

function* phonesIn(value: unknown, isPhone = false): Generator<string> {
  if (typeof value === 'string') {
    if (digitsIn(value) >= fewestDigits && (isPhone || barePhone.test(value))) yield value;
  } else if (Array.isArray(value)) {
    for (const item of value) yield* phonesIn(item, isPhone);
  } else if (isRecord(value)) {
    for (const [name, item] of Object.entries(value)) yield* phonesIn(item, phoneField.test(name));
  }
}

function mapped(value: unknown, hide: (text: string) => string, hidesPhones: boolean, isPhone = false): unknown {
  if (typeof value === 'string') return isPhone && hidesPhones && /\d/.test(value) ? maskedPhone(value) : hide(value);
  // A phone may have been sent as a number.
  if (typeof value === 'number') return isPhone && hidesPhones && digitsIn(String(value)) >= fewestDigits ? maskedPhone(String(value)) : value;
  if (Array.isArray(value)) return value.map((item) => mapped(item, hide, hidesPhones, isPhone));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [hide(name), mapped(item, hide, hidesPhones, phoneField.test(name))]),
  );
}

function digitsIn(text: string): number {
  return text.replace(/\D/g, '').length;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
