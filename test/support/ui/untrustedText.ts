import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame } from 'playwright-core';
import { dangerousCharacters, ranFlag, untrustedIcons, untrustedMark } from '../hostile';
import type { Workbench } from '../workbench/workbench';
import { listen } from '../server/ports';

/** A server that must receive no request. */
export class Canary {
  /** URLs of received requests. */
  readonly requests: string[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.requests.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('{}');
    });
  }

  static async start(): Promise<Canary> {
    const canary = new Canary();
    await listen(canary.server, 0);
    return canary;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Watches a window for effects that untrusted text must not have. */
export class UntrustedTextWatch {
  private readonly dialogs: string[] = [];

  constructor(
    private readonly workbench: Workbench,
    private readonly canary: Canary,
  ) {
    workbench.page.on('dialog', (dialog) => {
      this.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }

  /** Asserts that no script ran, no request was sent, no policy was violated, and no link or icon is visible. */
  async expectNoEffects(where: string): Promise<void> {
    const { page, window } = this.workbench;
    const made = await Promise.all(page.frames().map((frame) => findTraces(frame)));
    assert.deepEqual(made.flat(), [], `${where}: made of a stranger's text`);
    assert.deepEqual(this.canary.requests, [], `${where}: a stranger's server was asked`);
    assert.deepEqual(this.dialogs, [], `${where}: a dialog came up`);
    assert.deepEqual(
      window.console.filter((line) => refused.test(line)),
      [],
      `${where}: something was refused or failed`,
    );
  }
}

const refused = /content security policy|\[pageerror\]|ignored call to 'alert/i;

interface Names {
  readonly mark: string;
  readonly flag: string;
  readonly icons: readonly string[];
}

async function findTraces(frame: Frame): Promise<string[]> {
  const names: Names = { mark: untrustedMark, flag: ranFlag, icons: untrustedIcons };
  // A frame that is detached during the check isn't visible.
  return frame.evaluate(findTracesInFrame, names).catch((error: unknown) => {
    if (/detached|destroyed|closed/i.test(String(error))) return [];
    throw error;
  });
}

/** Runs in each frame. Web links in Markdown are allowed: VS Code asks before it opens them. */
function findTracesInFrame({ mark, flag, icons }: Names): string[] {
  const found = flag in globalThis ? ['a script ran'] : [];
  for (const element of document.querySelectorAll('[href], [data-href], [src], [action]')) {
    for (const name of ['href', 'data-href', 'src', 'action']) {
      const value = element.getAttribute(name) ?? '';
      const isWebLink = element.tagName === 'A' && /^https?:/i.test(value);
      if (value.includes(mark) && !isWebLink) found.push(`${element.tagName} ${name}=${value.slice(0, 80)}`);
    }
  }
  for (const icon of icons) if (document.querySelector(`.codicon-${icon}`)) found.push(`icon ${icon}`);
  return found;
}

/** Asserts that no line has characters that reorder or hide text, or control a terminal. */
export function expectHarmless(where: string, lines: readonly string[]): void {
  assert.deepEqual(
    lines.filter((line) => dangerousCharacters.test(line)).map((line) => JSON.stringify(line)),
    [],
    where,
  );
}
