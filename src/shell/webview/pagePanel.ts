import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Uri, type Webview, type WebviewOptions, type WebviewPanel, type WebviewPanelOptions, env, l10n } from 'vscode';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import { stringify } from '../../core/util/exactJson';
import type { PanelHostMessage, PanelPageMessage } from '../../protocol/panel';
import { pageHtml } from './pageHtml';

export type PageName = 'details' | 'usage';

/**
 * What a panel of ours is created with. Pages can load nothing of the extension but what is built. Said later, VS Code would
 * load the page twice.
 */
export function panelOptions(extensionUri: Uri): WebviewPanelOptions & WebviewOptions {
  return { enableFindWidget: true, ...pageOptions(extensionUri) };
}

/** Loads one of the extension's pages. @param name of its script and style in `dist` */
export function loadPage(webview: Webview, extensionUri: Uri, name: PageName): void {
  const root = builtIn(extensionUri);
  const text = (file: string): string => readFileSync(Uri.joinPath(root, file).fsPath, 'utf8');
  webview.options = pageOptions(extensionUri);
  webview.html = pageHtml({
    script: text(`${name}.js`),
    style: text(`${name}-style.css`),
    markdown:
      name === 'details' ? webview.asWebviewUri(Uri.joinPath(root, 'details-markdown.js')).toString() : undefined,
    nonce: randomBytes(18).toString('base64url'),
    language: env.language,
  });
}

function pageOptions(extensionUri: Uri): WebviewOptions {
  return { enableScripts: true, localResourceRoots: [builtIn(extensionUri)] };
}

function builtIn(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist');
}

export interface PageDefinition<ToHost> {
  readonly name: PageName;
  readonly isMessage: (value: unknown) => value is ToHost;
}

/** For what goes wrong without a request of the user. */
export type ReportProblem = (doing: string, error: unknown) => void;

/** A webview panel and its page. The constructor loads the page; VS Code keeps messages until it has loaded. */
export abstract class PagePanel<
  ToPage extends { readonly type: string },
  ToHost extends { readonly type: string },
> implements Disposable {
  protected readonly owned = new DisposableStore();
  private readonly disposed = this.owned.add(new Emitter<void>());
  readonly onDidDispose = this.disposed.event;
  /** Whether the page has loaded. */
  protected isPageReady = false;
  /** The webview is gone: VS Code throws if it is used. */
  protected isClosed = false;
  private posted = 0;

  constructor(
    protected readonly panel: WebviewPanel,
    extensionUri: Uri,
    private readonly page: PageDefinition<ToHost | PanelPageMessage>,
    private readonly report: ReportProblem,
  ) {
    this.owned.add(panel.onDidDispose(() => this.closed()));
    this.owned.add(panel.webview.onDidReceiveMessage((message: unknown) => this.received(message)));
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

  /** Posts what the page doesn't show yet. */
  abstract update(): void;

  /** Runs when the page has loaded. @param isNew whether it has nothing, because it was hidden and shown again */
  protected abstract pageLoaded(isNew: boolean): void;

  protected abstract handle(message: ToHost): Promise<void>;

  protected post(message: ToPage | PanelHostMessage): void {
    if (this.isClosed) return;
    this.posted += 1;
    // As text: on its way through VS Code, numbers would change.
    this.panel.webview
      .postMessage(stringify(message))
      .then(undefined, (error) => this.problem(`telling the ${this.page.name} page`, error));
  }

  protected async copyText(text: string | undefined): Promise<void> {
    if (text !== undefined) await env.clipboard.writeText(text);
    this.post({ type: 'copied', ok: text !== undefined });
  }

  protected problem(doing: string, error: unknown): void {
    this.report(doing, error);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private postLanguage(): void {
    this.post({ type: 'language', contents: l10n.bundle ?? {}, language: env.language });
  }

  private received(message: unknown): void {
    const { name, isMessage } = this.page;
    if (!isMessage(message)) {
      this.problem(`reading a message of the ${name} page`, new Error('its shape is unknown: refused'));
    } else if (isReady(message)) {
      this.isPageReady = true;
      const isNew = message.heard !== this.posted;
      if (isNew) this.postLanguage();
      this.pageLoaded(isNew);
    } else {
      this.handle(message).catch((error: unknown) => this.problem(`handling a message of the ${name} page`, error));
    }
  }

  private closed(): void {
    this.isClosed = true;
    this.disposed.fire();
    this.dispose();
  }
}

function isReady(message: { readonly type: string }): message is PanelPageMessage {
  return message.type === 'ready';
}
