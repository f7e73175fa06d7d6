import * as vscode from 'vscode';
import { isolateDirection } from '../../core/text/directions';
import { findTitle, toVisibleLine } from '../../core/text/title';
import type { DatedRow } from '../../core/view/rowOrder';
import { type ToolCall, type ToolUsage, listToolCalls, summarizeTools } from '../../core/view/toolCalls';
import type { App } from '../app';
import { formatCallPlace, formatToolUsage } from '../format/calls';
import { formatRowAge } from '../format/conversation';
import { keepOrder, plainLabel } from './quickPick';

/** More items make VS Code slow on every keystroke. */
const maxItems = 500;

type ToolChoice = { readonly kind: 'tool'; readonly tool: string } | { readonly kind: 'check' };
type CallChoice = { readonly kind: 'call'; readonly call: ToolCall } | { readonly kind: 'back' };
type CallsApp = Pick<App, 'callSummaries' | 'clock' | 'model' | 'rowTest'>;

interface Item<Choice> extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

const toolIcon = new vscode.ThemeIcon('tools');
const failedIcon = new vscode.ThemeIcon('tools', new vscode.ThemeColor('list.errorForeground'));

/** Lists the tools, and then the calls of the selected one. @param unchecked conversations that can be checked first */
export async function chooseToolCall(
  app: CallsApp,
  unchecked: number,
): Promise<Exclude<ToolChoice | CallChoice, { kind: 'tool' | 'back' }> | undefined> {
  let last: string | undefined;
  for (;;) {
    const chosen = await chooseTool(app, unchecked, last);
    if (chosen?.kind !== 'tool') return chosen;
    last = chosen.tool;
    const call = await chooseCall(app, chosen.tool);
    if (call?.kind !== 'back') return call;
  }
}

function chooseTool(app: CallsApp, unchecked: number, last: string | undefined): Promise<ToolChoice | undefined> {
  const tools = summarizeTools(findRows(app), (id) => app.callSummaries.of(id)).map((usage) =>
    createToolItem(usage, app),
  );
  const none: Item<ToolChoice> = { label: vscode.l10n.t('No tool calls in the checked conversations') };
  const items = [...(tools.length === 0 ? [none] : tools), ...(unchecked === 0 ? [] : createCheckItems(unchecked))];
  return pick(vscode.l10n.t('Tool Calls'), vscode.l10n.t('Select a tool to list its calls'), items, {
    active: items.find(({ choice }) => choice?.kind === 'tool' && choice.tool === last),
  });
}

/** Returns the loaded conversations that match the filter, newest first. */
function findRows({ model, rowTest }: CallsApp): readonly DatedRow[] {
  const matches = rowTest();
  return model.newest.filter(({ row }) => matches(row));
}

function createToolItem(usage: ToolUsage, { clock }: CallsApp): Item<ToolChoice> {
  return {
    label: plainLabel(isolateDirection(toVisibleLine(usage.tool))),
    description: formatToolUsage(usage, formatRowAge(usage.last, clock())),
    iconPath: usage.failed > 0 ? failedIcon : toolIcon,
    choice: { kind: 'tool', tool: usage.tool },
  };
}

function createCheckItems(unchecked: number): Item<ToolChoice>[] {
  return [
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label:
        unchecked === 1
          ? vscode.l10n.t('Check 1 More Conversation')
          : vscode.l10n.t('Check {0} More Conversations', unchecked),
      iconPath: new vscode.ThemeIcon('checklist'),
      alwaysShow: true,
      choice: { kind: 'check' },
    },
  ];
}

function chooseCall(app: CallsApp, tool: string): Promise<CallChoice | undefined> {
  const calls = listToolCalls(findRows(app), (id) => app.callSummaries.of(id), tool);
  const items = calls.slice(0, maxItems).flatMap((call, index) => {
    const isFirst = index === 0 || calls[index - 1]?.record.isFailed !== call.record.isFailed;
    return [...(isFirst ? [createHeading(call)] : []), createCallItem(call, app)];
  });
  const rest = calls.length - maxItems;
  if (rest > 0) items.push({ label: vscode.l10n.t('{0} more calls', rest) });
  const title = vscode.l10n.t('Calls of {0}', plainLabel(toVisibleLine(tool)));
  return pick(title, vscode.l10n.t('Select a call to open it in its conversation'), items, {
    back: { kind: 'back' },
  });
}

function createHeading({ record }: ToolCall): Item<CallChoice> {
  return {
    label: record.isFailed ? vscode.l10n.t('Failed') : vscode.l10n.t('Not Failed'),
    kind: vscode.QuickPickItemKind.Separator,
  };
}

function createCallItem(call: ToolCall, { callSummaries, clock }: CallsApp): Item<CallChoice> {
  const { row, record } = call;
  const title = findTitle(row, callSummaries.of(row.id)?.opening).text;
  const reason = toVisibleLine(record.reason ?? '').trim();
  return {
    label: plainLabel(isolateDirection(title)),
    description: plainLabel(formatCallPlace(record.turn, formatRowAge(row, clock()))),
    ...(reason !== '' && { detail: plainLabel(reason) }),
    iconPath: record.isFailed ? failedIcon : toolIcon,
    choice: { kind: 'call', call },
  };
}

interface PickOptions<Choice> {
  readonly active?: Item<Choice> | undefined;
  /** The result of the Back button, if there is one. */
  readonly back?: Choice;
}

/** @returns undefined if the user closed the list */
function pick<Choice>(
  title: string,
  placeholder: string,
  items: readonly Item<Choice>[],
  { active, back }: PickOptions<Choice>,
): Promise<Choice | undefined> {
  const list = vscode.window.createQuickPick<Item<Choice>>();
  list.title = title;
  list.placeholder = placeholder;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  keepOrder(list);
  list.items = items;
  if (active !== undefined) list.activeItems = [active];
  if (back !== undefined) list.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const choice = list.selectedItems[0]?.choice;
      if (choice === undefined) return;
      resolve(choice);
      list.hide();
    });
    list.onDidTriggerButton(() => {
      resolve(back);
      list.hide();
    });
    list.onDidHide(() => {
      list.dispose();
      resolve(undefined);
    });
    list.show();
  });
}
