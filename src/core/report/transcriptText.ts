import type { FunctionCall } from '../model/transcript';
import type { RunResult, TurnResult } from '../testing/result';
import { stringify } from '../util/exactJson';
import { shorten } from './report';
import { indentLines, toTerminalLine, toTerminalText } from './terminalText';

const maxCallPartChars = 2000;
const maxRunChars = 200_000;

/** Formats a run's messages, replies, and tool calls as lines that are safe to print. */
export function formatTranscript({ turns }: Pick<RunResult, 'turns'>): string {
  return shorten(turns.map(formatTurn).join('\n'), maxRunChars);
}

export function formatTurn({ user, reply, number }: TurnResult): string {
  return [
    ...(number === 0 ? [] : [formatMessage('User', user)]),
    ...reply.functionCalls.map(formatCall),
    ...(reply.content === '' ? [] : [formatMessage('Assistant', reply.content)]),
  ].join('\n');
}

function formatMessage(role: string, message: string): string {
  return `${role}: ${indentLines(toTerminalText(message))}`;
}

/** `ƒ find_slots {"day":"2026-12-02"} → {"slots":[]}` */
function formatCall({ name, arguments: given, result }: FunctionCall): string {
  return `ƒ ${toTerminalLine(name)} ${formatPart(given)} → ${formatPart(result)}`;
}

function formatPart(value: FunctionCall['arguments']): string {
  if (value === undefined) return '–';
  return toTerminalLine(shorten(typeof value === 'string' ? value : stringify(value), maxCallPartChars));
}
