import { randomBytes } from 'node:crypto';
import { TabInputText, TabInputTextDiff, window, workspace, type Disposable, type Uri } from 'vscode';
import { DisposableStore } from '../../core/util/event';

/**
 * Contents of virtual documents, in memory until their editors close. VS Code saves the URIs of editors on disk, so a URI
 * contains only a random token, as the first part of its path.
 */
export class DocumentStore<T> implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly values = new Map<string, T>();
  /** Tokens whose editor isn't open yet. */
  private readonly opening = new Set<string>();

  constructor(private readonly scheme: string) {
    this.owned.add(workspace.onDidCloseTextDocument(() => this.removeClosed()));
    this.owned.add(window.tabGroups.onDidChangeTabs(({ closed }) => closed.length > 0 && this.removeClosed()));
  }

  /** @param show opens an editor for a URI with this token */
  async open(value: T, show: (token: string) => Promise<unknown>): Promise<void> {
    const token = randomBytes(12).toString('hex');
    this.values.set(token, value);
    this.opening.add(token);
    try {
      await show(token);
    } finally {
      this.opening.delete(token);
    }
  }

  /** Undefined after a reload of the window. */
  find(uri: Uri): T | undefined {
    return this.values.get(parseToken(uri));
  }

  dispose(): void {
    this.owned.dispose();
    this.values.clear();
  }

  /** A background tab may have no document, and a document no tab. */
  private removeClosed(): void {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs).map((tab) => tab.input);
    const tabUris = tabs.flatMap((input) =>
      input instanceof TabInputText ? [input.uri] : input instanceof TabInputTextDiff ? [input.original] : [],
    );
    const documentUris = workspace.textDocuments.filter(({ isClosed }) => !isClosed).map((document) => document.uri);
    const openTokens = new Set(
      [...tabUris, ...documentUris].filter((uri) => uri.scheme === this.scheme).map(parseToken),
    );
    for (const token of this.values.keys()) {
      if (!openTokens.has(token) && !this.opening.has(token)) this.values.delete(token);
    }
  }
}

function parseToken(uri: Uri): string {
  return uri.path.split('/')[1] ?? '';
}
