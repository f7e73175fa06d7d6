import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import type { Browser, Page, Route } from 'playwright-core';
import type { Conversation } from '../../src/core/model/conversation';
import type { Transcript } from '../../src/core/model/transcript';
import { stringify } from '../../src/core/util/exactJson';
import { createHead, createTranscriptView } from '../../src/core/view/details';
import type { ComposerState, HeadView, HostMessage, Notice, PageState } from '../../src/protocol/details';
import type { SavedState, PageMessage } from '../../src/protocol/detailsMessages';
import { createPageHtml } from '../../src/shell/webview/pageHtml';
import { projectRoot } from '../support/paths';
import { themes, type ThemeName } from './themes';

const nonce = 'nonce-of-the-test';

/** UI strings of the page's header, built from the extension's code. */
export interface UiStrings {
  readonly createHeadView: (head: ReturnType<typeof createHead>, clock: { zone: string; now: number }) => HeadView;
}

/** Serves the bundled page on 127.0.0.1. */
export class PageServer {
  readonly requests: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly strings: UiStrings,
  ) {}

  static async start(): Promise<PageServer> {
    const [files, strings] = await Promise.all([bundlePage(), loadStrings()]);
    const contentOf = (file: string): string => files.get(file)?.text ?? assert.fail(`${file} is not built`);
    const text = createPageHtml({
      script: contentOf('/details.js'),
      style: contentOf('/details-style.css'),
      markdown: '/details-markdown.js',
      nonce,
      language: 'en',
    });
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      self.requests.push(path);
      const file = path === '/' ? { type: 'text/html', text } : files.get(path);
      response.writeHead(file === undefined ? 404 : 200, {
        'content-type': `${file?.type ?? 'text/plain'}; charset=utf-8`,
      });
      response.end(file?.text);
    });
    const self = new PageServer(server, strings);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return self;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function bundlePage(): Promise<Map<string, { type: string; text: string }>> {
  const result = await build({
    absWorkingDir: projectRoot,
    entryPoints: {
      details: 'media/details/main.ts',
      'details-markdown': 'media/details/markdownSyntax.ts',
      'details-style': 'media/details/style.css',
    },
    outdir: 'dist',
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    loader: { '.svg': 'text' },
    logLevel: 'warning',
  });
  const typeOf = (path: string): string => (path.endsWith('.css') ? 'text/css' : 'text/javascript');
  return new Map(
    result.outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/')), { type: typeOf(path), text }]),
  );
}

