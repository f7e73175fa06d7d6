import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../src/core/api/api';
import { TestConversations } from '../../../src/core/running/testConversations';
import { TranscriptLoader } from '../../../src/core/store/transcripts';
import { DetailsPanels } from '../../../src/shell/details/panels';
import { panelOptions } from '../../../src/shell/webview/pagePanel';
import { TestSender } from '../../../src/shell/running/sender';
import { projectRoot } from '../../support/host/paths';
import type { Figure } from '../support/figure';
import { idOf } from '../support/rows';
import { inTurns, median, timed } from '../support/statistics';

const extensionUri = vscode.Uri.file(projectRoot);

const nobody = (): vscode.Disposable => new vscode.Disposable(() => undefined);

/** The panels that ship. */
export function createPanels(api: ConversationsApi): DetailsPanels {
  const app = {
    config: { timeZone: 'UTC', onDidChange: nobody },
    context: {
      extensionUri,
      workspaceState: { keys: () => [], get: () => undefined, update: () => Promise.resolve() },
    },
    labels: { isAvailable: false, of: () => undefined, change: () => Promise.resolve(false), onDidChange: nobody },
    log: {
      problem: (doing: string, error: unknown) => {
        throw new Error(doing, { cause: error });
      },
    },
    sender: new TestSender(new TestConversations(), () => api),
    session: {
      state: { kind: 'account', account: { name: 'Bench' }, api },
      ready: () => Promise.resolve(),
      onDidChange: nobody,
    },
    store: { find: () => undefined, onDidChange: nobody },
    transcripts: new TranscriptLoader(),
  };
  return new DetailsPanels(app as unknown as ConstructorParameters<typeof DetailsPanels>[0]);
}

/** A conversation's panel until its transcript can be read, against a webview with nothing in it and one message there and back. */
export async function panelFigures(api: ConversationsApi): Promise<readonly Figure[]> {
  const details = createPanels(api);
  let next = 0;
  const shown = async (type: string): Promise<number> => {
    const id = idOf((next += 1), type);
    let panel: vscode.WebviewPanel | undefined;
    const ms = await timed(() => {
      panel = vscode.window.createWebviewPanel(
        'aiployees.conversation',
        '',
        vscode.ViewColumn.Active,
        panelOptions(extensionUri),
      );
      const arrived = said(panel, 'arrived');
      details.restore(panel, { id, origin: api.origin, kept: true, scroll: 0, open: [] });
      details.show(id, { preserveFocus: false, origin: api.origin, place: { part: 'message', turn: 1, found: '' } });
      return arrived;
    });
    panel?.dispose();
    await settled();
    return ms;
  };
  const measured = await inTurns({
    plain: () => shown('test'),
    markdown: () => shown('widget'),
    empty: async () => {
      let panel: vscode.WebviewPanel | undefined;
      const ms = await timed(async () => {
        panel = vscode.window.createWebviewPanel('bench.empty', '', vscode.ViewColumn.Active, { enableScripts: true });
        const ready = said(panel, 'ready');
        panel.webview.html = empty;
        await ready;
        const answered = said(panel, 'pong');
        await panel.webview.postMessage('ping');
        await answered;
      });
      panel?.dispose();
      await settled();
      return ms;
    },
  });
  details.dispose();
  const figure = (what: string, times: readonly number[]) => ({
    what: `Details panel, from click to ${what}`,
    method:
      'until its page says that a message of the transcript is in sight, median, in turns with an empty webview and a message there and back',
    value: { amount: median(times), unit: 'ms' } as const,
    control: { amount: median(measured.empty), unit: 'ms', of: 'empty webview' } as const,
  });
  return [
    { ...figure('transcript', measured.plain), atMost: 1.3 },
    // Its parser is loaded while the head is drawn, and is slow at first: no goal is set for it.
    figure('transcript with Markdown', measured.markdown),
  ];
}

function said(panel: vscode.WebviewPanel, type: string): Promise<void> {
  return new Promise((resolve) => {
    const listening = panel.webview.onDidReceiveMessage((message: { readonly type: string }) => {
      if (message.type !== type) return;
      listening.dispose();
      resolve();
    });
  });
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

const empty = `<!DOCTYPE html><html><body><script>
  const vscode = acquireVsCodeApi();
  addEventListener('message', () => vscode.postMessage({ type: 'pong' }));
  vscode.postMessage({ type: 'ready' });
</script></body></html>`;
