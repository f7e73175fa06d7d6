import { l10n } from 'vscode';
import type { TreeModel } from '../../core/view/treeModel';
import type { MoreNode, NoticeNode, RestNode } from '../../core/view/treeNodes';
import { loadedOf } from '../words/counts';
import { listing } from '../words/doing';
import { actionLabel, errorWords, firstAction } from '../words/errors';
import { typeWord } from '../words/type';
import type { PictureContext, RowPicture } from './picture';

export function morePicture(
  { list: key }: MoreNode,
  model: TreeModel,
  { isLong }: Pick<PictureContext, 'isLong'>,
): RowPicture {
  const list = model.list(key);
  const { loaded, total } = model.progress(key);
  if (list?.state.kind === 'busy' && (!list.read || isLong(key))) {
    return row(l10n.t('Loading…'), 'loading~spin', 'loading', list.read ? loadedOf(loaded, total) : undefined);
  }
  if (list?.state.kind === 'failed' && (list.state.work === 'more' || list.state.work === 'all')) {
    const { message } = errorWords(list.state.error, listing(key));
    return {
      ...row(l10n.t("Couldn't load more. {0} Select to retry.", message), 'error', 'more'),
      color: 'list.errorForeground',
    };
  }
  const label = l10n.t('Load More ({0})', loadedOf(loaded, total));
  if (list !== undefined && list.barren > 0) {
    return row(label, 'arrow-down', 'more', l10n.t('no matches in the last {0} loaded', list.barren));
  }
  return row(label, 'arrow-down', 'more');
}

export function restPicture({ parent }: RestNode, model: TreeModel): RowPicture {
  return row(l10n.t('Show More ({0} hidden)', model.rest(parent)), 'ellipsis', 'rest');
}

export function noticePicture(node: NoticeNode, model: TreeModel, { filterWords }: PictureContext): RowPicture {
  const notice = model.notice(node);
  // What it said is over; VS Code asks for it once more before it hears of that.
  if (notice === undefined) return row('…', 'info', 'notice');
  switch (notice.kind) {
    case 'failed': {
      const { message, actions } = errorWords(notice.failure.error, listing(node.list));
      return { ...row(message, 'error', 'notice', actionLabel(firstAction(actions))), color: 'list.errorForeground' };
    }
    case 'empty':
      return row(emptyWords(notice.type), 'info', 'notice', l10n.t('Refresh'));
    case 'nothingMatches':
      return row(l10n.t('No conversations match {0}.', filterWords), 'filter', 'notice', l10n.t('Clear Filter'));
    case 'noneMatchYet': {
      const words =
        notice.unread === undefined
          ? l10n.t("None of the {0} loaded conversations match. More aren't loaded yet.", notice.loaded)
          : l10n.t("None of the {0} loaded conversations match. {1} aren't loaded yet.", notice.loaded, notice.unread);
      return row(words, 'filter', 'notice.more', l10n.t('Load More'));
    }
    case 'rejected': {
      const words =
        notice.count === 1
          ? l10n.t("1 conversation couldn't be read because its format is unknown.")
          : l10n.t("{0} conversations couldn't be read because their format is unknown.", notice.count);
      return { ...row(words, 'warning', 'notice', l10n.t('Show Log')), color: 'list.warningForeground' };
    }
    case 'mayLackRows': {
      const words = l10n.t(
        'Some conversations may be missing. The list changed while it was loading, or the server reports more than it returns.',
      );
      return { ...row(words, 'warning', 'notice', l10n.t('Reload All')), color: 'list.warningForeground' };
    }
  }
}

function emptyWords(type: string | undefined): string {
  if (type === undefined) return l10n.t('No conversations yet.');
  if (type === 'test')
    return l10n.t('No test conversations yet. Chat with an assistant on its test screen, then refresh.');
  return l10n.t('No {0} conversations yet.', typeWord(type));
}

function row(label: string, icon: string, context: string, description?: string): RowPicture {
  if (description === undefined) return { label, icon, context, spoken: label, tooltip: label };
  // A narrow side bar cuts the words off, and what a click does with them: the tooltip has both.
  return { label, description, icon, context, spoken: `${label}, ${description}`, tooltip: `${label}\n${description}` };
}
