import { parseJson, readAnswer } from '../../../src/core/api/answer';
import type { JsonValue } from '../../../src/core/model/json';
import type { Figure } from '../support/figure';
import { sentRow } from '../support/rows';
import { cpuTimed, inTurns, longestBlock, median } from '../support/statistics';

const context = { origin: 'https://bench.test', redactions: new Map<string, string>() };
const { signal } = new AbortController();

/** @param size in characters, about @param extra a field of each row, as JSON */
function bodyOf(size: number, extra = ''): string {
  const rows: string[] = [];
  for (let length = 0; length < size; length += rows.at(-1)?.length ?? size)
    rows.push(JSON.stringify(sentRow(rows.length)).replace('{', `{${extra}`));
  return `{"data":[${rows.join(',')}]}`;
}

/** Parsing bodies without loss, against `JSON.parse`, which rounds numbers and drops fields. */
export async function figures(): Promise<readonly Figure[]> {
  const short = bodyOf(250_000);
  const shortExact = bodyOf(250_000, '"order":9007199254740993,');
  const long = bodyOf(8_000_000);
  const longExact = bodyOf(8_000_000, '"order":9007199254740993,');
  const decoded = (body: string): Promise<JsonValue> =>
    readAnswer({ status: 200, headers: {}, body }, (value) => value, context, signal);
  const ratio = async (what: string, body: string, parse: () => unknown, atMost: number): Promise<Figure> => {
    const measured = await inTurns({ ours: () => cpuTimed(parse), bare: () => cpuTimed(() => JSON.parse(body)) });
    return {
      what,
      method: 'processor time, median, in turns with JSON.parse of the same text',
      value: { amount: median(measured.ours), unit: 'ms' },
      control: { amount: median(measured.bare), unit: 'ms', of: 'JSON.parse' },
      atMost,
    };
  };
  const block = async (what: string, body: string): Promise<Figure> => {
    const measured = await inTurns({
      ours: () => longestBlock(() => decoded(body)),
      bare: () => longestBlock(() => JSON.parse(body)),
    });
    return {
      what,
      method: 'median, in turns with JSON.parse of the same text',
      value: { amount: median(measured.ours), unit: 'ms' },
      control: { amount: median(measured.bare), unit: 'ms', of: 'JSON.parse' },
      atMost: 1,
    };
  };
  return [
    await ratio('Parsing 250 kB that JavaScript holds', short, () => parseJson(short), 3),
    await ratio('Parsing 250 kB with a large integer in each row', shortExact, () => parseJson(shortExact), 6),
    await ratio('Parsing 8 MB in slices', long, () => decoded(long), 6),
    await ratio('Parsing 8 MB with a large integer in each row in slices', longExact, () => decoded(longExact), 6),
    await block('Longest block while 8 MB are parsed', long),
    await block('Longest block while 8 MB with large integers are parsed', longExact),
  ];
}
