import type { JsonValue } from '../../core/model/json';
import { hash, pick } from '../random';
import { day } from '../wire';

const people = (
  'Ines Moreau|Tomasz Zieliński|Amara Okafor|Jonas Keller|Priya Raman|Lucía Herrera|' +
  'Ben Whitlock|Ayşe Demir|Nguyễn Minh|Sofia Lindqvist|Mateus Rocha|Grace O’Neill|Daan Visser|Yuki Tanabe|' +
  'Elif Kaya|Oskar Brandt|Chiara Conti|Samir Haddad|Hannah Weiss|Leo Marchetti|' +
  'Noor van Dijk|Fatima Zahra|Peter Novák|Maya Goldberg'
).split('|');
const items = (
  'Linden desk lamp,LAMP-204,49.9|Tern rain jacket M,JKT-TN-M,129|Oslo kettle 1.2 l,KTL-012,64.5|' +
  'Birch shelf 80 cm,SHF-080,89|Merino socks, 3 pairs,SOC-3P,24|Field notebook set,NTB-05,18.5'
)
  .split('|')
  .map((item) => /^(.*),([^,]*),([^,]*)$/.exec(item) ?? []);

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The values of a story's placeholders in one conversation, such as `{first}` and `{date}`. */
export type Filling = Readonly<Record<string, string>>;

/** Chooses names, times, and numbers; the same for the same chance. `start` is when the conversation started. */
export function chooseFilling(chance: number, start: number): Filling {
  const name = pick(people, hash(chance, 1));
  const [first = '', last = ''] = [name.split(' ')[0], name.split(' ').at(-1)];
  const [, item = '', sku = '', price = ''] = pick(items, hash(chance, 2));
  const quantity = 1 + (hash(chance, 3) % 3);
  // From Monday to Thursday, so that the next day is a working day as well.
  let ahead = 1 + (hash(chance, 4) % 5);
  while (![1, 2, 3, 4].includes(new Date(start + ahead * day).getUTCDay())) ahead++;
  const number = (salt: number, from: number, to: number): string => String(from + (hash(chance, salt) % (to - from)));
  const clock = (salt: number, from: number, to: number): string =>
    `${number(salt, from, to).padStart(2, '0')}:${pick(['00', '10', '20', '40'], hash(chance, salt, 1))}`;
  const date = (days: number): string => new Date(start + days * day).toISOString().slice(0, 10);
  const weekday = (days: number): string => weekdays[new Date(start + days * day).getUTCDay()] ?? '';
  const plain = first
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
  return {
    name,
    first,
    last,
    mail: `${plain}@example.test`,
    login: `${plain}.${last.charAt(0).toLowerCase()}`,
    phone: `+49170555${number(5, 1000, 9999)}`,
    item,
    sku,
    price: Number(price).toFixed(2),
    qty: String(quantity),
    total: (Number(price) * quantity).toFixed(2),
    ref: number(6, 1200, 9900),
    ref2: number(7, 1200, 9900),
    num: number(8, 12, 89),
    num2: number(9, 12, 89),
    ms: number(10, 140, 900),
    time: clock(11, 8, 10),
    time2: clock(12, 10, 12),
    time3: clock(13, 14, 17),
    today: date(0),
    past: date(-2),
    tomorrow: date(1),
    date: date(ahead),
    day: weekday(ahead),
    date2: date(ahead + 1),
    day2: weekday(ahead + 1),
    city: pick(['Bremen', 'Leipzig', 'Utrecht', 'Graz', 'Porto', 'Malmö'], hash(chance, 14)),
    doctor: pick(['Okoro', 'Lindgren', 'Castellano'], hash(chance, 15)),
    team: pick(['northwind', 'tallship', 'kiln-and-co', 'bluebarn'], hash(chance, 16)),
    host: `${pick(['NB', 'WS'], hash(chance, 17))}-${number(18, 1000, 9999)}`,
  };
}

/** Replaces `{placeholder}`, and `[one|another]` with one of the options. */
export function fillText(text: string, filling: Filling, chance: number): string {
  let choices = 0;
  return text
    .replace(/\[([^[\]"]*\|[^[\]"]*)\]/g, (_, among: string) => pick(among.split('|'), hash(chance, 20, choices++)))
    .replace(/\{(\w+)\}/g, (whole, key: string) => filling[key] ?? whole);
}

/** Applies `fillText` to every string of a JSON value. */
export function fillValue(value: JsonValue, filling: Filling, chance: number): JsonValue {
  return JSON.parse(fillText(JSON.stringify(value), filling, chance)) as JsonValue;
}
