import type { JsonObject, JsonValue } from '../model/json';
import { decodeJsonString } from '../text/looseJson';
import { entriesOf, ExactNumber, stringify, fromEntries } from '../util/exactJson';
import { parse } from '../util/parseJson';
import type { ExportedConversation, Masked } from './format';
import { replacePhones, digitRun, toAsciiDigits, findFieldKind, findSiblingKinds, type FieldKind } from './phones';

const minDigits = 6;
/** A value of a phone field with more letters is a sentence that contains phone numbers. */
const maxLetters = 16;

/**
 * Masks phone numbers except the last two digits, and the conversation's ID except the first eight characters. Phone
 * numbers are found by field name, by their format, and by their digits in the rest of the conversation. JSON inside
 * strings is decoded, masked and encoded again.
 */
export function maskConversation(exported: ExportedConversation, what: readonly Masked[]): ExportedConversation {
  if (what.length === 0) return exported;
  const { id } = exported;
  const maskId = (text: string): string =>
    what.includes('ids') && id !== '' ? text.replaceAll(id, () => truncateId(id)) : text;
  if (!what.includes('phones'))
    return mapLeaves(exported, (leaf) => (typeof leaf === 'string' ? maskId(leaf) : leaf)) as ExportedConversation;
  const known = new KnownPhones();
  mapLeaves(exported, (leaf, kind) => {
    known.learn(leaf, kind);
    return leaf;
  });
  return mapLeaves(exported, (leaf, kind) =>
    maskLeaf(typeof leaf === 'string' ? maskId(leaf) : leaf, kind, known),
  ) as ExportedConversation;
}

function truncateId(id: string): string {
  return `${id.slice(0, Math.min(8, Math.floor(id.length / 2))).replace(/[\ud800-\udbff]$/, '')}…`;
}

function maskPhone(phone: string): string {
  return `…${[...phone.matchAll(/\p{Nd}/gu)].slice(-2).join('')}`;
}

function maskLeaf(leaf: Leaf, kind: FieldKind, known: KnownPhones): Leaf {
  const text = toText(leaf);
  const isField = kind === 'phone' || kind === 'maybePhone';
  // The phone number may have been sent as a number.
  if (typeof leaf !== 'string') return isField && isPhoneText(text) ? maskPhone(text) : leaf;
  if (isField && hasFewLetters(text) && toAsciiDigits(text).length >= (kind === 'phone' ? 1 : minDigits))
    return maskPhone(text);
  if (kind === 'number' && isDialed(text)) return maskPhone(text);
  const withoutKnown = known.mask(text);
  if (isField)
    return withoutKnown.replace(digitRun, (run) => (toAsciiDigits(run).length >= minDigits ? maskPhone(run) : run));
  if (kind === 'other') return /^\s*[+＋]/u.test(withoutKnown) ? replacePhones(withoutKnown, maskPhone) : withoutKnown;
  return replacePhones(withoutKnown, maskPhone);
}

/** Returns the digits of a phone number that was sent as `491701234567.0` or `4.91701234567e11`. */
function toText(leaf: Leaf): string {
  const amount = leaf instanceof ExactNumber ? Number(leaf.source) : undefined;
  return String(Number.isSafeInteger(amount) ? amount : leaf);
}

function isPhoneText(text: string): boolean {
  return hasFewLetters(text) && toAsciiDigits(text).length >= minDigits;
}

function hasFewLetters(text: string): boolean {
  return text.length < 200 && text.replace(/\P{L}/gu, '').length <= maxLetters;
}

