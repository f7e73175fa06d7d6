import * as vscode from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import type { ListKey, ListSnapshot, StoreSnapshot } from '../../core/store/snapshot';
import { fold, foldTerms } from '../../core/text/fold';
import { isolateDirection } from '../../core/text/directions';
import { findTitle, shortId, toVisibleLine } from '../../core/text/title';
import { runTimeSliced } from '../../core/util/slices';
import { type AssistantNames, collectAssistantNames } from '../../core/view/filterAssistants';
import {
  type FindMatch,
  type FoundConversations,
  type MatchedField,
  findInSteps,
  looksLikeId,
} from '../../core/view/find';
import type { DatedRow } from '../../core/view/rowOrder';
import { conversationDescription } from '../format/conversation';
import type { TimeContext } from '../format/time';
import { listActivity } from '../format/activity';
import { formatError } from '../format/errors';
import { formatAssistant, formatNamesake } from '../format/filter';
import { plainLabel, formatShortIdLabel } from './quickPick';

/** More items make VS Code slow on every keystroke. */
const maxItems = 200;

export type FindAction =
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'loadMore' }
  | { readonly kind: 'loadAll' }
  | { readonly kind: 'nothing' };

export interface FindItem extends vscode.QuickPickItem {
  readonly does: FindAction;
}

export interface Searched {
  readonly snapshot: StoreSnapshot;
  /** The loaded rows, newest first. */
  readonly newest: readonly DatedRow[];
  /** IDs of conversations that were opened, the latest first. */
  readonly opened: readonly string[];
  /** Whether a whole ID can be entered. */
  readonly canOpenById: boolean;
  readonly lists: readonly ListKey[];
  /** Whether the server may have more conversations. */
  readonly hasUnread: boolean;
  readonly typed: string;
  readonly loading: boolean;
  readonly reading: TimeContext;
  readonly noteOf: (row: Conversation) => string | undefined;
}

/** Returns a promise if there are many rows to search; it resolves to undefined if `signal` is aborted. */
export function findItems(searched: Searched, signal: AbortSignal): FindItem[] | Promise<FindItem[] | undefined> {
  const { typed, noteOf } = searched;
  const found = runTimeSliced(findInSteps(sortOpenedFirst(searched), typed, { limit: maxItems, noteOf }), signal);
  return found instanceof Promise
    ? found.then((done) => done && createItems(done, searched))
    : createItems(found, searched);
}

/** Opened conversations come first among equally good matches. */
function sortOpenedFirst({ newest, opened }: Searched): readonly DatedRow[] {
  if (opened.length === 0) return newest;
  const places = new Map(opened.map((id, place) => [id, place]));
  const placeOf = ({ row }: DatedRow): number => places.get(row.id) ?? Infinity;
  const first = newest.filter((each) => places.has(each.row.id)).sort((a, b) => placeOf(a) - placeOf(b));
  return [...first, ...newest.filter((each) => !places.has(each.row.id))];
}

function createItems({ matches, total }: FoundConversations, searched: Searched): FindItem[] {
  const { snapshot, newest, canOpenById, lists, hasUnread, typed, loading, reading } = searched;
  const names = collectAssistantNames(newest);
  const id = typed.trim();
  const canOpen =
    canOpenById && looksLikeId(id) && !snapshot.rows.some((row) => row.id.toLowerCase() === id.toLowerCase());
  const words = foldTerms(typed);
  const items = matches.map((match) => createMatchItem(match, words, reading, names));
  const openedCount = id === '' ? countOpened(matches, searched) : 0;
  return [
    // Always first: VS Code identifies items by position, and Enter may be pressed before it has the items for the last letter.
    separator(openedCount > 0 ? vscode.l10n.t('recently opened') : ''),
    ...(canOpen ? [openItem(id)] : []),
    ...items.slice(0, openedCount),
    // Like Go to File.
    ...(openedCount > 0 && openedCount < items.length ? [separator(vscode.l10n.t('newest'))] : []),
    ...items.slice(openedCount),
    ...(total > matches.length ? [createRestItem(total - matches.length)] : []),
    ...(total === 0 && !canOpen ? [createNoneItem(snapshot.rows.length, loading)] : []),
    ...(hasUnread ? [separator(formatSearchedCount(snapshot.rows.length)), ...loadItems(snapshot, lists)] : []),
  ];
}

