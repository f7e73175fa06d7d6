import { BrokenError } from './broken';
import type { Monkey } from './monkey';
import type { Row } from './screen';

/** Each attempt waits until the screen has settled. */
const maxTries = 20;

/** Presses Ctrl+C in the tree: it must copy the highlighted rows. */
export async function copyInTree(monkey: Monkey): Promise<void> {
  if (!(await monkey.focusTree())) return;
  const { rows = [] } = await monkey.settle();
  const selected = rows.filter((row) => row.selected);
  const focused = rows.find((row) => row.focused);
  const acted =
    selected.length > 1
      ? selected
      : monkey.highlight !== 'moved on' && selected.length === 1
        ? selected
        : focused === undefined
          ? []
          : [focused];
  const ids = acted.map((row) => monkey.idOf(row)).filter((id) => id !== undefined);
  if (ids.length === 0 || ids.length < acted.length) return;
  monkey.note(acted.map(({ label }) => label).join(', '));
  const mayBeSeveral = monkey.highlight === 'moved on';
  // Copying an ID needs no server, so there is no excuse.
  const text = await copyText(
    monkey,
    () => monkey.page.keyboard.press('Control+c'),
    () => false,
  );
  if (ids.length === 1) monkey.highlight = 'by hand';
  const copiedIds = text.split('\n');
  const isExpected =
    ids.length === 1
      ? text === ids[0] || (mayBeSeveral && copiedIds.length > 1 && isSelectionAsSeen(monkey, rows, copiedIds))
      : ids.every((id) => copiedIds.includes(id));
  if (!isExpected)
    throw new BrokenError(
      'what is copied is the highlighted row',
      `Ctrl+C on ${acted.map(({ label }) => label).join(', ')} copied ${labelsOf(monkey, text)} instead.`,
    );
}

/** Selected rows may be outside the visible area. Of the visible rows, exactly the highlighted ones must be copied. */
function isSelectionAsSeen(monkey: Monkey, rows: readonly Row[], ids: readonly string[]): boolean {
  return rows.every((row) => {
    const id = monkey.idOf(row);
    return id === undefined || row.selected === ids.includes(id);
  });
}

/** Copies by a palette command: the copied IDs must belong to this account. */
export async function copyByCommand(monkey: Monkey, name: string): Promise<void> {
  let isOffered = false;
  const text = await copyText(
    monkey,
    async () => void (isOffered = await monkey.run(name)),
    (notification) => !isOffered || (notification !== undefined && monkey.hasReason(notification)),
  );
  if (
    isOffered &&
    name === 'copyId' &&
    text !== '' &&
    text.split('\n').some((id) => monkey.accountOf(id) === undefined)
  ) {
    throw new BrokenError('what is copied is a conversation', `Copied ${text}`);
  }
}

/**
 * Returns the text that an action copies; empty if it copies nothing.
 * @param isExcused whether copying nothing is allowed; receives the visible notification
 */
async function copyText(
  monkey: Monkey,
  act: () => Promise<void>,
  isExcused: (notification: string | undefined) => boolean,
): Promise<string> {
  const none = 'nothing copied';
  await monkey.workbench.writeClipboard(none);
  await act();
  for (let tries = 0; tries < maxTries; tries += 1) {
    const now = await monkey.workbench.readClipboard();
    if (now !== none) return now;
    const { toasts } = await monkey.settle();
    if (isExcused(toasts.find(({ isProgress }) => !isProgress)?.message)) return '';
  }
  return '';
}

function labelsOf(monkey: Monkey, ids: string): string {
  return ids
    .split('\n')
    .map((id) => monkey.accountOf(id)?.findLabel(id) ?? `"${id}"`)
    .join(', ');
}