/** Whether it can be dialed: order or house numbers are shorter, or have no leading zero and no gaps. */
function isDialed(text: string): boolean {
  const count = toAsciiDigits(text).length;
  return (
    count >= 9 &&
    count <= 15 &&
    /^\s*[+＋]?[(（]?\p{Nd}[\p{Nd}\s().\-/]*$/u.test(text) &&
    (count >= 10 || /^\D*0[1-9]|\s/.test(text.trim()))
  );
}

/** The phone numbers of a conversation, found again by their digits. */
class KnownPhones {
  private readonly digits = new Set<string>();
  /** Phone numbers with words in them. */
  private readonly texts = new Set<string>();

  learn(leaf: Leaf, kind: FieldKind): void {
    const text = toText(leaf);
    const isField = kind === 'phone' || kind === 'maybePhone';
    const learnRun = (phone: string): string => {
      const digits = toAsciiDigits(phone);
      if (digits.length >= minDigits) this.digits.add(digits);
      return phone;
    };
    if (!isField || !isPhoneText(text)) {
      if (kind === 'text' && typeof leaf === 'string') replacePhones(text, learnRun);
      return;
    }
    learnRun(text);
    text.replace(digitRun, learnRun);
    if (/\p{L}/u.test(text) && this.texts.size < 100) this.texts.add(text);
  }

  mask(written: string): string {
    let text = written;
    for (const known of this.texts) text = text.replaceAll(known, () => maskPhone(known));
    if (this.digits.size === 0) return text;
    return text.replace(digitRun, (run: string, at: number, whole: string) => {
      if (this.digits.has(toAsciiDigits(run)) && isApart(whole, at, at + run.length)) return maskPhone(run);
      return run.replace(/[+＋]?\p{Nd}+/gu, (part: string, within: number) =>
        this.digits.has(toAsciiDigits(part)) && isApart(whole, at + within, at + within + part.length)
          ? maskPhone(part)
          : part,
      );
    });
  }
}

/** Whether it is not part of a longer word, such as a UUID or a hash, or of a decimal. */
function isApart(text: string, start: number, end: number): boolean {
  const hexBefore = /[\p{L}\p{Nd}_]$|\p{Nd}[.,]$/u.test(text.slice(Math.max(0, start - 2), start));
  return !hexBefore && !/^[\p{L}\p{Nd}_]/u.test(text.slice(end, end + 2));
}

type Leaf = string | number | ExactNumber;
type LeafMapper = (leaf: Leaf, kind: FieldKind) => Leaf;

/** Returns the same value if nothing changed. */
function mapLeaves(value: unknown, change: LeafMapper, kind: FieldKind = 'text'): unknown {
  if (typeof value === 'string') {
    const inner = decodeJsonString(value);
    return inner === undefined ? change(value, kind) : mapJsonString(value, inner, change, kind);
  }
  if (typeof value === 'number' || value instanceof ExactNumber) return change(value, kind);
  if (Array.isArray(value)) {
    const items = value.map((item) => mapLeaves(item, change, kind));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = entriesOf(value as JsonObject);
  const beside = findSiblingKinds(entries);
  const names = new Map<string, number>();
  let isSame = true;
  const all = entries.map(([name, item]) => {
    const changedName = String(change(name, 'text'));
    // A duplicate name remains one.
    const newName = changedName === name ? name : makeUnique(changedName, names);
    const newItem = mapLeaves(item, change, beside(name) ?? findFieldKind(name, kind));
    isSame &&= newName === name && newItem === item;
    return [newName, newItem as JsonValue] as const;
  });
  return isSame ? value : fromEntries(all);
}

/** Distinguishes masked names that are equal: "…67", "…67 (2)". */
function makeUnique(name: string, names: Map<string, number>): string {
  const count = (names.get(name) ?? 0) + 1;
  names.set(name, count);
  return count === 1 ? name : makeUnique(`${name} (${count})`, names);
}

/** Encodes the JSON as many times as it was. */
function mapJsonString(sent: string, inner: JsonValue, change: LeafMapper, kind: FieldKind): string {
  const now = mapLeaves(inner, change, kind);
  if (now === inner) return sent;
  let text = stringify(now);
  for (let level = sent; level.trimStart().startsWith('"'); level = parse(level) as string) text = stringify(text);
  return text;
}
