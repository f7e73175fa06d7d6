import type { ListQuery, PagePointer } from '../model/query';
import type { ConversationPage, ConversationsApi, Priority } from './api';
import { nextPointer } from './pagination';

export interface WalkOptions {
  readonly pageSize: number;
  /** The first page where not given. */
  readonly from?: PagePointer | undefined;
  readonly signal: AbortSignal;
  readonly priority?: Priority;
  /** Ids on pages before `from`. Not changed. */
  readonly seen?: ReadonlySet<string>;
}

export interface WalkedPage {
  readonly page: ConversationPage;
  /** What was asked; undefined for the first page. */
  readonly pointer: PagePointer | undefined;
  /** Where to go on; undefined says that the list ends with this page. */
  readonly next: PagePointer | undefined;
}

/**
 * One page after the other until the list ends; a caller that stops before knows by `next` that pages remain.
 * @throws ApiError from the page that failed; `pointer` of that page is the `next` before it
 */
export async function* walk(
  api: Pick<ConversationsApi, 'listConversations'>,
  query: ListQuery,
  { pageSize, from, signal, priority, seen }: WalkOptions,
): AsyncGenerator<WalkedPage, void, void> {
  const ids = new Set(seen);
  const cursors = new Set<string>();
  let first: { total: number | undefined; lastPage: number | undefined } | undefined;
  let pointer = from;
  for (;;) {
    if (pointer?.style === 'cursor') cursors.add(pointer.cursor);
    const page = await api.listConversations(query, { pointer, pageSize }, { signal, ...(priority && { priority }) });
    const next: PagePointer | undefined = nextPointer(pointer, page, ids, { ...first, cursors });
    yield { page, pointer, next };
    if (next === undefined) return;
    if (first === undefined && page.envelope.style === 'page') first = page.envelope;
    for (const row of page.rows) ids.add(row.id);
    pointer = next;
  }
}
