import assert from 'node:assert/strict';
import type { Monkey } from './monkey';
import type { Row, Screen } from './screen';

/** A condition that must hold while nothing is loading. It is checked until it holds or the time is up. */
export interface Invariant {
  readonly name: string;
  check(monkey: Monkey, screen: Screen): Promise<void> | void;
}

export const invariants: readonly Invariant[] = [
  { name: 'the highlighted row has the focus', check: highlightIsFocus },
  { name: 'each row is a conversation of this account, once', check: rowsAreConversations },
  { name: 'counts add up', check: countsAddUp },
  { name: 'the panel shows what was opened', check: showsOpened },
  { name: 'the panel shows what the server holds', check: pageIsTrue },
  { name: 'errors have a reason', check: errorsHaveReasons },
];

function highlightIsFocus(monkey: Monkey, { rows = [] }: Screen): void {
  if (monkey.highlight !== 'by hand') return;
  const [one, another] = rows.filter((row) => row.selected);
  if (one === undefined || another !== undefined) return;
  assert.ok(
    one.focused,
    `"${one.label}" is highlighted, but "${rows.find(({ focused }) => focused)?.label ?? 'no row on the screen'}" has the focus.`,
  );
}

/** Matches the number of messages in a conversation's description; also the count of a group. */
const messages = /(?:^| · )(\d+)(?= · |$)/;

function rowsAreConversations(monkey: Monkey, { rows = [] }: Screen): void {
  const seen = new Set<string>();
  let assistant: Row | undefined;
  for (const row of rows) {
    if (row.expanded !== undefined) assistant = row.level === 2 && row.icon === 'robot' ? row : undefined;
    if (row.expanded !== undefined || !messages.test(row.description)) continue;
    const id = monkey.idOf(row);
    assert.ok(
      id !== undefined,
      `There is a row "${row.label}" (${row.description}), which is no conversation of this account.`,
    );
    assert.ok(!seen.has(id), `"${row.label}" has two rows.`);
    seen.add(id);
    const versions = monkey.account.versionsOf(id);
    const count = Number(messages.exec(row.description)?.[1]);
    assert.ok(
      versions.some(({ messageCount }) => messageCount === count),
      `"${row.label}" never had ${count} messages.`,
    );
    if (assistant !== undefined && row.level === 3) {
      assert.equal(versions[0]?.assistantName, assistant.label, `"${row.label}" is not with "${assistant.label}".`);
    }
  }
}

/** A group's number of conversations, by its description. */
interface Count {
  /** The number of loaded rows that match. */
  readonly shown: number;
  /** The number on the server; undefined if the description has none. */
  readonly total: number | undefined;
}

function parseCount({ description }: Row): Count | undefined {
  for (const part of description.split(' · ')) {
    const match = /^(?:(\d+) of (\d+) (?:loaded )?match|(\d+) of (\d+)|(\d+)\+|(\d+) loaded|(\d+))$/.exec(part);
    if (match === null) continue;
    const [, matching, , loaded, total, atLeast, partly, all] = match;
    const shown = Number(matching ?? loaded ?? atLeast ?? partly ?? all);
    return { shown, total: total !== undefined ? Number(total) : all !== undefined ? shown : undefined };
  }
  return undefined;
}

/** Returns the rows directly below a group; undefined unless all of them are visible. */
function findChildren(rows: readonly Row[], group: Row): readonly Row[] | undefined {
  if (group.expanded !== true) return undefined;
  const after = rows.slice(rows.indexOf(group) + 1);
  const end = after.findIndex(({ level }) => level <= group.level);
  const children = after.slice(0, end === -1 ? undefined : end).filter(({ level }) => level === group.level + 1);
  return children.length > 0 && children.length === children[0]?.siblings ? children : undefined;
}

