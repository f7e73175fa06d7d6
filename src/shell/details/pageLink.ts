import { env, type Uri, type Webview } from 'vscode';
import { stringify } from '../../core/util/exactJson';
import type { HostMessage } from '../../protocol/details';
import { loadPage } from '../loadPage';
import { pageWords } from './words';

/** What the page of one panel is told. VS Code keeps it until the page has loaded. */
export class PageLink {
  private posted = 0;
  private closed = false;

  /** @param problem is told what could not be told */
  constructor(
    private readonly webview: Webview,
    extensionUri: Uri,
    private readonly problem: (error: unknown) => void,
  ) {
    loadPage(webview, extensionUri, 'details');
    this.tellWords();
  }

  /** The webview is gone. VS Code throws where it is touched, and an answer may come after that. */
  get isClosed(): boolean {
    return this.closed;
  }

  close(): void {
    this.closed = true;
  }

  /** Whether a page that has heard so many messages has heard all: one that was hidden and shown again knows nothing any more. */
  hasHeardAll(heard: number): boolean {
    return heard === this.posted;
  }

  /** The page has nothing to say before it has its words. */
  tellWords(): void {
    this.post({ type: 'words', words: pageWords(), language: env.language });
  }

  post(message: HostMessage): void {
    if (this.closed) return;
    this.posted += 1;
    // As text: on its way through VS Code, numbers would change.
    this.webview.postMessage(stringify(message)).then(undefined, this.problem);
  }
}
