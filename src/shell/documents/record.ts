import { toRecord } from '../../core/api/decodeConversation';
import type { Conversation } from '../../core/model/conversation';
import type { JsonObject } from '../../core/model/json';
import type { Transcript } from '../../core/model/transcript';
import { stringify } from '../../core/util/exactJson';
import { shortId } from '../../core/text/title';

/** The record in the API's field names, and the transcript as the server sent it. */
export function formatRawDocument(row: Conversation | undefined, transcript: Transcript): string {
  const record: JsonObject = {
    ...(row === undefined ? {} : { conversation: toRecord(row) }),
    transcript: transcript.raw,
  };
  return `${stringify(record, 2)}\n`;
}

/** "conversation-7c9e6679.json". Contains no names, because VS Code saves the URIs of editors on disk. */
export function createFileName(id: string, extension = '.json'): string {
  const short = shortId(id).replace(/[^\p{L}\p{N}]+/gu, '');
  return short === '' ? `conversation${extension}` : `conversation-${short}${extension}`;
}
