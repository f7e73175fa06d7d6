import type { ConversationsApi } from '../../core/api/api';
import { ApiError, isCancelled, type ApiErrorKind } from '../../core/api/errors';
import type { KeyOwner } from '../../core/model/assistant';

/** What the server thinks of a key. */
export type KeyCheck =
  | { readonly kind: 'accepted'; readonly owner: KeyOwner | undefined }
  | { readonly kind: 'refused'; readonly error: ApiError }
  /** It could not be asked, or its answer says nothing about the key. */
  | { readonly kind: 'unchecked'; readonly error: ApiError }
  | { readonly kind: 'cancelled' };

/**
 * Not every server of the family has `GET /user/me`, and what answers in its place differs: then the list says
 * whether the key is good, and nobody says whose it is.
 */
const perhapsNotThere: readonly ApiErrorKind[] = ['notFound', 'forbidden', 'rejected', 'unexpected'];

/** Asks `GET /user/me`; where that is not there, `GET /user/conversations` for one row. */
export async function checkKey(api: ConversationsApi, signal: AbortSignal): Promise<KeyCheck> {
  try {
    return { kind: 'accepted', owner: await api.getKeyOwner({ signal }) };
  } catch (error) {
    if (!(error instanceof ApiError) || !perhapsNotThere.includes(error.kind)) return judge(error);
  }
  try {
    await api.listConversations({}, { pageSize: 1 }, { signal });
    return { kind: 'accepted', owner: undefined };
  } catch (error) {
    return judge(error);
  }
}

function judge(error: unknown): KeyCheck {
  if (!(error instanceof ApiError)) throw error;
  if (isCancelled(error)) return { kind: 'cancelled' };
  return { kind: error.kind === 'unauthorized' || error.kind === 'forbidden' ? 'refused' : 'unchecked', error };
}
