import assert from 'node:assert/strict';
import { createHead, findCopyText } from '../../../src/core/view/details';
import { factKeys, type FactKey } from '../../../src/core/view/facts';
import { createHeadView } from '../../../src/shell/details/head';
import { createTooltip } from '../../../src/shell/tree/conversationRow';
import { toMarkdownConversation } from '../../../src/shell/format/markdown';
import { formatExactTime } from '../../../src/shell/format/time';
import { conversation, transcript } from '../../media/conversations';

const row = conversation({
  totalCost: '-1.50000000',
  aiEnabled: false,
  externalIdentifier: 'crm-7',
  customer: { name: 'Ines M.', phone: '+49171' },
  whatsappSender: { name: ' ', phone: '+49172' },
});

/** Label, text, and the copied text if it differs. */
const facts: Readonly<Record<FactKey, readonly [string, string, string?]>> = {
  id: ['ID', row.id],
  type: ['Type', 'Test', 'test'],
  assistant: ['Assistant', 'Clinic Desk'],
  deletedAssistant: ['Assistant', 'Deleted assistant a1b2c3d4', row.assistantId],
  messages: ['Messages', '7'],
  cost: ['Cost', '-$1.50', '-1.50000000'],
  ai: ['AI', "Off (the assistant doesn't reply)", 'false'],
  created: ['Created', formatExactTime(row.createdAt, 'UTC'), row.createdAt],
  updated: ['Updated', formatExactTime(row.updatedAt, 'UTC'), row.updatedAt],
  customer: ['Customer', 'Ines M. · +49171'],
  sender: ['WhatsApp sender', '+49172'],
  externalIdentifier: ['External ID', 'crm-7'],
};

describe('conversation facts', () => {
  for (const key of factKeys) {
    it(`show ${key} with the same label and text everywhere`, () => {
      const [label, text, copied = text] = facts[key];
      const shown = key === 'deletedAssistant' ? { ...row, assistantName: undefined } : row;
      const known = { id: shown.id, row: shown, transcript: transcript([]) };
      const tooltip = createTooltip(shown, { zone: 'UTC', now: 0 }, undefined, undefined)
        .value.replaceAll('\\', '')
        .split('\n');
      assert.ok(tooltip.includes(`**${label}:** ${text}  `), tooltip.join('\n'));
      const markdown = toMarkdownConversation(
        { id: shown.id, conversation: shown, transcript: undefined },
        'UTC',
      ).facts;
      assert.ok(
        markdown.some(({ name, value }) => name === label && value === text),
        JSON.stringify(markdown),
      );
      const head = createHeadView(createHead(known), { zone: 'UTC', now: Date.parse('2026-11-23T12:00:00Z') });
      const fact = head.facts.find((each) => each.key === key);
      if (key === 'type') assert.equal(head.type, text);
      else if (key.endsWith('ssistant')) assert.equal(head.assistant, text);
      else if (key !== 'id') assert.deepEqual([fact?.name, fact?.more ?? fact?.text], [label, text]);
      assert.equal(findCopyText(known, { kind: 'fact', key }), copied);
    });
  }
});
