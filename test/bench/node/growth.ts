import type { JsonValue } from '../../../src/core/model/json';
import type { FunctionCall, Turn } from '../../../src/core/model/transcript';
import { cleanKey } from '../../../src/core/api/connection';
import { fold } from '../../../src/core/text/fold';
import { foldPhrase, findRanges } from '../../../src/core/text/foldedRanges';
import { escapeFormula } from '../../../src/core/text/spreadsheet';
import { quoteMarkdown } from '../../../src/core/text/escapeMarkdown';
import { splitSegments } from '../../../src/core/text/segments';
import { maskConversation } from '../../../src/core/export/mask';
import { createTranscriptView } from '../../../src/core/view/details';
import { sortNewestFirst } from '../../../src/core/view/rowOrder';
import { sumUsage } from '../../../src/core/view/usage';
import { compareTurns } from '../../../src/core/view/compare/comparison';
import { compileQuery } from '../../../src/core/view/transcriptSearch';
import type { Figure } from '../support/figure';
import { createRows } from '../support/rows';
import { measureCpuMs, measureAlternately, median } from '../support/statistics';

/** An operation on large data. Ten times as much data must not take much more than ten times as long. */
interface Operation {
  readonly what: string;
  /** Unit of the data that grows tenfold. */
  readonly of: string;
  /** The smaller amount. */
  readonly few: number;
  /** Creates the data and returns the operation to measure. */
  readonly prepare: (amount: number) => () => unknown;
}

/**
 * More than 10, because caches are too small for the larger data and sorting isn't linear. A quadratic operation
 * reaches 100.
 */
const maxGrowth = 25;

const turn = (role: string, content: string, functionCalls: readonly FunctionCall[] = []): Turn => ({
  role,
  content,
  functionCalls,
});
const call = (index: number): FunctionCall => ({
  name: 'find_slots',
  arguments: { doctor: `okoro ${index}`, day: '2026-11-27', phone: `+49171${1_000_000 + index}` },
  result: { slots: ['09:20', '11:40'], ok: true, reference: `B-${index}` },
});

const texts: readonly Operation[] = [
  {
    what: 'Finding a phrase at the end of a text',
    of: 'words',
    few: 5000,
    prepare: (count) => () => findRanges(`${'some words '.repeat(count / 2)}refund`, foldPhrase('refund')),
  },
  {
    what: 'Folding a text',
    of: 'marks on one letter',
    few: 2000,
    prepare: (marks) => () => fold(`a${'\u0302\u0316'.repeat(marks / 2)}`),
  },
  {
    what: 'Searching a regular expression',
    of: 'marks on one letter',
    few: 2000,
    prepare: (marks) => {
      const query = compileQuery({ text: 'refund', isRegex: true });
      return () => query.ok && query.find(`a${'\u0302\u0316'.repeat(marks / 2)}`);
    },
  },
  {
    what: 'A cell of a spreadsheet',
    of: 'empty lines',
    few: 2000,
    prepare: (lines) => () => escapeFormula(`a${'\n'.repeat(lines)}b`),
  },
  {
    what: 'A pasted key',
    of: 'inner spaces',
    few: 2000,
    prepare: (blanks) => () => cleanKey(`a${' '.repeat(blanks)}b`),
  },
  {
    what: 'Quoting a message',
    of: 'lines of code',
    few: 20_000,
    prepare: (lines) => () => quoteMarkdown(`\`\`\`\n${'a line\n'.repeat(lines)}\`\`\``),
  },
  {
    what: 'Showing a text',
    of: 'hidden characters',
    few: 20_000,
    prepare: (count) => () => splitSegments('a\u200b'.repeat(count)),
  },
];

const compared: readonly Operation[] = [
  {
    what: 'Comparing two turns',
    of: 'tool calls each',
    few: 1000,
    prepare: (calls) => {
      const createTurns = (first: number): Turn[] => [
        turn(
          'assistant',
          '',
          Array.from({ length: calls }, (_, index) => call(first + index)),
        ),
      ];
      const [left, right] = [createTurns(0), createTurns(1)];
      return () => compareTurns(left, right);
    },
  },
  {
    what: 'Comparing two transcripts',
    of: 'turns with equal long texts',
    few: 1000,
    prepare: (turns) => {
      const createTurns = (end: string): Turn[] =>
        Array.from({ length: turns }, (_, index) =>
          turn(index % 2 === 0 ? 'user' : 'assistant', `${'one word after another '.repeat(100)}${end}`),
        );
      const [left, right] = [createTurns('one'), createTurns('two')];
      return () => compareTurns(left, right);
    },
  },
];

const conversations: readonly Operation[] = [
  {
    what: 'Masking the phone numbers of a conversation',
    of: 'tool calls with a phone number',
    few: 1000,
    prepare: (calls) => {
      const history = Array.from({ length: calls }, (_, index) => ({
        role: 'assistant',
        content: `Turn ${index}`,
        function_calls: [call(index)],
      }));
      const unused = {
        variables: undefined,
        externalIdentifier: undefined,
        whatsappSender: undefined,
        customer: undefined,
      };
      const transcript = {
        turns: [],
        rejected: 0,
        ...unused,
        raw: JSON.parse(JSON.stringify({ history })) as JsonValue,
      };
      return () =>
        maskConversation({ id: '00000000', conversation: undefined, transcript, missed: undefined }, ['phones']);
    },
  },
  {
    what: "The conversation panel's view",
    of: 'tool calls',
    few: 1000,
    prepare: (calls) => {
      const turns = Array.from({ length: calls }, (_, index) => turn('assistant', `Turn ${index}`, [call(index)]));
      const unused = {
        variables: undefined,
        externalIdentifier: undefined,
        whatsappSender: undefined,
        customer: undefined,
      };
      return () => createTranscriptView({ turns, rejected: 0, ...unused, raw: null });
    },
  },
  {
    what: 'Usage',
    of: 'conversations',
    few: 10_000,
    prepare: (count) => {
      const dated = sortNewestFirst(createRows(count), 'UTC');
      return () => sumUsage(dated);
    },
  },
];

/** Measures whether ten times as much data takes about ten times as long. */
export async function figures(): Promise<readonly Figure[]> {
  const figureList: Figure[] = [];
  for (const { what, of, few, prepare } of [...texts, ...compared, ...conversations]) {
    const [small, large] = [prepare(few), prepare(10 * few)];
    const measured = await measureAlternately(
      { small: () => measureCpuMs(small), large: () => measureCpuMs(large) },
      5,
    );
    figureList.push({
      what: `${what} of ${(10 * few).toLocaleString('en-US')} ${of}`,
      method: `processor time, median, in turns with the same of ${few.toLocaleString('en-US')}`,
      value: { amount: median(measured.large), unit: 'ms' },
      control: { amount: median(measured.small), unit: 'ms', of: 'a tenth' },
      atMost: maxGrowth,
    });
  }
  return figureList;
}
