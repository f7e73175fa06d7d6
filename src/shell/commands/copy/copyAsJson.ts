import * as vscode from 'vscode';
import { toRecord } from '../../../core/api/decodeConversation';
import { stringify } from '../../../core/util/exactJson';
import { copyTranscripts, type Copying } from './copyTranscripts';
import type { CopyTranscriptDeps } from './deps';

/** `Copy as JSON`: the row in the API's names beside the transcript as sent; several as an array. */
export function createCopyAsJson(deps: CopyTranscriptDeps): (...args: unknown[]) => Promise<void> {
  return (...args) => copyTranscripts(deps, args, asJson);
}

const asJson: Copying = {
  text: (conversations) => {
    const records = conversations.map(({ conversation, transcript }) => ({
      ...(conversation === undefined ? {} : { conversation: toRecord(conversation) }),
      transcript: transcript.raw,
    }));
    return stringify(records.length === 1 ? records[0] : records, 2);
  },
  said: (count) =>
    count === 1
      ? vscode.l10n.t('Copied 1 conversation as JSON')
      : vscode.l10n.t('Copied {0} conversations as JSON', count),
};
