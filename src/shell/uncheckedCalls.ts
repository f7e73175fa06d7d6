import type { Conversation } from '../core/model/conversation';
import { withoutCalls } from '../core/view/filter';
import type { App } from './app';

type CheckedApp = Pick<App, 'callSummaries' | 'provider' | 'rowTest' | 'viewState'>;

/** Returns the loaded conversations that match the other parts of the filter, newest first. Linear in the rows. */
export function findCheckable(
  { provider, rowTest, viewState }: Omit<CheckedApp, 'callSummaries'>,
  filter = viewState.filter,
): readonly Conversation[] {
  const matches = rowTest(withoutCalls(filter));
  return provider.model.newest.flatMap(({ row }) => (matches(row) ? [row] : []));
}

/** Returns those of them that have turns that weren't checked for tool calls. */
export function findUnchecked(app: CheckedApp, filter = app.viewState.filter): readonly Conversation[] {
  return findCheckable(app, filter).filter((row) => !app.callSummaries.isCurrent(row));
}
