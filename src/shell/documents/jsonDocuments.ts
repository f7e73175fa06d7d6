import { randomBytes } from 'node:crypto';
import { l10n, TabInputText, Uri, window, workspace } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import type { Conversation } from '../../core/model/conversation';
import type { TranscriptLoader } from '../../core/store/transcripts';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { fileNameOf, rawDocument } from './record';

export interface JsonDocumentsDependencies {
  readonly transcripts: TranscriptLoader;
  readonly api: () => ConversationsApi | undefined;
  /** Resolves once it is settled whether there is an API. */
  readonly ready: () => Promise<unknown>;
  readonly find: (id: string) => Conversation | undefined;
  /** Tells the reader, who asked for the document, why it can't be had. */
  readonly report: (error: ApiError) => void;
}

const scheme = 'aiployees';

/**
 * Conversations as read-only JSON documents. VS Code keeps the addresses of editors on disk: so an address carries a
 * random token, and what it stands for is kept in memory only.
 */
export class JsonDocuments implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly texts = new Map<string, string>();
  /** Tokens of documents on their way to a tab. */
  private readonly opening = new Set<string>();
  private readonly closing = new AbortController();

  constructor(private readonly dependencies: JsonDocumentsDependencies) {
    const provideTextDocumentContent = (uri: Uri): string => this.texts.get(tokenOf(uri)) ?? gone();
    this.owned.add(workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent }));
    this.owned.add(workspace.onDidCloseTextDocument(() => this.forgetClosed()));
    this.owned.add(window.tabGroups.onDidChangeTabs(({ closed }) => closed.length > 0 && this.forgetClosed()));
  }

  /** Reads each conversation anew and opens a document for it; those that can't be read are reported, not opened. */
  async open(ids: readonly string[]): Promise<void> {
    await this.dependencies.ready();
    const texts = await Promise.all(ids.map((id) => this.read(id)));
    let opened = 0;
    for (const [index, text] of texts.entries()) {
      const id = ids[index];
      if (text === undefined || id === undefined) continue;
      await this.show(id, text, ids.length === 1 && opened === 0);
      opened += 1;
    }
  }

  dispose(): void {
    this.closing.abort();
    this.owned.dispose();
    this.texts.clear();
  }

  private async read(id: string): Promise<string | undefined> {
    const { api, transcripts, find, report } = this.dependencies;
    const current = api();
    if (current === undefined) {
      void window.showErrorMessage(l10n.t('There is no API key to read this conversation with.'));
      return undefined;
    }
    try {
      const transcript = await transcripts.load(current, id, this.closing.signal);
      return rawDocument(find(id), transcript);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!this.closing.signal.aborted) report(error);
      return undefined;
    }
  }

  private async show(id: string, text: string, preview: boolean): Promise<void> {
    const token = randomBytes(12).toString('hex');
    this.texts.set(token, text);
    this.opening.add(token);
    try {
      const uri = Uri.from({ scheme, path: `/${token}/${fileNameOf(id)}` });
      const document = await workspace.openTextDocument(uri);
      await window.showTextDocument(document, { preview });
    } finally {
      this.opening.delete(token);
    }
  }

  /** A tab that is not looked at may have no document, and a document no tab: what has neither is gone. */
  private forgetClosed(): void {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs).map((tab) => tab.input);
    const shown = tabs.filter((input) => input instanceof TabInputText).map((input) => input.uri);
    const open = workspace.textDocuments.filter((document) => !document.isClosed).map((document) => document.uri);
    const alive = new Set([...shown, ...open].filter((uri) => uri.scheme === scheme).map(tokenOf));
    for (const token of this.texts.keys()) {
      if (!alive.has(token) && !this.opening.has(token)) this.texts.delete(token);
    }
  }
}

function tokenOf(uri: Uri): string {
  return uri.path.split('/')[1] ?? '';
}

/** JSON as well, so that the editor has nothing to complain of. */
function gone(): string {
  const note = l10n.t('What stood here was kept in memory only, and the window was reloaded. Open the conversation as JSON again.');
  return `${JSON.stringify({ note }, undefined, 2)}\n`;
}
