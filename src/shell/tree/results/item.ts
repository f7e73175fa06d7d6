import * as vscode from 'vscode';
import { isolated } from '../../../core/text/isolated';
import { labelOf } from '../../../core/text/label';
import { assertNever } from '../../../core/util/assertNever';
import type { AnnotationOf } from '../../../core/view/filter';
import type { MatchPlace } from '../../../core/view/transcriptSearch/fields';
import { internalCommands } from '../../../manifest';
import type { FoundNode, MatchNode, NoticeNode, ResultNode, RestNode } from '../../search/nodes';
import type { SearchState } from '../../search/state';
import { conversationSpoken, rowAge } from '../../words/conversation';
import type { TimeContext } from '../../words/time';
import { annotationSpoken } from '../../words/labels';
import { notSearchedWords, notLoadedWords, placeWords, type NotLoaded } from '../../words/search';
import { conversationIcon } from '../conversationPicture';

export interface ItemContext {
  readonly state: SearchState;
  readonly notLoaded: NotLoaded;
  readonly reading: TimeContext;
  readonly annotationOf: AnnotationOf;
}

const icons: Readonly<Record<MatchPlace['part'], string>> = {
  message: 'comment',
  name: 'symbol-method',
  arguments: 'symbol-parameter',
  result: 'output',
  variables: 'symbol-variable',
};

export function itemOf(node: ResultNode, context: ItemContext): vscode.TreeItem {
  const item = rawItem(node, context);
  item.id = node.id;
  // Without arguments, which VS Code forgets when a row is told anew: it acts on what is selected.
  if (node.kind !== 'conversation') item.command = { command: internalCommands.actOnResult, title: '' };
  return item;
}

function rawItem(node: ResultNode, context: ItemContext): vscode.TreeItem {
  switch (node.kind) {
    case 'conversation':
      return foundItem(node, context);
    case 'match':
      return matchItem(node);
    case 'rest':
      return restItem(node);
    case 'notice':
      return noticeItem(node, context);
    default:
      return assertNever(node);
  }
}

function foundItem({ found: { row, total } }: FoundNode, { reading, annotationOf }: ItemContext): vscode.TreeItem {
  const item = new vscode.TreeItem(isolated(labelOf(row).text), vscode.TreeItemCollapsibleState.Expanded);
  const count = total === 1 ? vscode.l10n.t('1 match') : vscode.l10n.t('{0} matches', total);
  item.description = [count, rowAge(row, reading)].filter((part) => part !== '').join(' · ');
  const annotation = annotationOf(row);
  const { icon, color } = conversationIcon(row, { label: annotation?.label });
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = 'conversation';
  const spoken = [count, conversationSpoken(row, reading), annotationSpoken(annotation)].filter((part) => part !== '');
  item.accessibilityInformation = { label: spoken.join(', ') };
  return item;
}

function matchItem({ match: { place, excerpt } }: MatchNode): vscode.TreeItem {
  const highlights = excerpt.highlights.map(([start, end]): [number, number] => [start, end]);
  const item = new vscode.TreeItem({ label: excerpt.text, highlights });
  const where = placeWords(place);
  item.description = where;
  item.iconPath = new vscode.ThemeIcon(icons[place.part]);
  item.contextValue = 'match';
  item.tooltip = `${where}\n${excerpt.text}`;
  item.accessibilityInformation = { label: `${where}: ${excerpt.text}` };
  return item;
}

function restItem({ count }: RestNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    count === 1 ? vscode.l10n.t('1 more match') : vscode.l10n.t('{0} more matches', count),
  );
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'rest';
  return item;
}

function noticeItem({ about }: NoticeNode, { state, notLoaded }: ItemContext): vscode.TreeItem {
  const [action, words, icon] =
    about === 'leftOut'
      ? [
          vscode.l10n.t('Continue'),
          notSearchedWords(state) ?? '',
          state.failures.length > 0 ? 'warning' : 'debug-continue',
        ]
      : [vscode.l10n.t('Load More'), notLoadedWords(notLoaded), 'arrow-down'];
  // What it does comes first: why it is there stands above too, and a narrow side bar cuts it off.
  const item = new vscode.TreeItem(action);
  item.description = words;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = 'notice';
  item.tooltip = words;
  item.accessibilityInformation = { label: `${action}. ${words}` };
  return item;
}
