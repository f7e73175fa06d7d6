import { l10n } from 'vscode';
import { knownConversationTypes } from '../../core/model/conversation';
import { subtractDays, formatDay } from '../../core/text/time';
import { assertNever } from '../../core/util/assertNever';
import type { TreeModel } from '../../core/view/treeModel';
import type { GroupNode, MoreNode, NoticeNode, RestNode, TreeNode } from '../../core/view/treeNodes';
import { formatTypeInSentence } from '../format/conversation';
import { formatLoaded } from '../format/counts';
import { listActivity } from '../format/activity';
import { findFirstAction, formatAction, formatCause, formatError } from '../format/errors';
import { formatErrorLabel } from '../format/errorLabels';
import { presentConversation } from './conversationRow';
import { presentGroup } from './groupRow';
import type { PresentationContext, RowPresentation } from './rowPresentation';

export function toPresentation(node: TreeNode, model: TreeModel, context: PresentationContext): RowPresentation {
  switch (node.kind) {
    case 'group':
      return presentGroup(node, model, context);
    case 'conversation':
      return presentConversation(node, model.find(node.conversationId), context, (assistantId) =>
        model.hasSharedName(assistantId),
      );
    case 'more':
      return presentLoadMore(node, model, context);
    case 'rest':
      return presentRest(node, model);
    case 'notice':
      return presentNotice(node, model, context);
    default:
      return assertNever(node);
  }
}

/** VS Code requests the children of all open groups together, and a long list has hundreds of days. */
const maxOpenDays = 7;

/** A list that ends with fewer rows fits on the screen, so all its groups are open initially. */
const maxRowsOfOpenGroups = 15;

export function isInitiallyOpen(group: GroupNode, model: TreeModel, now: number): boolean {
  const siblings = model.children(group.parent);
  const isFirst = siblings.find(({ kind }) => kind === 'group')?.id === group.id;
  const key = group.path[group.path.length - 1] ?? group.path[0];
  // Opening a type costs a request, so only the most used type is open initially.
  if (key.by === 'type' && group.parent === undefined)
    return isFirst && (siblings.length === 1 || key.type === knownConversationTypes[0]);
  if (isFirst || isShort(group, model)) return true;
  if (key.by === 'day') return key.day === undefined || key.day > subtractDays(formatDay(now, 'local'), maxOpenDays);
  return key.by === 'type';
}

function isShort({ list: key }: GroupNode, model: TreeModel): boolean {
  const list = model.list(key);
  return list?.read === true && !list.hasMore && model.newest.length <= maxRowsOfOpenGroups;
}

function presentLoadMore(
  { list: key }: MoreNode,
  model: TreeModel,
  { shouldShowBusy }: Pick<PresentationContext, 'shouldShowBusy'>,
): RowPresentation {
  const list = model.list(key);
  const { loaded, total } = model.progress(key);
  if (list?.state.kind === 'busy' && (!list.read || shouldShowBusy(key))) {
    return presentRow(
      l10n.t('Loading…'),
      'loading~spin',
      'loading',
      list.read ? formatLoaded(loaded, total) : undefined,
    );
  }
  if (list?.state.kind === 'failed' && (list.state.work === 'more' || list.state.work === 'all')) {
    const { error } = list.state;
    const message = formatCause(error, listActivity(key));
    const label = l10n.t("Couldn't load more: {0}", formatErrorLabel(error));
    return presentProblem(label, l10n.t("Couldn't load more. {0}", message), l10n.t('Retry'), 'more.failed');
  }
  const label = l10n.t('Load More ({0})', formatLoaded(loaded, total));
  if (list !== undefined && list.rowsWithoutMatch > 0) {
    return presentRow(label, 'arrow-down', 'more', l10n.t('no matches in the last {0} loaded', list.rowsWithoutMatch));
  }
  return presentRow(label, 'arrow-down', 'more');
}

function presentRest({ parent }: RestNode, model: TreeModel): RowPresentation {
  return presentRow(l10n.t('Show More ({0} hidden)', model.countHidden(parent)), 'ellipsis', 'rest');
}

