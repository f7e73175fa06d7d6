import assert from 'node:assert/strict';
import { ApiError, type ApiErrorInit } from '../../src/core/api/errors';
import { unknownConversation, type Conversation } from '../../src/core/model/conversation';
import { toAge } from '../../src/core/text/time';
import { createHead } from '../../src/core/view/details';
import { createHeadView } from '../../src/shell/details/head';
import { createComparisonText } from '../../src/shell/documents/compareText';
import { createTooltip } from '../../src/shell/tree/conversationRow';
import { formatAge, formatSpokenAge, formatDayLabel, formatExactTime } from '../../src/shell/format/time';
import {
  conversationDescription,
  formatSpokenRow,
  formatCost,
  seemsFromFuture,
  formatTypeInSentence,
  formatType,
} from '../../src/shell/format/conversation';
import {
  formatConversationCount,
  formatGroupCount,
  formatLoaded,
  formatFailedCalls,
} from '../../src/shell/format/counts';
import { formatAction, formatError } from '../../src/shell/format/errors';
import { formatFilter } from '../../src/shell/format/filter';
import { toMarkdownConversation } from '../../src/shell/format/markdown';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe('UI strings in VS Code', () => {
  const now = new Date(2026, 10, 23, 15, 30, 0).getTime();

  it('format ages', () => {
    const table: readonly [passed: number, words: string | undefined, spoken: string | undefined][] = [
      [-hour, undefined, undefined],
      [10 * second, 'now', 'just now'],
      [minute, '1 min ago', '1 minute ago'],
      [5 * minute, '5 min ago', '5 minutes ago'],
      [hour, '1 hr ago', '1 hour ago'],
      [2 * hour, '2 hr ago', '2 hours ago'],
      [20 * hour, '20 hr ago', '20 hours ago'],
      [24 * hour, '1 day ago', '1 day ago'],
      [6 * 24 * hour, '6 days ago', '6 days ago'],
      [11 * 24 * hour, '12 Nov', '12 Nov'],
    ];
    for (const [passed, words, spoken] of table) {
      const age = toAge(now - passed, now);
      assert.equal(formatAge(age, 'en'), words);
      assert.equal(formatSpokenAge(age, 'en'), spoken);
    }
    assert.equal(formatAge(toAge(new Date(2024, 8, 12).getTime(), now), 'en'), '12 Sep 2024');
    assert.equal(formatAge(toAge(new Date(2024, 8, 12).getTime(), now), 'de'), '12. Sept. 2024');
    assert.equal(
      formatAge(toAge(new Date(2024, 8, 12).getTime(), now), 'not a locale!'),
      '12 Sep 2024'.replace('12 Sep', 'Sep 12,'),
    );
  });

  it('format days, and exact times with the sent value', () => {
    assert.equal(formatDayLabel('2026-11-12', '2026-11-23', 'en'), '12 Nov');
    assert.equal(formatDayLabel('2024-11-12', '2026-11-23', 'en'), '12 Nov 2024');
    assert.match(
      formatExactTime('2025-01-25 14:30:00', 'local', 'en'),
      /^Sat, 25 Jan 2025.*14:30:00.*\(sent as 2025-01-25 14:30:00\)$/,
    );
    assert.equal(formatExactTime('soon', 'UTC'), 'soon');
    assert.equal(formatExactTime('', 'UTC'), 'unknown time');
  });

  it('have singular and plural forms', () => {
    assert.equal(formatGroupCount({ kind: 'of', loaded: 31, total: 68 }), '31 of 68');
    assert.equal(formatGroupCount({ kind: 'atLeast', loaded: 31 }), '31+');
    assert.equal(formatGroupCount({ kind: 'loaded', count: 12 }), '12 loaded');
    assert.equal(formatGroupCount({ kind: 'all', count: 12 }), '12');
    assert.equal(formatGroupCount({ kind: 'unread' }), '');
    assert.equal(formatGroupCount({ kind: 'matching', count: 0, loaded: 31, complete: false }), '0 of 31 loaded match');
    assert.equal(formatLoaded(30, 68), '30 of 68');
    assert.equal(formatLoaded(30, 29), '30 loaded');
    assert.deepEqual(
      [formatFailedCalls(1), formatFailedCalls(7), formatConversationCount(1), formatConversationCount(0)],
      ['1 failed tool call', '7 failed tool calls', '1 conversation', '0 conversations'],
    );
  });

  it('format a cost the same for a number and a decimal string', () => {
    assert.deepEqual(
      [formatCost(0.0045), formatCost('0.00450000'), formatCost(4e-7), formatCost(-1.5)],
      ['$0.0045', '$0.0045', '$0.0000004', '-$1.50'],
    );
    assert.deepEqual(
      [formatCost(0), formatCost('0.000'), formatCost(undefined), formatCost('free')],
      [undefined, undefined, undefined, undefined],
    );
  });

  const row: Conversation = {
    ...unknownConversation,
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    assistantId: 'a1',
    assistantName: 'Booking Bot',
    type: 'test',
    messageCount: 7,
    totalCost: 0.0128,
    aiEnabled: false,
    createdAt: new Date(now - 2 * hour).toISOString(),
    updatedAt: '',
  };

  it('describe a row visually and for a screen reader', () => {
    const reading = { zone: 'UTC', now };
    assert.equal(conversationDescription(row, reading), '2h · 7 · 1.3¢');
    assert.equal(
      formatSpokenRow(row, reading),
      'Conversation 7c9e6679, Booking Bot, Test, 2 hours ago, 7 messages, cost $0.0128, AI off',
    );
    const bare = {
      ...row,
      messageCount: undefined,
      totalCost: 0,
      createdAt: 'soon',
      aiEnabled: undefined,
      assistantName: undefined,
    };
    assert.equal(conversationDescription(bare, reading), 'soon');
    assert.equal(formatSpokenRow(bare, reading), 'Conversation 7c9e6679, Test, soon');
  });

  it('format a cost the same in tooltip, panel, Markdown, and comparison', () => {
    for (const [totalCost, dollars] of [
      ['12.500000', '$12.50'],
      [12.5, '$12.50'],
      ['0.000000', '$0.00'],
      [0, '$0.00'],
      ['-1.50000000', '-$1.50'],
    ] as const) {
      const conversation = { ...row, totalCost };
      const { id } = conversation;
      const transcript = {
        turns: [],
        rejected: 0,
        variables: undefined,
        externalIdentifier: undefined,
        whatsappSender: undefined,
        customer: undefined,
        raw: null,
      };
      const head = createHeadView(createHead({ id, row: conversation, transcript }), { zone: 'UTC', now });
      const side = { id, conversation, transcript };
      const texts = [
        createTooltip(conversation, { zone: 'UTC', now }, undefined, undefined).value.replaceAll('\\', ''),
        head.facts.find(({ key }) => key === 'cost')?.text ?? '',
        toMarkdownConversation(side, 'UTC').facts.find(({ name }) => name === 'Cost')?.value ?? '',
        createComparisonText(side, side).left,
      ];
      for (const text of texts) assert.deepEqual([...new Set(text.match(/-?\$[\d.]+/g))], [dollars], text);
    }
  });

  it('show a time in the future as sent', () => {
    const ahead = { ...row, createdAt: '2026-11-24 20:00:00' };
    assert.equal(conversationDescription(ahead, { zone: 'local', now }), '2026-11-24 20:00:00 · 7 · 1.3¢');
    assert.equal(seemsFromFuture(ahead, { zone: 'local', now }), true);
    assert.equal(seemsFromFuture(row, { zone: 'UTC', now }), false);
  });

  it('name known and unknown types', () => {
    assert.deepEqual(['test', 'widget', 'whatsapp', 'api'].map(formatType), ['Test', 'Widget', 'WhatsApp', 'API']);
    assert.deepEqual(['test', 'whatsapp', 'fax'].map(formatTypeInSentence), ['test', 'WhatsApp', 'fax']);
    assert.equal(formatType(' \u202efax\n'), 'fax');
    assert.equal(formatType(''), 'No Type');
    assert.equal(formatType('x'.repeat(99)).length, 40);
  });

  it('summarize a filter in one line', () => {
    const filter = {
      type: 'test',
      assistant: { uuid: 'a1b2c3d4-5678', name: 'Booking Bot' },
      dates: { kind: 'lastDays', days: 7 },
      aiEnabled: false,
      minMessages: 5,
      minCost: 0.01,
      text: 'refund',
    } as const;
    assert.equal(formatFilter(filter), 'test · Booking Bot · last 7 days · AI off · ≥ 5 messages · ≥ $0.01 · "refund"');
    assert.equal(formatFilter({}), '');
    assert.equal(formatFilter({ dates: { kind: 'between', from: '2026-11-01' } }), 'since 2026-11-01');
    assert.equal(formatFilter({ assistant: { uuid: 'a1b2c3d4-5678', name: undefined } }), 'Deleted assistant a1b2c3d4');
  });

  const formatFailure = (init: Omit<ApiErrorInit, 'origin'>): [string, string | undefined] => {
    const { message, actions } = formatError(new ApiError({ origin: 'https://call.aiployees.com', ...init }), {
      kind: 'listing',
      type: 'test',
    });
    return [message, actions[0]];
  };

  it('name the failure, its cause, and a remedy', () => {
    const table: readonly [Omit<ApiErrorInit, 'origin'>, string | RegExp, string][] = [
      [{ kind: 'network', code: 'ENOTFOUND' }, "Couldn't reach call.aiployees.com (ENOTFOUND).", 'retry'],
      [{ kind: 'network' }, "Couldn't reach call.aiployees.com.", 'retry'],
      [
        { kind: 'network', code: 'SELF_SIGNED_CERT_IN_CHAIN' },
        /untrusted certificate \(SELF_SIGNED_CERT_IN_CHAIN\)/,
        'retry',
      ],
      [{ kind: 'network', code: 'CERT_HAS_EXPIRED' }, /has expired or isn't valid yet/, 'retry'],
      [{ kind: 'network', code: 'ECONNREFUSED' }, /Check the base URL and proxy settings/, 'retry'],
      [{ kind: 'timeout' }, "Couldn't load test conversations. call.aiployees.com took too long to respond.", 'retry'],
      [{ kind: 'cancelled' }, "Couldn't load test conversations. The request was canceled.", 'retry'],
      [{ kind: 'unauthorized', status: 401 }, 'The server rejected this API key.', 'setApiKey'],
      [
        { kind: 'forbidden', status: 403, detail: 'No.' },
        /^Couldn't load test conversations\. This API key .* \(403\)\. Server message: "No\."$/,
        'setApiKey',
      ],
      [{ kind: 'notFound', status: 404 }, /Is the base URL correct\?$/, 'openSettings'],
      [
        { kind: 'rejected', status: 422, detail: 'The type is invalid.' },
        `Couldn't load test conversations. The server rejected the request (422). Server message: "The type is invalid."`,
        'retry',
      ],
      [{ kind: 'rateLimited', status: 429 }, /^Too many requests/, 'retry'],
      [{ kind: 'server', status: 500 }, "Couldn't load test conversations. Server error (500).", 'retry'],
      [
        { kind: 'unexpected', status: 200, unexpected: 'webPage' },
        'The server returned a web page instead of JSON. Is the base URL correct?',
        'openSettings',
      ],
      [{ kind: 'unexpected', unexpected: 'redirect' }, /key isn't sent there/, 'openSettings'],
      [{ kind: 'unexpected', unexpected: 'notJson' }, /was cut off or isn't valid JSON/, 'retry'],
      [{ kind: 'unexpected', unexpected: 'tooLarge' }, /too large/, 'retry'],
      [{ kind: 'unexpected', unexpected: 'shape' }, /unexpected response/, 'openSettings'],
    ];
    for (const [init, message, action] of table) {
      const [said, first] = formatFailure(init);
      if (typeof message === 'string') assert.equal(said, message);
      else assert.match(said, message);
      assert.equal(first, action, said);
      assert.doesNotMatch(said, /\{\d\}/);
    }
    assert.equal(formatAction('setApiKey'), 'Set API Key');
  });

  it('report a deleted conversation', () => {
    const gone = new ApiError({ kind: 'notFound', origin: 'https://call.aiployees.com', status: 404 });
    assert.match(formatError(gone, { kind: 'readingTranscript' }).message, /^Conversation not found/);
  });
});
