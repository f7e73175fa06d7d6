import { tryParseJson, decodeResponse } from '../../../src/core/api/response';
import type { JsonValue } from '../../../src/core/model/json';
import type { Figure } from '../support/figure';
import { createSentRow } from '../support/rows';
import { measureCpuMs, measureAlternately, measureLongestBlockMs, median } from '../support/statistics';

const context = { origin: 'https://bench.test', redactions: new Map<string, string>() };
const { signal } = new AbortController();

/** @param size approximate number of characters @param extra a field of each row, as JSON */
function createBody(size: number, extra = ''): string {
  const rows: string[] = [];
  for (let length = 0; length < size; length += rows.at(-1)?.length ?? size)
    rows.push(JSON.stringify(createSentRow(rows.length)).replace('{', `{${extra}`));
  return `{"data":[${rows.join(',')}]}`;
}

/** Measures lossless parsing against `JSON.parse`, which rounds numbers and drops duplicate fields. */
export async function figures(): Promise<readonly Figure[]> {
  const short = createBody(250_000);
  const shortExact = createBody(250_000, '"order":9007199254740993,');
  const long = createBody(8_000_000);
  const longExact = createBody(8_000_000, '"order":9007199254740993,');
  const decode = (body: string): Promise<JsonValue> =>
    decodeResponse({ status: 200, headers: {}, body }, (value) => value, context, signal);
  const ratio = async (what: string, body: string, parse: () => unknown, atMost: number): Promise<Figure> => {
    const measured = await measureAlternately({
      product: () => measureCpuMs(parse),
      bare: () => measureCpuMs(() => JSON.parse(body)),
    });
    return {
      what,
      method: 'processor time, median, in turns with JSON.parse of the same text',
      value: { amount: median(measured.product), unit: 'ms' },
      control: { amount: median(measured.bare), unit: 'ms', of: 'JSON.parse' },
      atMost,
    };
  };
  const block = async (what: string, body: string): Promise<Figure> => {
    const measured = await measureAlternately({
      product: () => measureLongestBlockMs(() => decode(body)),
      bare: () => measureLongestBlockMs(() => JSON.parse(body)),
    });
    return {
      what,
      method: 'median, in turns with JSON.parse of the same text',
      value: { amount: median(measured.product), unit: 'ms' },
      control: { amount: median(measured.bare), unit: 'ms', of: 'JSON.parse' },
      atMost: 1,
    };
  };
  return [
    await ratio('Parsing 250 kB without exact numbers', short, () => tryParseJson(short), 3),
    await ratio('Parsing 250 kB with a large integer in each row', shortExact, () => tryParseJson(shortExact), 6),
    await ratio('Parsing 8 MB in slices', long, () => decode(long), 6),
    await ratio('Parsing 8 MB with a large integer in each row in slices', longExact, () => decode(longExact), 6),
    await block('Longest block while 8 MB are parsed', long),
    await block('Longest block while 8 MB with large integers are parsed', longExact),
  ];
}
