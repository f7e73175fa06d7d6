/*
 * Detects phone numbers by field name, in the languages of the platform's users, and in text by format. Supports digits
 * of any script.
 */

export type FieldKind =
  | 'phone'
  /** A name that often means a phone, but also an order or a house: "mobile", "caller", "fax". */
  | 'maybePhone'
  /** Any number: "number", "numero". */
  | 'number'
  /** Identifiers, amounts, times. */
  | 'other'
  | 'text';

/** Parts of a name without accents and separators. */
const phoneName =
  /(?<!micro|head|ear|i|mega|saxo|xylo|gramo)phone(?!m|t|s?type)|telefo|telephon|telefax|rufnum|handyn|mobil(?:e?n|tel)|msisdn|celular|cellul|cellphone|movil|festnetz|landline|whatsapp(?:num|nr|sender$)|e164|nationalnumber|subscribernumber|телефон|мобил/;
const phoneWords = new Set(
  'tel tels telnr telno mobile mobiles mobil handy cel cell gsm fax faks faxnr faxnumber faxnummer caller callee callerid anrufer anrufernummer llamante appelant chiamante beller arayan whatsapp wa waid wsp viber portable komorka cep callback ruckruf rueckruf ruckrufnummer rueckrufnummer durchwahl hotline ani dnis тел факс'.split(
    ' ',
  ),
);
const numberWords = new Set(
  'number numero nummer numer nr num no numara номер contact contacto contato contatto kontakt contactnumber kontaktnummer'.split(
    ' ',
  ),
);
/** Last words that mean another value, even after a word for a phone. */
const otherWords = new Set(
  [
    'id ids uuid guid identifier identifiers ref refs reference referenz referencia riferimento code codigo codice key token hash sku ean gtin isbn iban bic imei serial',
    'order orders bestellung bestellnummer auftrag auftragsnummer pedido pedidos commande ordine zamowienie siparis invoice rechnung rechnungsnummer kundennummer factura fatura ticket booking account konto cuenta conta tracking',
    'amount price total cost costs balance fee rate count duration seconds minutes date datetime day time at since created updated verified version model type kind label brand carrier provider plan status language locale timezone country',
    'lat lng lon latitude longitude zip plz postal postcode url uri link',
  ]
    .join(' ')
    .split(' '),
);
const callerIds = /^(?:wa|whatsapp|caller)id$/;

/** @param within the kind of the parent field */
export function findFieldKind(name: string, within: FieldKind): FieldKind {
  const bare = name.normalize('NFD').replace(/\p{M}/gu, '');
  const words = bare
    .replace(/(?<=[\p{Ll}\p{Nd}])(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  const whole = bare.toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, '');
  const isOther = otherWords.has(words.at(-1) ?? '') && !callerIds.test(whole);
  if (isOther) return 'other';
  if (phoneName.test(whole)) return 'phone';
  if (phoneWords.has(whole) || words.some((word) => phoneWords.has(word))) return 'maybePhone';
  if (within === 'phone' || within === 'maybePhone') return within;
  if (words.some((word) => otherWords.has(word))) return 'other';
  return within !== 'other' && words.length > 0 && words.every((word) => numberWords.has(word)) ? 'number' : 'text';
}

const countryName =
  /^(?:country(?:calling)?code|callingcode|dial(?:ing)?code|areacode|vorwahl|landesvorwahl|prefix|prefijo|prefisso|indicatif|ddi|ddd)$/;
const restName =
  /^(?:national|nationalnumber|subscriber|subscribernumber|local|localnumber|number|numero|nummer|line)$/;
const namingField = /^(?:type|kind|label|name|key|field|channel|system|question)$/i;
const namedField = /^(?:value|val|number|text|answer|content|data)$/i;

/**
 * Returns the kinds of fields that are described by a sibling: `{type: "mobile", value: …}`, `{country_code,
 * national}`.
 */
export function findSiblingKinds(
  entries: readonly (readonly [name: string, value: unknown])[],
): (name: string) => FieldKind | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}]/gu, '');
  const isPhone =
    entries.some(([name]) => countryName.test(plain(name))) && entries.some(([name]) => restName.test(plain(name)));
  if (isPhone)
    return (name) => (restName.test(plain(name)) ? 'phone' : countryName.test(plain(name)) ? 'other' : undefined);
  const naming = entries.find(
    ([name, value]) => namingField.test(name) && typeof value === 'string' && value.length < 60,
  )?.[1];
  const named = typeof naming === 'string' ? findFieldKind(naming, 'text') : 'text';
  return (name) => (named !== 'text' && namedField.test(name) ? named : undefined);
}

const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

/** Returns the digits of a text as ASCII digits. */
export function toAsciiDigits(text: string): string {
  let digits = '';
  for (const [digit] of text.matchAll(/\p{Nd}/gu)) {
    const code = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((each) => code >= each && code < each + 10);
    digits += zero === undefined ? '0' : String(code - zero);
  }
  return digits;
}

const d = String.raw`\p{Nd}`;
const gap = String.raw`[\s\u00a0\u2010-\u2015()（）./_－-]`;
/** Digits with the separators of phone numbers. */
export const digitRun = new RegExp(String.raw`[+＋]?[(（]?${d}(?:${gap}{0,3}${d})*`, 'gu');

