import type { FunctionCall } from '../../model/transcript';
import { splitSegments } from '../../text/segments';
import type { Pair, PlacedTurn, TurnPair } from './comparison';
import { listComparedFields } from './fields';
import { normalizeLines } from './align';

/** The labels of the two texts. */
export interface CompareLabels {
  /** The name of a known role; any other as sent. */
  role(role: string): string;
  readonly arguments: string;
  readonly result: string;
}

/** Two texts that a diff aligns by the unique headings of their turns. It marks the lines that one side lacks. */
export interface LevelTexts {
  readonly left: readonly string[];
  readonly right: readonly string[];
}

class LevelWriter implements LevelTexts {
  readonly left: string[] = [];
  readonly right: string[] = [];

  both(line: string): void {
    this.left.push(line);
    this.right.push(line);
  }

  each(left: readonly string[], right: readonly string[]): void {
    for (const line of left) this.left.push(line);
    for (const line of right) this.right.push(line);
  }
}

/** Formats the transcripts below a head, which is the same on both sides: the first difference is in a turn. */
export function createLevelTexts(
  head: readonly string[],
  pairs: readonly TurnPair[],
  labels: CompareLabels,
): LevelTexts {
  const texts = new LevelWriter();
  for (const line of head) texts.both(line);
  for (const pair of pairs) {
    texts.both('');
    writeTurn(texts, pair, labels);
  }
  return texts;
}

/** Indents untrusted text, so that it can't imitate a heading, a call, or a gap. */
function writeTurn(texts: LevelWriter, { left, right, calls }: TurnPair, labels: CompareLabels): void {
  // Equal on both sides and unique, so that a diff aligns there.
  texts.both(`▸ ${formatNumbers(left, right)} · ${toVisible(labels.role((left ?? right)?.turn.role ?? ''))}`);
  const uneven = findUnevenLines(listTextLines(left), listTextLines(right));
  texts.each(formatTextLines(left, uneven), formatTextLines(right, uneven));
  for (const call of calls) writeCall(texts, call, labels);
}

/** The panels' numbers: "3", "3 ↔ 5" if they differ, "– ↔ 5" if one is missing. */
function formatNumbers(left: PlacedTurn | undefined, right: PlacedTurn | undefined): string {
  if (left?.number === right?.number) return String(left?.number);
  return `${left?.number ?? '–'} ↔ ${right?.number ?? '–'}`;
}

function listTextLines(placed: PlacedTurn | undefined): readonly string[] {
  if (placed === undefined) return [];
  const { content, functionCalls } = placed.turn;
  const text = normalizeLines(content);
  return text === '' && functionCalls.length > 0 ? [] : text.split('\n');
}

function formatTextLines(placed: PlacedTurn | undefined, uneven: ReadonlySet<string>): readonly string[] {
  return listTextLines(placed).map((line) => `  ${toVisible(uneven.has(line.trim()) ? showOuterSpaces(line) : line)}`);
}

/**
 * Returns the trimmed lines that differ only in the white space around them. It matters for Markdown lists and line
 * breaks, and VS Code's diff editor doesn't mark it by default.
 */
function findUnevenLines(left: readonly string[], right: readonly string[]): ReadonlySet<string> {
  const ofRight = groupByTrimmed(right);
  const uneven = new Set<string>();
  for (const [trimmed, lines] of groupByTrimmed(left)) {
    const others = ofRight.get(trimmed) ?? [];
    const isEven = lines.length === others.length && lines.every((line, index) => line === others[index]);
    if (!isEven && new Set([...lines, ...others]).size > 1 && others.length > 0) uneven.add(trimmed);
  }
  return uneven;
}

function groupByTrimmed(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const line of lines) {
    const group = groups.get(line.trim());
    if (group === undefined) groups.set(line.trim(), [line]);
    else group.push(line);
  }
  return groups;
}

/** Shows white space at both ends like VS Code does; other characters than spaces and tabs by code point. */
function showOuterSpaces(line: string): string {
  const visible = (space: string): string =>
    space === ' '
      ? '·'
      : space === '\t'
        ? '→'
        : `[U+${(space.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
  const start = line.length - line.trimStart().length;
  const end = Math.max(start, line.trimEnd().length);
  return (
    [...line.slice(0, start)].map(visible).join('') +
    line.slice(start, end) +
    [...line.slice(end)].map(visible).join('')
  );
}

function writeCall(texts: LevelWriter, { left, right }: Pair<FunctionCall>, labels: CompareLabels): void {
  const head = (call: FunctionCall | undefined): string[] => (call === undefined ? [] : [`ƒ ${toVisible(call.name)}`]);
  texts.each(head(left), head(right));
  writeFields(texts, labels.arguments, formatFields(left?.arguments), formatFields(right?.arguments));
  writeFields(texts, labels.result, formatFields(left?.result), formatFields(right?.result));
}

type FieldLines = ReadonlyMap<string, readonly string[]>;

/** By the field's name, sorted; a field without a name is first. */
function formatFields(value: FunctionCall['arguments']): FieldLines {
  const fields = new Map<string, readonly string[]>();
  for (const {
    name,
    lines: [first = '', ...rest],
  } of listComparedFields(value)) {
    const named =
      name === undefined
        ? first
        : `${/^[\p{L}_$][\p{L}\p{N}_$.-]*$/u.test(name) ? name : JSON.stringify(name)}: ${first}`;
    // Names may be duplicates.
    fields.set(name ?? '', [
      ...(fields.get(name ?? '') ?? []),
      ...[named, ...rest].map((line) => `    ${toVisible(line)}`),
    ]);
  }
  return fields;
}

/** In the same order on both sides. */
function writeFields(texts: LevelWriter, title: string, left: FieldLines, right: FieldLines): void {
  texts.each(left.size > 0 ? [`  ${title}`] : [], right.size > 0 ? [`  ${title}`] : []);
  const names = [...new Set([...left.keys(), ...right.keys()])].sort((a, b) => (a < b ? -1 : 1));
  for (const name of names) texts.each(left.get(name) ?? [], right.get(name) ?? []);
}

/** Returns one line, with hidden characters as code points. */
function toVisible(line: string): string {
  return splitSegments(line)
    .map((segment) => (segment.kind === 'text' ? segment.text.replaceAll('\n', ' ') : `[${segment.codes}]`))
    .join('');
}
