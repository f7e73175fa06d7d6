import { l10n } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import type { Transcript } from '../../core/model/transcript';
import { formatDollars } from '../../core/text/cost';
import { shortId, visible } from '../../core/text/label';
import { comparisonOf } from '../../core/view/compare/comparison';
import { differencesOf, messagesOf } from '../../core/view/compare/comparison';
import { levelTexts, type CompareWords } from '../../core/view/compare/levelLines';
import { headOf } from '../../core/view/details';
import { spokenMessageCount } from '../format/counts';
import { differenceWords } from '../format/differences';
import { roleWords } from '../format/conversation';
import { typeWords } from '../format/conversation';

export interface ComparedConversation {
  readonly id: string;
  /** Missing where a conversation was opened by its id alone. */
  readonly conversation: Conversation | undefined;
  readonly transcript: Transcript;
}

export interface ComparisonText {
  readonly left: string;
  readonly right: string;
  /** What differs, on one line. */
  readonly summary: string;
}

/** Two conversations as texts that stand level, below a few lines that tell whose they are. */
export function createComparisonText(left: ComparedConversation, right: ComparedConversation): ComparisonText {
  const pairs = comparisonOf(left.transcript.turns, right.transcript.turns);
  const side = ({ conversation, transcript }: ComparedConversation) => ({ row: conversation, transcript });
  const summary = differenceWords(differencesOf(pairs, side(left), side(right)));
  // Lenses can be switched off: what they say stands in the text too.
  const heads = { left: [summary, ...formatHead(left)], right: [summary, ...formatHead(right)] };
  const texts = levelTexts(heads, pairs, createLabels());
  return { left: joinLines(texts.left), right: joinLines(texts.right), summary };
}

/**
 * "Ada ↔ Bea", as their rows are called; with their short ids where they are called the same. Unlike a panel's, this title
 * may have names in it: VS Code keeps no diff of documents like these on disk, and so no title of one.
 */
export function formatComparisonTitle(left: ComparedConversation, right: ComparedConversation): string {
  const [one, other] = [formatLabel(left), formatLabel(right)];
  if (one !== other) return `${one} ↔ ${other}`;
  return `${one} (${visible(shortId(left.id))}) ↔ ${other} (${visible(shortId(right.id))})`;
}

function formatLabel({ id, conversation, transcript }: ComparedConversation): string {
  return headOf({ id, row: conversation, transcript }).label;
}

function formatHead({ id, conversation, transcript }: ComparedConversation): readonly string[] {
  const about = [
    visible(conversation?.assistantName ?? '').trim(),
    conversation === undefined ? '' : typeWords(conversation.type),
    visible(shortId(id)),
  ];
  // Also a cost of nothing: the other side's may be something.
  const cost = conversation?.totalCost;
  const sizes = [spokenMessageCount(messagesOf(transcript)), cost === undefined ? '' : formatDollars(cost)];
  return ['', formatLabel({ id, conversation, transcript }), joinParts(about), joinParts(sizes)];
}

function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

function createLabels(): CompareWords {
  return {
    role: roleWords,
    arguments: l10n.t('Arguments'),
    result: l10n.t('Result'),
    noTurn: l10n.t('no matching turn'),
    noCall: l10n.t('not called'),
  };
}

function joinLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