function countsAddUp(monkey: Monkey, { message, rows = [], titleActions }: Screen): void {
  // VS Code hides the title's icons unless the view has the focus or the pointer.
  const isFiltered = titleActions.includes('Clear Filter') || message.includes('Showing ');
  for (const group of rows) {
    if (group.expanded === undefined) continue;
    const count = parseCount(group);
    if (count === undefined) continue;
    const { shown, total } = count;
    const type = group.label.toLowerCase();
    const isWholeType = group.level === 1 && group.icon !== 'robot' && group.icon !== 'calendar';
    if (isWholeType && !isFiltered && total !== undefined) {
      assert.ok(
        monkey.account.mayCount(type, total),
        `"${group.label}" has "${group.description}", but there never were ${total}.`,
      );
    }
    if (total !== undefined)
      assert.ok(shown <= total, `"${group.label}" shows more than there are: "${group.description}".`);
    const children = findChildren(rows, group);
    const counted = children?.filter(({ expanded }) => expanded !== undefined) ?? [];
    if (counted.length > 0) {
      const counts = counted.map((child) => parseCount(child)?.shown ?? 0);
      const sum = counts.reduce((one, other) => one + other, 0);
      assert.equal(
        sum,
        shown,
        `The groups in "${group.label}" have ${counts.join(' + ')} = ${sum}, the group says "${group.description}".`,
      );
    }
    const first = rows[rows.indexOf(group) + 1];
    const hasRows =
      group.expanded &&
      (first?.siblings ?? 0) > 0 &&
      first?.level === group.level + 1 &&
      first.expanded === undefined &&
      messages.test(first.description);
    if (first !== undefined && hasRows) {
      assert.ok(
        hasAsManyRows(first.siblings, shown),
        `"${group.label}" says "${group.description}", but has ${first.siblings} rows.`,
      );
    }
  }
}

/** A large group shows the first 200, 400, … rows, and a row that shows more. */
function hasAsManyRows(rows: number, counted: number): boolean {
  return rows === counted || (counted > rows && rows % 200 === 1);
}

async function showsOpened(monkey: Monkey, { rows = [] }: Screen): Promise<void> {
  if (monkey.opened === undefined) return;
  const { id, byRow } = monkey.opened;
  const shown = await monkey.panel.read();
  if (shown?.id === id) return;
  // While a server is slow, the previous filter's rows stay for a second: the clicked row may disappear with them.
  if (byRow && monkey.world.isSlow && !rows.some((row) => monkey.idOf(row) === id)) return;
  const content = shown === undefined ? `nothing (${await monkey.panel.describe()})` : `"${shown.title}"`;
  assert.fail(`"${monkey.account.findLabel(id) ?? id}" was opened, but the panel shows ${content}.`);
}

async function pageIsTrue(monkey: Monkey): Promise<void> {
  const shown = await monkey.panel.read();
  if (shown === undefined) return;
  const account = monkey.accountOf(shown.id);
  assert.ok(account !== undefined, `The panel shows ${shown.id}, which no server holds.`);
  // Before its row is loaded, a conversation that was opened by its ID has it as its title.
  const label = account.findLabel(shown.id) ?? '';
  assert.ok(
    // Without a customer, its first message does.
    label === shown.id.slice(0, 8) || [label, shown.id.slice(0, 8)].some((each) => shown.title.includes(each)),
    `The panel of "${label}" is titled "${shown.title}".`,
  );
  if (shown.texts === undefined) return;
  const texts = JSON.stringify(shown.texts);
  const from = monkey.fresh?.id === shown.id ? monkey.fresh.version : 0;
  const versions = account
    .versionsOf(shown.id)
    .slice(from)
    .map(({ history }) => JSON.stringify(history.map(({ content }) => content ?? '')));
  assert.ok(
    versions.includes(texts),
    `The panel of "${label}" shows ${shown.texts.length} turns that it never had, or no longer: ${texts.slice(0, 300)}`,
  );
}

async function errorsHaveReasons(monkey: Monkey, { toasts }: Screen): Promise<void> {
  for (const { severity, message } of toasts) {
    if (severity !== 'error') continue;
    assert.ok(monkey.hasReason(message), `There is an error for no reason: ${message}`);
  }
  const errors = await monkey.newLogErrors();
  assert.equal(errors.length, 0, errors.join('\n'));
}
