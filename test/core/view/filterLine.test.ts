import assert from 'node:assert/strict';
import type { Filter } from '../../../src/core/model/query';
import type { AssistantChoice } from '../../../src/core/view/filterAssistants';
import {
  completeFilterLine,
  type FilterVocabulary,
  formatFilterLine,
  parseFilterLine,
} from '../../../src/core/view/filterLine';

function assistant(uuid: string, name: string | undefined, more: Partial<AssistantChoice> = {}): AssistantChoice {
  return { uuid, name, loaded: 1, ambiguous: false, ...more };
}

const orderDesk = { uuid: 'a1', name: 'Order Desk', serverId: 7 };
const vocabulary: FilterVocabulary = {
  types: ['test', 'widget', 'whatsapp', 'api'],
  assistants: [
    assistant('a1', 'Order Desk', { serverId: 7, loaded: 3 }),
    assistant('a2', 'Ordinary Bot'),
    assistant('a3', 'Clinic Desk', { loaded: 9 }),
    assistant('a4', 'Twin', { ambiguous: true }),
    assistant('a5', 'Twin', { ambiguous: true }),
    assistant('a6', undefined),
    assistant('a7', 'The "Best" Bot\\'),
  ],
  tools: ['get_order', 'Get Invoice'],
};
const parse = (line: string): Filter => parseFilterLine(line, vocabulary).filter;

describe('parseFilterLine', () => {
  const cases: readonly (readonly [line: string, filter: Filter])[] = [
    ['', {}],
    ['type:test', { type: 'test' }],
    ['TYPE:Test', { type: 'test' }],
    ['assistant:"Order Desk"', { assistant: orderDesk }],
    ['assistant:"Order', { assistant: orderDesk }],
    ['assistant:order', { assistant: orderDesk }],
    ['assistant:a6', { assistant: { uuid: 'a6', name: undefined } }],
    ['last:7d', { dates: { kind: 'lastDays', days: 7 } }],
    ['last:2w', { dates: { kind: 'lastDays', days: 14 } }],
    ['date:today', { dates: { kind: 'today' } }],
    ['date:2026-11-28', { dates: { kind: 'between', from: '2026-11-28', to: '2026-11-28' } }],
    ['since:2026-11-01', { dates: { kind: 'between', from: '2026-11-01' } }],
    ['since:2026-11-01 until:2026-11-30', { dates: { kind: 'between', from: '2026-11-01', to: '2026-11-30' } }],
    ['until:2026-11-30 since:2026-11-01', { dates: { kind: 'between', from: '2026-11-01', to: '2026-11-30' } }],
    ['last:7d since:2026-11-01', { dates: { kind: 'between', from: '2026-11-01' } }],
    ['ai:off', { aiEnabled: false }],
    ['ai:ON', { aiEnabled: true }],
    ['messages:5', { minMessages: 5 }],
    ['messages:>=5', { minMessages: 5 }],
    ['messages:>5', { minMessages: 6 }],
    ['cost:>0.01', { minCost: 0.01 }],
    ['has:failed', { calls: 'failed' }],
    ['HAS:Calls tool:GET_order', { calls: 'calls', tool: 'get_order' }],
    ['tool:"get invoice"', { tool: 'Get Invoice' }],
    ['tool:unknown_tool', { tool: 'unknown_tool' }],
    ['cost:>=$1,50', { minCost: 1.5 }],
    ['label:bad', { label: 'bad' }],
    ['label:none', { label: 'unlabelled' }],
    ['label:note', { label: 'noted' }],
    ['refund', { text: 'refund' }],
    ['refund "two  words"', { text: 'refund two  words' }],
    ['"test"', { text: 'test' }],
    ['""', {}],
    ['test ord 7d', { type: 'test', assistant: orderDesk, dates: { kind: 'lastDays', days: 7 } }],
    ['today desk', { dates: { kind: 'today' }, assistant: { uuid: 'a3', name: 'Clinic Desk' } }],
    ['2026-11-28', { dates: { kind: 'between', from: '2026-11-28', to: '2026-11-28' } }],
    ['test test', { type: 'test', text: 'test' }],
    ['o', { text: 'o' }],
    ['type:test refund ai:off', { type: 'test', aiEnabled: false, text: 'refund' }],
    ['https://example.com/a', { text: 'https://example.com/a' }],
    ['"a \\"quoted\\" word"', { text: 'a "quoted" word' }],
  ];
  for (const [line, filter] of cases) it(`reads ${JSON.stringify(line)}`, () => assert.deepEqual(parse(line), filter));

  const problems: readonly (readonly [line: string, kind: string])[] = [
    ['color:red', 'unknownKey'],
    ['12:30', 'none'],
    ['type:fax', 'invalidValue'],
    ['type:', 'invalidValue'],
    ['assistant:nobody', 'invalidValue'],
    ['assistant:', 'invalidValue'],
    ['last:0d', 'invalidValue'],
    ['last:99999d', 'invalidValue'],
    ['last:7', 'invalidValue'],
    ['date:2026-02-30', 'invalidValue'],
    ['since:yesterday', 'invalidValue'],
    ['ai:maybe', 'invalidValue'],
    ['messages:many', 'invalidValue'],
    ['messages:0', 'invalidValue'],
    ['cost:1,000', 'invalidValue'],
    ['label:great', 'invalidValue'],
  ];
  for (const [line, kind] of problems) {
    it(`reports ${kind} for ${line}`, () => {
      const parsed = parseFilterLine(`${line} refund`, vocabulary);
      assert.equal(parsed.problems[0]?.kind ?? 'none', kind);
      if (kind === 'none') return;
      assert.deepEqual(parsed.filter, { text: 'refund' });
      assert.equal(parsed.problems[0]?.term, line);
    });
  }

  it('reports whether bare words were interpreted', () => {
    assert.equal(parseFilterLine('desk', vocabulary).hasInterpretedWords, true);
    assert.equal(parseFilterLine('refund type:test', vocabulary).hasInterpretedWords, false);
  });
});

