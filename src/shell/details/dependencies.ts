import type { Memento, Uri } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import type { Conversation } from '../../core/model/conversation';
import type { TranscriptLoader } from '../../core/store/transcripts';
import type { Event } from '../../core/util/event';
import type { AnnotationHolder } from './annotating';
import type { TestSender } from '../running/sender';

/** What the panels need to know of the rest. Nothing here is called before a panel is shown or comes back. */
export interface DetailsDependencies {
  readonly extensionUri: Uri;
  /** The workspace's own. */
  readonly memory: Memento;
  readonly transcripts: TranscriptLoader;
  /** The current account's, or the sample backend's; undefined while the key is looked for, and where there is none. */
  readonly api: () => ConversationsApi | undefined;
  /** Resolves once it is settled whether there is an API; looks for the key where that was not done yet. */
  readonly ready: () => Promise<unknown>;
  /** Another key, account or address. */
  readonly onDidChangeApi: Event<unknown>;
  /** The row, where it is loaded. */
  readonly find: (id: string) => Conversation | undefined;
  readonly onDidChangeConversations: Event<unknown>;
  /** Writes to test conversations. */
  readonly sender: TestSender;
  /** How the server's zoneless times are read: `UTC`, `local` or an IANA name. */
  readonly timeZone: () => string;
  readonly onDidChangeTimeZone: Event<unknown>;
  /** What the reader calls the current account. */
  readonly accountName: () => string | undefined;
  /** The reader's own labels and notes. */
  readonly labels: AnnotationHolder;
  /** For what goes wrong without anybody having asked for it. */
  readonly problem: (doing: string, error: unknown) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
