import { l10n } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import type { Transcript } from '../../core/model/transcript';
import { formatDollars } from '../../core/text/cost';
import { shortId, toVisibleLine } from '../../core/text/title';
import { compareTurns } from '../../core/view/compare/comparison';
import { findDifferences, countMessages } from '../../core/view/compare/comparison';
import { createLevelTexts, type CompareLabels } from '../../core/view/compare/levelLines';
import { createHead } from '../../core/view/details';
import { formatSpokenMessageCount } from '../format/counts';
import { formatDifferences } from '../format/differences';
import { formatRole } from '../format/conversation';
import { formatType } from '../format/conversation';

export interface ComparedConversation {
  readonly id: string;
  /** Undefined if the conversation was opened by its ID alone. */
  readonly conversation: Conversation | undefined;
  readonly transcript: Transcript;
}

export interface ComparisonText {
  readonly left: string;
  readonly right: string;
}

/** Aligns two conversations as texts, each below a few lines about both. */
export function createComparisonText(left: ComparedConversation, right: ComparedConversation): ComparisonText {
  const pairs = compareTurns(left.transcript.turns, right.transcript.turns);
  const side = ({ conversation, transcript }: ComparedConversation) => ({ row: conversation, transcript });
  const summary = formatDifferences(findDifferences(pairs, side(left), side(right)));
  const head = [summary, '', l10n.t('Left: {0}', formatFacts(left)), l10n.t('Right: {0}', formatFacts(right))];
  const texts = createLevelTexts(head, pairs, createLabels());
  return { left: joinLines(texts.left), right: joinLines(texts.right) };
}

/**
 * "Ada ↔ Bea", with short IDs if the labels are equal. The title may contain names: VS Code saves a panel's title on disk, but
 * not the title of a diff of virtual documents.
 */
export function formatComparisonTitle(left: ComparedConversation, right: ComparedConversation): string {
  const [one, other] = [formatLabel(left), formatLabel(right)];
  if (one !== other) return `${one} ↔ ${other}`;
  return `${one} (${toVisibleLine(shortId(left.id))}) ↔ ${other} (${toVisibleLine(shortId(right.id))})`;
}

function formatLabel({ id, conversation, transcript }: ComparedConversation): string {
  return createHead({ id, row: conversation, transcript }).label;
}

/** "Ada · Clinic Desk · Test · 8d0f7780 · 3 messages · $0.0128" */
function formatFacts({ id, conversation, transcript }: ComparedConversation): string {
  // Shows a cost of $0 too, to compare it.
  const cost = conversation?.totalCost;
  const parts = [
    formatLabel({ id, conversation, transcript }),
    toVisibleLine(conversation?.assistantName ?? '').trim(),
    conversation === undefined ? '' : formatType(conversation.type),
    toVisibleLine(shortId(id)),
    formatSpokenMessageCount(countMessages(transcript)),
    cost === undefined ? '' : formatDollars(cost),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function createLabels(): CompareLabels {
  return {
    role: formatRole,
    arguments: l10n.t('Arguments'),
    result: l10n.t('Result'),
  };
}

function joinLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
