import type { JsonObject, JsonValue } from '../model/json';
import type { Turn } from '../model/transcript';
import { stringify } from '../util/exactJson';
import { codeBlock, codeSpan, escapeInline, quotation } from './escapeMarkdown';

/** A conversation as it is written down; the words are the reader's own. */
export interface MarkdownConversation {
  readonly title: string;
  readonly facts: readonly MarkdownFact[];
  readonly variables: JsonObject | undefined;
  /** Missing where the transcript is not to be there. */
  readonly turns: readonly Turn[] | undefined;
}

export interface MarkdownFact {
  readonly name: string;
  readonly value: string;
  /** Ids and the like. */
  readonly code?: boolean;
}

export interface MarkdownWords {
  readonly variables: string;
  readonly transcript: string;
  readonly noTurns: string;
  readonly arguments: string;
  readonly result: string;
  role(role: string): string;
  /** @param name as Markdown */
  call(name: string): string;
}

export function conversationMarkdown(conversation: MarkdownConversation, words: MarkdownWords): string {
  const { title, facts, variables, turns } = conversation;
  return [
    `# ${escapeInline(title)}`,
    facts.map(factLine).join('\n'),
    ...(variables === undefined ? [] : [`## ${escapeInline(words.variables)}`, json(variables)]),
    ...(turns === undefined ? [] : transcriptBlocks(turns, words)),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function transcriptBlocks(turns: readonly Turn[], words: MarkdownWords): string[] {
  const blocks = turns.flatMap((turn, index) => turnBlocks(turn, index, words));
  return [`## ${escapeInline(words.transcript)}`, ...(turns.length === 0 ? [escapeInline(words.noTurns)] : blocks)];
}

function factLine({ name, value, code }: MarkdownFact): string {
  return `- **${escapeInline(name)}:** ${code === true ? codeSpan(value) : escapeInline(value)}`;
}

function turnBlocks(turn: Turn, index: number, words: MarkdownWords): string[] {
  return [
    `### ${index + 1}. ${escapeInline(words.role(turn.role))}`,
    ...(turn.content.trim() === '' ? [] : [quotation(turn.content)]),
    ...turn.functionCalls.flatMap((call) => [
      words.call(codeSpan(call.name)),
      ...valueBlocks(words.arguments, call.arguments),
      ...valueBlocks(words.result, call.result),
    ]),
  ];
}

/** What was not sent is not there. */
function valueBlocks(name: string, value: JsonValue | undefined): string[] {
  return value === undefined ? [] : [`${escapeInline(name)}:`, json(value)];
}

function json(value: JsonValue): string {
  return codeBlock(stringify(value, 2), 'json');
}