async function loadStrings(): Promise<UiStrings> {
  const result = await build({
    absWorkingDir: projectRoot,
    stdin: {
      contents: "export * from './src/shell/details/head';",
      resolveDir: projectRoot,
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    alias: { vscode: join(projectRoot, 'test', 'media', 'vscodeStub.ts') },
    logLevel: 'warning',
  });
  const module = { exports: {} };
  const run = compileFunction(result.outputFiles[0]?.text ?? '', ['module', 'exports', 'require']) as (
    ...args: unknown[]
  ) => void;
  run(module, module.exports, require);
  return module.exports as UiStrings;
}

export interface ShownState {
  readonly id?: string;
  readonly row?: Conversation;
  readonly transcript?: Transcript;
  readonly number?: number;
  readonly busy?: boolean;
  /** By default facts and variables are shown. */
  readonly aboutOpen?: boolean;
  readonly notices?: readonly Notice[];
  readonly annotation?: PageState['annotation'];
  readonly unsavedNote?: string;
  readonly composer?: ComposerState;
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly savedState?: SavedState;
  /** Handles the request for the Markdown parser. */
  readonly parser?: (route: Route) => Promise<void>;
}

/** The page in a browser instead of VS Code. Sends it the extension's messages and records its own. */
export class DetailsPage {
  /** Errors, warnings and dialogs of the page. */
  readonly problems: string[] = [];
  readonly requestedUrls: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly server: PageServer,
    /** Whether the test delays the parser. */
    private readonly isParserDelayed: boolean,
  ) {}

  static async open(browser: Browser, server: PageServer, options: OpenOptions = {}): Promise<DetailsPage> {
    const { theme = 'vscode-dark', width = 900, height = 700, savedState, parser } = options;
    const page = await browser.newPage({ viewport: { width, height } });
    const self = new DetailsPage(page, server, parser !== undefined);
    page.on('console', (message) => self.problems.push(message.text()));
    page.on('pageerror', (error) => self.problems.push(String(error)));
    page.on('request', (request) => self.requestedUrls.push(request.url()));
    page.on('dialog', (dialog) => {
      self.problems.push(dialog.message());
      void dialog.dismiss();
    });
    await page.addInitScript(installWebviewStub, { colors: themes[theme], theme, savedState });
    if (parser !== undefined) await page.route('**/details-markdown.js', parser);
    await page.goto(server.origin);
    await page.waitForFunction(() =>
      (window as unknown as WebviewStub).sentMessages.some(({ type }) => type === 'ready'),
    );
    await self.post({ type: 'language', contents: {}, language: 'en' });
    return self;
  }

  async post(message: HostMessage | object): Promise<void> {
    // As JSON, like VS Code. Resolves when the page has received it.
    await this.page.evaluate((text) => {
      const taken = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
      window.postMessage(text, '*');
      return taken.then(() => undefined);
    }, stringify(message));
    if (!this.isParserDelayed) await this.whenRendered();
  }

  /** Waits until the Markdown parser is loaded or has failed. */
  async whenRendered(): Promise<void> {
    await this.page.waitForFunction(
      () => document.head.querySelector('script[src]') === null || 'markdownSyntax' in window,
    );
  }

  async show(shown: ShownState): Promise<void> {
    const {
      row,
      transcript,
      busy = false,
      aboutOpen = true,
      notices = [],
      annotation,
      unsavedNote,
      composer,
      number = transcript === undefined ? 0 : 1,
    } = shown;
    const id = shown.id ?? row?.id ?? 'an-id';
    if (transcript !== undefined) {
      await this.post({ type: 'transcript', number, transcript: createTranscriptView(transcript) });
    }
    const clock = { zone: 'UTC', now: Date.parse('2026-11-23T12:00:00Z') };
    const head = this.server.strings.createHeadView(createHead({ id, row, transcript }), clock);
    const state: PageState = {
      id,
      origin: 'https://call.example',
      kept: false,
      head,
      aboutOpen,
      annotation,
      unkeptNote: unsavedNote,
      busy,
      notices,
      transcript: number,
      composer,
    };
    await this.post({ type: 'state', state });
  }

  /** Messages of the page to the extension, except `ready`. */
  async sentMessages(): Promise<readonly PageMessage[]> {
    const messages = await this.page.evaluate(() => (window as unknown as WebviewStub).sentMessages);
    return messages.filter(({ type }) => type !== 'ready');
  }

  savedState(): Promise<SavedState> {
    return this.page.evaluate(() => (window as unknown as WebviewStub).savedState as SavedState);
  }

  /** Last announcement for screen readers. */
  async announcement(): Promise<string> {
    return (await this.page.locator('body > [aria-live]').textContent()) ?? '';
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

interface WebviewStub {
  sentMessages: PageMessage[];
  savedState: unknown;
}

interface WebviewStubOptions {
  readonly colors: Readonly<Record<string, string>>;
  readonly theme: string;
  readonly savedState?: SavedState | undefined;
}

/** Simulates VS Code's webview. Runs in the page before its own script. */
export function installWebviewStub({ colors, theme, savedState }: WebviewStubOptions): void {
  const window_ = window as unknown as WebviewStub & { acquireVsCodeApi: unknown };
  window_.sentMessages = [];
  window_.savedState = savedState;
  window_.acquireVsCodeApi = () => ({
    postMessage: (message: PageMessage) => window_.sentMessages.push(message),
    getState: () => window_.savedState,
    setState: (state: unknown) => (window_.savedState = state),
  });
  document.addEventListener('DOMContentLoaded', () => {
    document.body.classList.add(theme);
    const { style } = document.documentElement;
    for (const [name, color] of Object.entries(colors)) style.setProperty(`--vscode-${name}`, color);
    style.setProperty('--vscode-font-family', 'system-ui, Ubuntu, sans-serif');
    style.setProperty('--vscode-font-size', '13px');
    style.setProperty('--vscode-font-weight', 'normal');
    style.setProperty('--vscode-editor-font-family', "'Droid Sans Mono', monospace");
    style.setProperty('--vscode-editor-font-size', '14px');
  });
}
