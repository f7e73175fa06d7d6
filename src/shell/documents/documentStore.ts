import { randomBytes } from 'node:crypto';
import { TabInputText, TabInputTextDiff, window, workspace, type Disposable, type Uri } from 'vscode';
import { DisposableStore } from '../../core/util/event';

/**
 * What the addresses of a scheme stand for. VS Code keeps the addresses of editors on disk: so an address carries a random
 * token as the first part of its path, and what it stands for is kept in memory only, until nothing shows it any more.
 */
export class DocumentStore<T> implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly values = new Map<string, T>();
  /** Tokens on their way to a tab. */
  private readonly opening = new Set<string>();

  constructor(private readonly scheme: string) {
    this.owned.add(workspace.onDidCloseTextDocument(() => this.removeClosed()));
    this.owned.add(window.tabGroups.onDidChangeTabs(({ closed }) => closed.length > 0 && this.removeClosed()));
  }

  /** @param open shows what is kept, at an address with this token */
  async open(value: T, open: (token: string) => Promise<unknown>): Promise<void> {
    const token = randomBytes(12).toString('hex');
    this.values.set(token, value);
    this.opening.add(token);
    try {
      await open(token);
    } finally {
      this.opening.delete(token);
    }
  }

  /** Undefined after a reload of the window. */
  find(address: Uri): T | undefined {
    return this.values.get(parseToken(address));
  }

  dispose(): void {
    this.owned.dispose();
    this.values.clear();
  }

  /** A tab that is not looked at may have no document, and a document no tab: what has neither is gone. */
  private removeClosed(): void {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs).map((tab) => tab.input);
    const shown = tabs.flatMap((input) =>
      input instanceof TabInputText ? [input.uri] : input instanceof TabInputTextDiff ? [input.original] : [],
    );
    const open = workspace.textDocuments.filter((document) => !document.isClosed).map((document) => document.uri);
    const alive = new Set([...shown, ...open].filter((uri) => uri.scheme === this.scheme).map(parseToken));
    for (const token of this.values.keys()) {
      if (!alive.has(token) && !this.opening.has(token)) this.values.delete(token);
    }
  }
}

function parseToken(address: Uri): string {
  return address.path.split('/')[1] ?? '';
}
