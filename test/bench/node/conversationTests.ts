import { parseDocument } from 'yaml';
import { parseSuite, parseSuiteInSteps } from '../../../src/core/testing/parse';
import { runTimeSliced } from '../../../src/core/util/slices';
import type { Figure } from '../support/figure';
import { measureAlternately, measureCpuMs, measureLongestBlockMs, median } from '../support/statistics';

function createFile(count: number): string {
  const test = (number: number): string => `
  - description: offers the free slots and books the later one (${number})
    tags: [smoke]
    turns:
      - user: Is Dr Okoro free tomorrow?
        reference: She has 09:20 and 11:40. Shall I book one?
        assert:
          - { type: icontains-all, value: ["09:20", "11:40"] }
          - type: tool-args-match
            value:
              name: find_slots
              args: { doctor: okoro, day: "{{today+1}}" }
      - user: The later one, please.
        assert:
          - { type: tool-used, value: { name: book_slot, max: 1 } }
          - { type: tool-succeeds }
    assert:
      - type: tool-sequence
        value: [find_slots, book_slot]
`;
  return `assistant: Clinic Desk\ntests:${Array.from({ length: count }, (_, index) => test(index)).join('')}`;
}

/** Measures parsing a test file with 500 tests against the YAML library alone. */
export async function figures(): Promise<readonly Figure[]> {
  const text = createFile(500);
  const { signal } = new AbortController();
  if (parseSuite(text).suite?.tests.length !== 500) throw new Error('The tests were not parsed.');
  const cpu = await measureAlternately({
    product: () => measureCpuMs(() => parseSuite(text)),
    bare: () => measureCpuMs(() => parseDocument(text)),
  });
  const block = await measureAlternately({
    product: () => measureLongestBlockMs(async () => runTimeSliced(parseSuiteInSteps(text), signal)),
    bare: () => measureLongestBlockMs(() => parseDocument(text)),
  });
  const of = 'YAML alone';
  return [
    {
      what: 'Parsing 500 conversation tests',
      method: 'processor time, median, in turns with the YAML library',
      value: { amount: median(cpu.product), unit: 'ms' },
      control: { amount: median(cpu.bare), unit: 'ms', of },
      ceiling: 400,
    },
    {
      what: 'Longest block while 500 conversation tests are parsed',
      method: 'median, in turns with the YAML library',
      value: { amount: median(block.product), unit: 'ms' },
      control: { amount: median(block.bare), unit: 'ms', of },
      ceiling: 16,
    },
  ];
}
