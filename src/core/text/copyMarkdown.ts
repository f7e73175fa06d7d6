import type { JsonObject, JsonValue } from '../model/json';
import type { Turn } from '../model/transcript';
import { stringify } from '../util/exactJson';
import { formatCodeBlock, formatCodeSpan, escapeInline, quoteMarkdown } from './escapeMarkdown';

/** The parts of a conversation to write as Markdown, with localized names. */
export interface MarkdownConversation {
  readonly title: string;
  readonly facts: readonly MarkdownFact[];
  readonly variables: JsonObject | undefined;
  /** Undefined to leave out the transcript. */
  readonly turns: readonly Turn[] | undefined;
}

export interface MarkdownFact {
  readonly name: string;
  readonly value: string;
  /** For IDs: formatted as code. */
  readonly code?: boolean;
}

export interface MarkdownLabels {
  readonly variables: string;
  readonly transcript: string;
  readonly noTurns: string;
  readonly arguments: string;
  readonly result: string;
  role(role: string): string;
  /** @param name as Markdown */
  call(name: string): string;
}

export function formatConversationMarkdown(conversation: MarkdownConversation, labels: MarkdownLabels): string {
  const { title, facts, variables, turns } = conversation;
  return [
    `# ${escapeInline(title)}`,
    facts.map(formatFact).join('\n'),
    ...(variables === undefined ? [] : [`## ${escapeInline(labels.variables)}`, formatJson(variables)]),
    ...(turns === undefined ? [] : formatTranscript(turns, labels)),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function formatTranscript(turns: readonly Turn[], labels: MarkdownLabels): string[] {
  const blocks = turns.flatMap((turn, index) => formatTurn(turn, index, labels));
  return [`## ${escapeInline(labels.transcript)}`, ...(turns.length === 0 ? [escapeInline(labels.noTurns)] : blocks)];
}

function formatFact({ name, value, code }: MarkdownFact): string {
  return `- **${escapeInline(name)}:** ${code === true ? formatCodeSpan(value) : escapeInline(value)}`;
}

function formatTurn(turn: Turn, index: number, labels: MarkdownLabels): string[] {
  return [
    `### ${index + 1}. ${escapeInline(labels.role(turn.role))}`,
    ...(turn.content.trim() === '' ? [] : [quoteMarkdown(turn.content)]),
    ...turn.functionCalls.flatMap((call) => [
      labels.call(formatCodeSpan(call.name)),
      ...formatValue(labels.arguments, call.arguments),
      ...formatValue(labels.result, call.result),
    ]),
  ];
}

function formatValue(name: string, value: JsonValue | undefined): string[] {
  return value === undefined ? [] : [`${escapeInline(name)}:`, formatJson(value)];
}

function formatJson(value: JsonValue): string {
  return formatCodeBlock(stringify(value, 2), 'json');
}
