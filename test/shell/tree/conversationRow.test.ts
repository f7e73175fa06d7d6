import assert from 'node:assert/strict';
import type { Annotation } from '../../../src/core/model/annotation';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonValue } from '../../../src/core/model/json';
import { type CallSummary, summarizeCalls } from '../../../src/core/view/callSummary';
import type { ConversationNode, GroupNode } from '../../../src/core/view/treeNodes';
import { type CheckOutcome, formatCheckOutcome } from '../../../src/shell/format/calls';
import { createTooltip, presentConversation } from '../../../src/shell/tree/conversationRow';
import type { RowPresentation } from '../../../src/shell/tree/rowPresentation';
import { row } from '../../core/view/filterRows';

const now = Date.parse('2026-11-23T12:00:00Z');
const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const group: GroupNode = {
  kind: 'group',
  id: 'g',
  list: 'test',
  path: [{ by: 'type', type: 'test' }],
  parent: undefined,
};
const node: ConversationNode = { kind: 'conversation', id: `g/${id}`, conversationId: id, parent: group };
const conversation: Conversation = {
  ...row({ id }),
  assistantName: 'Clinic Desk',
  messageCount: 7,
  totalCost: 0.0128,
  aiEnabled: true,
  createdAt: '2026-11-23 10:00:00',
};

const callsWith = (...results: JsonValue[]): CallSummary =>
  summarizeCalls({
    turns: [
      { role: 'user', content: 'Is Dr Okoro free?', functionCalls: [] },
      {
        role: 'assistant',
        content: '',
        functionCalls: results.map((result) => ({ name: 'find_slots', arguments: {}, result })),
      },
    ],
  });
const failing = callsWith({ error: 'no calendar' }, { slots: 3 });

interface State {
  readonly isNew?: boolean;
  readonly annotation?: Annotation;
  readonly calls?: CallSummary;
}

function present(fields: Partial<Conversation>, { isNew = false, annotation, calls }: State = {}): RowPresentation {
  const context = {
    now,
    zone: 'UTC',
    filterText: '',
    isNew: () => isNew,
    annotationOf: () => annotation,
    callsOf: () => calls,
    shouldShowBusy: () => false,
  };
  return presentConversation(node, { ...conversation, ...fields }, context, () => false);
}

describe('the row of a conversation', () => {
  it('shows age, messages, and cost, and speaks them with units', () => {
    const { description, ariaLabel } = present({ customer: { name: 'Ines M.', phone: undefined } });
    assert.equal(description, '2h · 7 · 1.3¢');
    assert.equal(ariaLabel, 'Ines M., Clinic Desk, Test, 2 hours ago, 7 messages, cost $0.0128');
  });

  it('shows the first user message once its transcript is known, else the ID', () => {
    const nameless = { customer: undefined, externalIdentifier: undefined, variables: undefined };
    assert.equal(present(nameless).label, '7c9e6679');
    assert.equal(present(nameless, { calls: failing }).label, 'Is Dr Okoro free?');
    assert.match(present(nameless, { calls: failing }).ariaLabel, /^Is Dr Okoro free\?, Clinic Desk/);
  });

  const icons: readonly [state: string, fields: Partial<Conversation>, state: State, icon: string][] = [
    ['nothing', {}, {}, 'comment'],
    [
      'that it is new',
      { aiEnabled: false },
      { isNew: true, annotation: { label: 'bad' }, calls: failing },
      'circle-filled',
    ],
    ['its label', { aiEnabled: false }, { annotation: { label: 'bad' }, calls: failing }, 'thumbsdown'],
    ['its failed calls', { aiEnabled: false }, { annotation: { note: 'Look' }, calls: failing }, 'tools'],
    ['that its AI is off', { aiEnabled: false }, { calls: callsWith({ slots: 3 }) }, 'circle-slash'],
  ];
  for (const [name, fields, state, icon] of icons)
    it(`shows ${name} in its icon`, () => assert.equal(present(fields, state).icon, icon));

  it('says "AI off" in the description only if the icon shows something else', () => {
    assert.doesNotMatch(present({ aiEnabled: false }).description ?? '', /AI off/);
    assert.match(present({ aiEnabled: false }, { annotation: { label: 'bad' } }).description ?? '', /AI off/);
    assert.match(present({ aiEnabled: false }).ariaLabel, /AI off/);
  });

  it('has a badge only with failed calls, which its tooltip and its label for screen readers have too', () => {
    assert.equal(present({}, { calls: failing }).failedCalls, 1);
    assert.match(present({}, { calls: failing }).ariaLabel, /, 1 failed tool call$/);
    assert.equal(present({}, { calls: callsWith({ slots: 3 }) }).failedCalls, undefined);
    assert.equal(present({}).failedCalls, undefined);
    const tooltip = createTooltip(conversation, { zone: 'UTC', now }, undefined, failing).value.replaceAll('\\', '');
    for (const line of [
      '**Tool calls:** 2, 1 failed: find_slots',
      '**First message:** Is Dr Okoro free?',
      '**Age:** 2 hours ago',
    ])
      assert.ok(tooltip.includes(line), tooltip);
  });
});

describe('the outcome of a check for failures', () => {
  const outcome: CheckOutcome = {
    conversations: 31,
    checked: 31,
    withFailures: 4,
    isCanceled: false,
    problem: undefined,
  };
  const cases: readonly [change: Partial<CheckOutcome>, text: string][] = [
    [{}, 'Checked all 31 conversations. 4 have failed tool calls.'],
    [{ withFailures: 1 }, 'Checked all 31 conversations. 1 has failed tool calls.'],
    [{ conversations: 1, checked: 1, withFailures: 0 }, 'Checked 1 conversation. None has failed tool calls.'],
    [{ checked: 12, isCanceled: true }, 'Check canceled. Checked 12 of 31 conversations. 4 have failed tool calls.'],
    [
      { checked: 30, problem: 'Server error (500).' },
      'Checked 30 of 31 conversations. 4 have failed tool calls. Server error (500).',
    ],
    [{ conversations: 0, checked: 0, withFailures: 0 }, 'No loaded conversation matches the filter.'],
  ];
  for (const [change, text] of cases)
    it(`is "${text}"`, () => assert.equal(formatCheckOutcome({ ...outcome, ...change }), text));
});