function countOpened(matches: readonly FindMatch[], { opened }: Searched): number {
  return matches.filter(({ row }) => opened.includes(row.id)).length;
}

function openItem(id: string): FindItem {
  return {
    label: vscode.l10n.t('Open Conversation {0}', id),
    description: vscode.l10n.t('not loaded'),
    alwaysShow: true,
    does: { kind: 'open', id },
  };
}

function createMatchItem(
  { row, fields }: FindMatch,
  words: readonly string[],
  reading: TimeContext,
  names: AssistantNames,
): FindItem {
  const label = findTitle(row);
  const assistant = names.isShared(row.assistantId)
    ? formatNamesake(row.assistantName, row.assistantId)
    : isolateDirection(formatAssistant(row.assistantName, row.assistantId));
  const facts = [
    label.kind === 'id' ? undefined : formatShortIdLabel(row.id),
    plainLabel(conversationDescription(row, reading, assistant)),
  ];
  const details = fields.map((field) => formatMatchedField(field, row, words)).filter((detail) => detail !== undefined);
  return {
    label: plainLabel(isolateDirection(label.text)),
    description: facts.filter((fact) => fact !== undefined && fact !== '').join(' · '),
    ...(details.length === 0 ? {} : { detail: plainLabel(details.join(' · ')) }),
    alwaysShow: true,
    buttons: [{ iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy Conversation ID') }],
    does: { kind: 'open', id: row.id },
  };
}

/** Returns undefined if the match is visible in the row's label or description. */
function formatMatchedField(field: MatchedField, row: Conversation, words: readonly string[]): string | undefined {
  switch (field.kind) {
    case 'id':
      return words.some((word) => fold(shortId(row.id)).includes(word)) ? undefined : toVisibleLine(row.id);
    case 'who':
      return toVisibleLine(field.text).trim() === findTitle(row).text ? undefined : clip(field.text);
    case 'assistant':
      return undefined;
    case 'note':
      return vscode.l10n.t('Note: {0}', clip(field.text));
    case 'variable':
      return `${clip(field.name)}: ${clip(field.value)}`;
  }
}

function clip(text: string): string {
  const line = toVisibleLine(text).trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

function createRestItem(count: number): FindItem {
  return {
    label: count === 1 ? vscode.l10n.t('1 more match') : vscode.l10n.t('{0} more matches', count),
    description: vscode.l10n.t('keep typing to narrow the list'),
    alwaysShow: true,
    does: { kind: 'nothing' },
  };
}

function createNoneItem(loaded: number, loading: boolean): FindItem {
  const none = loading ? vscode.l10n.t('Loading…') : vscode.l10n.t('No conversations are loaded');
  return {
    label: loaded === 0 ? none : vscode.l10n.t('None of the loaded conversations match'),
    alwaysShow: true,
    does: { kind: 'nothing' },
  };
}

function formatSearchedCount(loaded: number): string {
  return loaded === 1
    ? vscode.l10n.t('Searched 1 loaded conversation')
    : vscode.l10n.t('Searched {0} loaded conversations', loaded);
}

function separator(label: string): FindItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, does: { kind: 'nothing' } };
}

function loadItems({ lists: opened }: StoreSnapshot, lists: readonly ListKey[]): FindItem[] {
  const states = lists.map((key) => opened.get(key));
  const failure = states.map((list) => list && formatListFailure(list)).find((text) => text !== undefined);
  return [
    {
      label: vscode.l10n.t('Load More'),
      iconPath: new vscode.ThemeIcon('arrow-down'),
      ...(failure === undefined ? {} : { detail: plainLabel(failure) }),
      alwaysShow: true,
      does: { kind: 'loadMore' },
    },
    {
      label: vscode.l10n.t('Load All'),
      iconPath: new vscode.ThemeIcon('fold-down'),
      alwaysShow: true,
      does: { kind: 'loadAll' },
    },
  ];
}

function formatListFailure({ key, state }: ListSnapshot): string | undefined {
  return state.kind === 'failed' ? formatError(state.error, listActivity(key)).message : undefined;
}