const notWithin = String.raw`(?<![\p{L}${d}_])`;
const ends = String.raw`(?![\p{L}${d}_])`;
const callPattern =
  'phones?|tel(?:e(?:f|ph)\\p{L}*)?|mobil\\p{L}*|m[oó]vil|handy\\p{L}*|cell?(?:phone|ular\\p{L}*)?|fax|whatsapp|rufnummer|caller|call(?:ing)?|ring|dial|sms|anruf\\p{L}*|rufen|ruf|ll[aá]m\\p{L}*|appel\\p{L}*|chiam\\p{L}*|lig[aou]\\p{L}*|bel|zadzwo\\p{L}*|ara\\p{L}{0,3}|телефон\\p{L}*|тел|позвон\\p{L}*|обад\\p{L}*';
const linkPattern =
  'number|nummer|n[uú]mero|numer|no|nr|num|номер|is|ist|es|est|at|on|under|unter|me|us|mich|mir|uns|back|al|au|il|o|the|my|mein\\p{L}*|mi|auf|to|via|per';
const text = new RegExp(
  [
    // Not phone numbers: UUIDs, times and dates, IP addresses, IBANs, card numbers.
    String.raw`(?<other>${notWithin}(?:[\da-z]{8}-[\da-z]{4}-[\da-z]{4}-[\da-z]{4}-[\da-z]{12}`,
    String.raw`|${d}{4}-${d}{2}-${d}{2}(?:[T ]${d}{2}:${d}{2}(?::${d}{2}(?:\.${d}+)?)?(?: ?[+-]${d}{2}:?${d}{2})?)?|${d}{1,2}[./]${d}{1,2}[./]${d}{2,4}(?![./]?${d})|${d}{1,2}-${d}{1,2}-${d}{4}(?!-?${d})`,
    String.raw`|${d}{1,3}(?:\.${d}{1,3}){3}(?![\p{L}${d}_]|\.${d})|[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?${ends}|${d}{4}(?<between>[ -])${d}{4}\k<between>${d}{4}\k<between>${d}{1,7}${ends}))`,
    // After a word for a phone: "call me at 612 345 678", "'phone': '1234567'".
    String.raw`|(?<cue>${notWithin}(?:${callPattern})${ends}(?:[^\p{L}${d}+＋(（\n.]|\.(?=\s*[${d}+])|${notWithin}(?:${linkPattern})${ends}){0,12})(?<cued>[+＋]?[(（]?${d}(?:${gap}{0,3}${d}){5,14})${ends}`,
    // +49 …, 0049 …
    String.raw`|(?<international>(?<![\p{L}${d}+])(?:[+＋]\s?[(（]?${d}(?:${gap}{0,3}${d}){6,14}|[0０٠۰]{2}(?:${gap}?(?![0０٠۰])${d})(?:${gap}{0,3}${d}){8,13}))${ends}`,
    // 0171 7654321, (030) 123-4567, 06 12 34 56 78; (555) 123-4567; 11 98765-4321
    String.raw`|(?<national>(?<![\p{L}${d}_.,:/-])(?:[(（]?[0０٠۰](?![0０٠۰])${d}{1,4}(?:(?:${gap}){1,3}${d}+){1,5}|(?:1[ .-])?[(]?[2-9]\d{2}[)]?[ .-]{1,2}\d{3}[.-]\d{4}|(?:\(\d{2}\) ?|\d{2} )9?\d{4}-\d{4}))${ends}`,
    String.raw`|(?<bare>(?<![\p{L}${d}_.,:/-])[0０٠۰](?![0０٠۰])${d}{8,10}${ends})`,
  ].join(''),
  'giu',
);
/** Words before a number that isn't a phone number. */
const orderBefore =
  /(?:order|bestell\p{L}*|auftrag\p{L}*|pedido|commande|ordine|invoice|rechnung\p{L}*|factura|ticket|case|booking|ref\p{L}*|kunden\p{L}*|customer|account|konto\p{L}*|tracking|sendung\p{L}*|serial|code|iban|id|#|№)(?:[\s:.#№=-]|number|nummer|no|nr|is|ist)*$/iu;

/** Replaces each phone number that can be recognized by its format. */
export function replacePhones(written: string, change: (phone: string) => string): string {
  if (!/\p{Nd}/u.test(written)) return written;
  return written.replace(text, (found: string, ...more: unknown[]) => {
    const groups = more.at(-1) as Readonly<Record<string, string | undefined>>;
    const at = more.at(-3) as number;
    const { other, cue, cued, international, national, bare } = groups;
    if (other !== undefined) return other;
    if (cue !== undefined && cued !== undefined)
      return isDay(cued) || orderBefore.test(cue) ? found : cue + change(cued);
    if (international !== undefined) return change(international);
    const count = toAsciiDigits(found).length;
    const isOrder = orderBefore.test(written.slice(Math.max(0, at - 40), at));
    if (national !== undefined) return count < 8 || count > 13 || isOrder ? found : change(national);
    // Alone in its field, it may be any number.
    return isOrder || bare === written.trim() ? found : change(found);
  });
}

function isDay(digits: string): boolean {
  return /^\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}|^\p{Nd}{1,2}[./-]\p{Nd}{1,2}[./-]\p{Nd}{2,4}(?!\p{Nd}|[./-])/u.test(digits);
}
