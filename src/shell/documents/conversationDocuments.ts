import { l10n, Uri, window, workspace } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import type { TranscriptLoader } from '../../core/store/transcripts';
import { DisposableStore, type Disposable } from '../../core/util/event';
import { conversationDocuments } from '../../manifest';
import { ensureCurrentServer } from '../targets';
import { notify } from '../notify';
import type { ConversationTarget } from '../targets';
import { DocumentStore } from './documentStore';
import { documentFormats, type DocumentFormat } from './formats';
import { createFileName } from './record';

export interface DocumentsDependencies {
  readonly transcripts: TranscriptLoader;
  readonly api: () => ConversationsApi | undefined;
  /** Resolves once the session is known. */
  readonly ready: () => Promise<unknown>;
  /** Time zone of the server's timestamps. */
  readonly zone: () => string;
  readonly report: (error: ApiError) => void;
}

const { scheme } = conversationDocuments;

/** Opens conversations as read-only JSON or Markdown documents. */
export class ConversationDocuments implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly texts = this.owned.add(new DocumentStore<string>(scheme));
  private readonly closing = new AbortController();

  constructor(private readonly dependencies: DocumentsDependencies) {}

  text(uri: Uri): string {
    return this.texts.find(uri) ?? formatLostNote(uri);
  }

  /** Loads the conversations and opens a document for each. */
  async open(conversations: readonly ConversationTarget[], format: DocumentFormat): Promise<void> {
    await this.dependencies.ready();
    const current = this.dependencies.api();
    if (current === undefined) {
      void notify.error(l10n.t('Set an API key to load this conversation.'));
      return;
    }
    if (!ensureCurrentServer(current.origin, conversations)) return;
    const texts = await Promise.all(conversations.map((each) => this.loadText(current, each, format)));
    let opened = 0;
    for (const [index, text] of texts.entries()) {
      const id = conversations[index]?.id;
      if (text === undefined || id === undefined) continue;
      await this.show(id, text, format, conversations.length === 1 && opened === 0);
      opened += 1;
    }
  }

  dispose(): void {
    this.closing.abort();
    this.owned.dispose();
  }

  private async loadText(
    api: ConversationsApi,
    { id, conversation }: ConversationTarget,
    format: DocumentFormat,
  ): Promise<string | undefined> {
    const { transcripts, zone, report } = this.dependencies;
    try {
      const transcript = await transcripts.load(api, id, this.closing.signal);
      return documentFormats[format].formatText({ id, conversation, transcript }, zone());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!this.closing.signal.aborted) report(error);
      return undefined;
    }
  }

  private async show(id: string, text: string, format: DocumentFormat, preview: boolean): Promise<void> {
    await this.texts.open(text, async (token) => {
      const uri = Uri.from({ scheme, path: `/${token}/${createFileName(id, documentFormats[format].extension)}` });
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview });
    });
  }
}

/** The text of an editor that VS Code restored after a reload of the window. */
function formatLostNote({ path }: Uri): string {
  const format = Object.values(documentFormats).find(({ extension }) => path.endsWith(extension));
  return (format ?? documentFormats.json).formatLostNote();
}