function presentNotice(node: NoticeNode, model: TreeModel, { filterText }: PresentationContext): RowPresentation {
  const notice = model.findNotice(node);
  // VS Code may still request a removed notice.
  if (notice === undefined) return presentRow('…', 'info', 'notice');
  switch (notice.kind) {
    case 'failed': {
      const { error } = notice.failure;
      const { message, actions } = formatError(error, listActivity(node.list));
      const action = findFirstAction(actions);
      return presentProblem(formatErrorLabel(error), message, formatAction(action), `notice.${action}`);
    }
    case 'empty':
      return presentHint(...emptyMessage(notice.type), l10n.t('Refresh'), 'info', 'notice.refresh');
    case 'nothingMatches': {
      const message = l10n.t('No conversations match {0}.', filterText);
      const label = l10n.t('No matches for {0}', filterText);
      return presentHint(label, message, l10n.t('Clear Filter'), 'filter', 'notice.clearFilter');
    }
    case 'noneMatchYet': {
      const { loaded, unread } = notice;
      const [label, message] =
        unread === undefined
          ? [
              l10n.t('No matches in {0} loaded', loaded),
              l10n.t("None of the {0} loaded conversations match. More aren't loaded yet.", loaded),
            ]
          : [
              l10n.t('No matches in {0} loaded, {1} not loaded', loaded, unread),
              l10n.t("None of the {0} loaded conversations match. {1} aren't loaded yet.", loaded, unread),
            ];
      return presentHint(label, message, l10n.t('Load More'), 'filter', 'notice.more');
    }
    case 'rejected': {
      const { count } = notice;
      const [label, message] =
        count === 1
          ? [
              l10n.t("Couldn't read 1 conversation"),
              l10n.t("1 conversation couldn't be read because its format is unknown."),
            ]
          : [
              l10n.t("Couldn't read {0} conversations", count),
              l10n.t("{0} conversations couldn't be read because their format is unknown.", count),
            ];
      return presentWarning(label, message, l10n.t('Show Log'), 'notice.showLog');
    }
    case 'mayLackRows': {
      const message = l10n.t(
        'Some conversations may be missing. The list changed while it was loading, or the server reports more than it returns.',
      );
      return presentWarning(l10n.t('Some may be missing'), message, l10n.t('Reload All'), 'notice.reload');
    }
  }
}

function emptyMessage(type: string | undefined): [label: string, message: string] {
  if (type === undefined) return [l10n.t('No conversations yet'), l10n.t('No conversations yet.')];
  if (type === 'test')
    return [
      l10n.t('No test conversations yet'),
      l10n.t('No test conversations yet. Chat with an assistant on its test screen, then refresh.'),
    ];
  const name = formatTypeInSentence(type);
  return [l10n.t('No {0} conversations yet', name), l10n.t('No {0} conversations yet.', name)];
}

/** A short label, and the whole message for the tooltip and for screen readers. */
function presentHint(
  label: string,
  message: string,
  action: string,
  icon: string,
  contextValue: string,
): RowPresentation {
  return {
    label,
    description: action,
    icon,
    contextValue,
    ariaLabel: `${message}, ${action}`,
    tooltip: `${message}\n${action}`,
  };
}

function presentWarning(label: string, message: string, action: string, contextValue: string): RowPresentation {
  return { ...presentHint(label, message, action, 'warning', contextValue), color: 'list.warningForeground' };
}

function presentProblem(label: string, message: string, action: string, contextValue: string): RowPresentation {
  return { ...presentHint(label, message, action, 'error', contextValue), color: 'list.errorForeground' };
}

function presentRow(label: string, icon: string, contextValue: string, description?: string): RowPresentation {
  if (description === undefined) return { label, icon, contextValue, ariaLabel: label, tooltip: label };
  // A narrow side bar truncates the row, so the tooltip repeats it.
  return {
    label,
    description,
    icon,
    contextValue,
    ariaLabel: `${label}, ${description}`,
    tooltip: `${label}\n${description}`,
  };
}