describe('formatFilterLine', () => {
  const filters: readonly Filter[] = [
    {},
    { type: 'test' },
    { assistant: orderDesk },
    { assistant: { uuid: 'a5', name: 'Twin', ambiguous: true } },
    { assistant: { uuid: 'a6', name: undefined } },
    { assistant: { uuid: 'a7', name: 'The "Best" Bot\\' } },
    { dates: { kind: 'today' } },
    { dates: { kind: 'lastDays', days: 30 } },
    { dates: { kind: 'between', to: '2026-11-30' } },
    { dates: { kind: 'between', from: '2026-11-01', to: '2026-11-30' } },
    { aiEnabled: true, minMessages: 12, minCost: 0.000_000_1, label: 'unlabelled' },
    { text: 'type:test "7d" \\' },
    { calls: 'failed' },
    { calls: 'calls', tool: 'Get Invoice', text: 'refund' },
    { tool: 'a "quoted" tool' },
    { type: 'test', assistant: orderDesk, dates: { kind: 'lastDays', days: 7 }, minCost: 0.01, text: 'a  b' },
  ];
  for (const filter of filters) {
    const line = formatFilterLine(filter);
    it(`writes a line that is read as the same filter: ${line}`, () => assert.deepEqual(parse(line), filter));
  }
});

describe('completeFilterLine', () => {
  const termsFor = (line: string): readonly string[] => completeFilterLine(line, vocabulary).map(({ term }) => term);

  it('completes types, assistants, and keys from a bare word', () => {
    assert.deepEqual(termsFor('te'), ['type:test']);
    assert.deepEqual(termsFor('ord'), ['assistant:"Order Desk"', 'assistant:"Ordinary Bot"']);
    assert.deepEqual(termsFor('la'), ['last:', 'label:']);
  });

  it('completes the values of a key', () => {
    assert.deepEqual(termsFor('type:w'), ['type:widget', 'type:whatsapp']);
    assert.deepEqual(termsFor('ai:'), ['ai:on', 'ai:off']);
    assert.deepEqual(termsFor('assistant:tw'), ['assistant:a4', 'assistant:a5']);
    assert.deepEqual(termsFor('assistant:"cl'), ['assistant:"Clinic Desk"']);
  });

  it('keeps the terms before it, and lets the next one follow', () => {
    assert.deepEqual(completeFilterLine('type:test ord', vocabulary)[0], {
      term: 'assistant:"Order Desk"',
      line: 'type:test assistant:"Order Desk" ',
    });
    assert.equal(completeFilterLine('la', vocabulary)[0]?.line, 'last:');
  });

  it('offers nothing after a space, for quoted text, and for a complete term', () => {
    for (const line of ['', 'type:test ', '"te', 'ai:off', 'cost:1']) assert.deepEqual(termsFor(line), [], line);
  });
});
