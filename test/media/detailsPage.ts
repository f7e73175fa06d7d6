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
import { headOf, transcriptViewOf } from '../../src/core/view/details';
import type { ComposerState, HeadWords, HostMessage, Notice, PageState } from '../../src/protocol/details';
import type { KeptState, PageMessage } from '../../src/protocol/detailsMessages';
import { pageHtml } from '../../src/shell/webview/pageHtml';
import { projectRoot } from '../support/host/paths';
import { themes, type ThemeName } from './themes';

const nonce = 'nonce-of-the-test';

/** The host's words, made by its own code. */
export interface HostWords {
  readonly headWords: (head: ReturnType<typeof headOf>, clock: { zone: string; now: number }) => HeadWords;
}

/** Serves the page's sources, bundled as they ship, on 127.0.0.1. */
export class PageServer {
  readonly requests: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly words: HostWords,
  ) {}

  static async start(): Promise<PageServer> {
    const [files, words] = await Promise.all([bundlePage(), loadWords()]);
    const textOf = (file: string): string => files.get(file)?.text ?? assert.fail(`${file} is not built`);
    const text = pageHtml({
      script: textOf('/details.js'),
      style: textOf('/details-style.css'),
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
    const self = new PageServer(server, words);
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

async function loadWords(): Promise<HostWords> {
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
    alias: { vscode: join(projectRoot, 'test', 'media', 'vscodeWords.ts') },
    logLevel: 'warning',
  });
  const module = { exports: {} };
  const run = compileFunction(result.outputFiles[0]?.text ?? '', ['module', 'exports', 'require']) as (
    ...args: unknown[]
  ) => void;
  run(module, module.exports, require);
  return module.exports as HostWords;
}

export interface Shown {
  readonly id?: string;
  readonly row?: Conversation;
  readonly transcript?: Transcript;
  readonly number?: number;
  readonly busy?: boolean;
  readonly notices?: readonly Notice[];
  readonly annotation?: PageState['annotation'];
  readonly unkeptNote?: string;
  readonly composer?: ComposerState;
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly kept?: KeptState;
  /** What becomes of the request of the parser of Markdown. */
  readonly parser?: (route: Route) => Promise<void>;
}

/** One page in a browser, in the place of VS Code: it is told what the host tells, and keeps what the page says. */
export class DetailsPage {
  /** What a browser never should have to say: scripts refused, errors thrown, warnings. */
  readonly complaints: string[] = [];
  readonly asked: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly server: PageServer,
    /** The test itself says when the parser comes. */
    private readonly isHeld: boolean,
  ) {}

  static async open(browser: Browser, server: PageServer, options: OpenOptions = {}): Promise<DetailsPage> {
    const { theme = 'vscode-dark', width = 900, height = 700, kept, parser } = options;
    const page = await browser.newPage({ viewport: { width, height } });
    const self = new DetailsPage(page, server, parser !== undefined);
    page.on('console', (message) => self.complaints.push(message.text()));
    page.on('pageerror', (error) => self.complaints.push(String(error)));
    page.on('request', (request) => self.asked.push(request.url()));
    page.on('dialog', (dialog) => {
      self.complaints.push(dialog.message());
      void dialog.dismiss();
    });
    await page.addInitScript(standIn, { colours: themes[theme], theme, kept });
    if (parser !== undefined) await page.route('**/details-markdown.js', parser);
    await page.goto(server.origin);
    await page.waitForFunction(() => (window as unknown as StandIn).said.some(({ type }) => type === 'ready'));
    await self.tell({ type: 'language', contents: {}, language: 'en' });
    return self;
  }

  async tell(message: HostMessage | object): Promise<void> {
    // Through JSON, as VS Code sends it; resolved when the page has taken it.
    await this.page.evaluate((text) => {
      const taken = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
      window.postMessage(text, '*');
      return taken.then(() => undefined);
    }, stringify(message));
    if (!this.isHeld) await this.drawn();
  }

  /** What has Markdown in it is drawn when the parser is there, or can't be. */
  async drawn(): Promise<void> {
    await this.page.waitForFunction(
      () => document.head.querySelector('script[src]') === null || 'markdownSyntax' in window,
    );
  }

  async show(shown: Shown): Promise<void> {
    const {
      row,
      transcript,
      busy = false,
      notices = [],
      annotation,
      unkeptNote,
      composer,
      number = transcript === undefined ? 0 : 1,
    } = shown;
    const id = shown.id ?? row?.id ?? 'an-id';
    if (transcript !== undefined) {
      await this.tell({ type: 'transcript', number, transcript: transcriptViewOf(transcript) });
    }
    const clock = { zone: 'UTC', now: Date.parse('2026-11-23T12:00:00Z') };
    const head = this.server.words.headWords(headOf({ id, row, transcript }), clock);
    const state: PageState = {
      id,
      origin: 'https://call.example',
      kept: false,
      head,
      annotation,
      unkeptNote,
      busy,
      notices,
      transcript: number,
      composer,
    };
    await this.tell({ type: 'state', state });
  }

  /** What the page has said to the host, but that it is ready. */
  async said(): Promise<readonly PageMessage[]> {
    const said = await this.page.evaluate(() => (window as unknown as StandIn).said);
    return said.filter(({ type }) => type !== 'ready');
  }

  keptState(): Promise<KeptState> {
    return this.page.evaluate(() => (window as unknown as StandIn).kept as KeptState);
  }

  /** What a screen reader was told last. */
  async spoken(): Promise<string> {
    return (await this.page.locator('body > [aria-live]').textContent()) ?? '';
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

interface StandIn {
  said: PageMessage[];
  kept: unknown;
}

interface StandInOptions {
  readonly colours: Readonly<Record<string, string>>;
  readonly theme: string;
  readonly kept?: KeptState | undefined;
}

/** Runs in the page, before its own script: what VS Code does around a webview's page. */
export function standIn({ colours, theme, kept }: StandInOptions): void {
  const window_ = window as unknown as StandIn & { acquireVsCodeApi: unknown };
  window_.said = [];
  window_.kept = kept;
  window_.acquireVsCodeApi = () => ({
    postMessage: (message: PageMessage) => window_.said.push(message),
    getState: () => window_.kept,
    setState: (state: unknown) => (window_.kept = state),
  });
  document.addEventListener('DOMContentLoaded', () => {
    document.body.classList.add(theme);
    const { style } = document.documentElement;
    for (const [name, colour] of Object.entries(colours)) style.setProperty(`--vscode-${name}`, colour);
    style.setProperty('--vscode-font-family', 'system-ui, Ubuntu, sans-serif');
    style.setProperty('--vscode-font-size', '13px');
    style.setProperty('--vscode-font-weight', 'normal');
    style.setProperty('--vscode-editor-font-family', "'Droid Sans Mono', monospace");
    style.setProperty('--vscode-editor-font-size', '14px');
  });
}
