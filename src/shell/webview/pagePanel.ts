import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Uri, type Webview, type WebviewOptions, type WebviewPanel, type WebviewPanelOptions, env, l10n } from 'vscode';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import { stringify } from '../../core/util/exactJson';
import type { PanelHostMessage, PanelPageMessage } from '../../protocol/panel';
import { createPageHtml } from './pageHtml';

export type PageName = 'details' | 'usage';

/** Options for creating a panel. If they were set later, VS Code would load the page twice. */
export function createPanelOptions(extensionUri: Uri): WebviewPanelOptions & WebviewOptions {
  return { enableFindWidget: true, ...createPageOptions(extensionUri) };
}

export function loadPage(webview: Webview, extensionUri: Uri, name: PageName): void {
  const root = createDistUri(extensionUri);
  const read = (file: string): string => readFileSync(Uri.joinPath(root, file).fsPath, 'utf8');
  webview.options = createPageOptions(extensionUri);
  webview.html = createPageHtml({
    script: read(`${name}.js`),
    style: read(`${name}-style.css`),
    markdown:
      name === 'details' ? webview.asWebviewUri(Uri.joinPath(root, 'details-markdown.js')).toString() : undefined,
    nonce: randomBytes(18).toString('base64url'),
    language: env.language,
  });
}

function createPageOptions(extensionUri: Uri): WebviewOptions {
  return { enableScripts: true, localResourceRoots: [createDistUri(extensionUri)] };
}

function createDistUri(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist');
}

export interface PageDefinition<ToHost> {
  readonly name: PageName;
  readonly isMessage: (value: unknown) => value is ToHost;
}

/** Logs an error in the background. */
export type ReportProblem = (doing: string, error: unknown) => void;

/** A webview panel and its page. The constructor loads the page; VS Code keeps messages until it has loaded. */
export abstract class PagePanel<
  ToPage extends { readonly type: string },
  ToHost extends { readonly type: string },
> implements Disposable {
  protected readonly owned = new DisposableStore();
  private readonly disposed = this.owned.add(new Emitter<void>());
  readonly onDidDispose = this.disposed.event;
  protected isPageReady = false;
  /** VS Code throws if a closed webview is used. */
  protected isClosed = false;
  private postedCount = 0;

  constructor(
    protected readonly panel: WebviewPanel,
    extensionUri: Uri,
    private readonly page: PageDefinition<ToHost | PanelPageMessage>,
    private readonly report: ReportProblem,
  ) {
    this.owned.add(panel.onDidDispose(() => this.handleClose()));
    this.owned.add(panel.webview.onDidReceiveMessage((message: unknown) => this.receiveMessage(message)));
    this.owned.add(
      panel.onDidChangeViewState(() => {
        if (panel.visible) this.update();
      }),
    );
    loadPage(panel.webview, extensionUri, page.name);
    this.postLanguage();
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  get isVisible(): boolean {
    return this.panel.visible;
  }

  /** Posts changes to the page. */
  abstract update(): void;

  /** Runs when the page has loaded. @param isNew whether the page is empty, because it was hidden and shown again */
  protected abstract pageLoaded(isNew: boolean): void;

  protected abstract handle(message: ToHost): Promise<void>;

  protected post(message: ToPage | PanelHostMessage): void {
    if (this.isClosed) return;
    this.postedCount += 1;
    // As text, because VS Code would change exact numbers.
    this.panel.webview
      .postMessage(stringify(message))
      .then(undefined, (error) => this.reportProblem(`posting to the ${this.page.name} page`, error));
  }

  protected async copyText(text: string | undefined): Promise<void> {
    if (text !== undefined) await env.clipboard.writeText(text);
    this.post({ type: 'copied', ok: text !== undefined });
  }

  protected reportProblem(doing: string, error: unknown): void {
    this.report(doing, error);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private postLanguage(): void {
    this.post({ type: 'language', contents: l10n.bundle ?? {}, language: env.language });
  }

  private receiveMessage(message: unknown): void {
    const { name, isMessage } = this.page;
    if (!isMessage(message)) {
      this.reportProblem(`reading a message of the ${name} page`, new Error('its shape is unknown: refused'));
    } else if (isReady(message)) {
      this.isPageReady = true;
      const isNew = message.heard !== this.postedCount;
      if (isNew) this.postLanguage();
      this.pageLoaded(isNew);
    } else {
      this.handle(message).catch((error: unknown) =>
        this.reportProblem(`handling a message of the ${name} page`, error),
      );
    }
  }

  private handleClose(): void {
    this.isClosed = true;
    this.disposed.fire();
    this.dispose();
  }
}

function isReady(message: { readonly type: string }): message is PanelPageMessage {
  return message.type === 'ready';
}
