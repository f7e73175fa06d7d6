import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../src/core/api/api';
import { TestConversations } from '../../../src/core/running/testConversations';
import { TranscriptLoader } from '../../../src/core/store/transcripts';
import { DetailsPanels } from '../../../src/shell/details/panels';
import { createPanelOptions } from '../../../src/shell/webview/pagePanel';
import { TestSender } from '../../../src/shell/running/sender';
import { projectRoot } from '../../support/paths';
import type { Figure } from '../support/figure';
import { createId } from '../support/rows';
import { measureAlternately, median, measureMs } from '../support/statistics';

const extensionUri = vscode.Uri.file(projectRoot);

const noEvents = (): vscode.Disposable => new vscode.Disposable(() => undefined);

/** Returns the extension's own panels. */
export function createPanels(api: ConversationsApi): DetailsPanels {
  const app = {
    config: { timeZone: 'UTC', onDidChange: noEvents },
    context: {
      extensionUri,
      workspaceState: { keys: () => [], get: () => undefined, update: () => Promise.resolve() },
    },
    labels: { isAvailable: false, of: () => undefined, change: () => Promise.resolve(false), onDidChange: noEvents },
    log: {
      problem: (doing: string, error: unknown) => {
        throw new Error(doing, { cause: error });
      },
    },
    sender: new TestSender(new TestConversations(), () => api),
    session: {
      state: { kind: 'account', account: { name: 'Bench' }, api },
      ready: () => Promise.resolve(),
      onDidChange: noEvents,
    },
    store: { find: () => undefined, onDidChange: noEvents },
    transcripts: new TranscriptLoader(),
  };
  return new DetailsPanels(app as unknown as ConstructorParameters<typeof DetailsPanels>[0]);
}

/**
 * Measures a conversation's panel until its transcript is visible, against an empty webview with one message each way.
 */
export async function panelFigures(api: ConversationsApi): Promise<readonly Figure[]> {
  const details = createPanels(api);
  let next = 0;
  const openPanel = async (type: string): Promise<number> => {
    const id = createId((next += 1), type);
    let panel: vscode.WebviewPanel | undefined;
    const ms = await measureMs(() => {
      panel = vscode.window.createWebviewPanel(
        'aiployees.conversation',
        '',
        vscode.ViewColumn.Active,
        createPanelOptions(extensionUri),
      );
      const visible = waitForMessage(panel, 'arrived');
      details.restore(panel, { id, origin: api.origin, kept: true, scroll: 0, open: [] });
      details.show(id, { preserveFocus: false, origin: api.origin, place: { part: 'message', turn: 1, found: '' } });
      return visible;
    });
    panel?.dispose();
    await pause();
    return ms;
  };
  const measured = await measureAlternately({
    plain: () => openPanel('test'),
    markdown: () => openPanel('widget'),
    emptyPage: async () => {
      let panel: vscode.WebviewPanel | undefined;
      const ms = await measureMs(async () => {
        panel = vscode.window.createWebviewPanel('bench.empty', '', vscode.ViewColumn.Active, { enableScripts: true });
        const ready = waitForMessage(panel, 'ready');
        panel.webview.html = emptyPage;
        await ready;
        const pong = waitForMessage(panel, 'pong');
        await panel.webview.postMessage('ping');
        await pong;
      });
      panel?.dispose();
      await pause();
      return ms;
    },
  });
  details.dispose();
  const figure = (target: string, times: readonly number[]) => ({
    what: `Details panel, from click to ${target}`,
    method:
      'until its page reports that a message of the transcript is visible, median, in turns with an empty webview and one message each way',
    value: { amount: median(times), unit: 'ms' } as const,
    control: { amount: median(measured.emptyPage), unit: 'ms', of: 'empty webview' } as const,
  });
  return [
    { ...figure('transcript', measured.plain), atMost: 1.3 },
    // No goal: the parser loads while the header renders, and its first run is slow.
    figure('transcript with Markdown', measured.markdown),
  ];
}

function waitForMessage(panel: vscode.WebviewPanel, type: string): Promise<void> {
  return new Promise((resolve) => {
    const subscription = panel.webview.onDidReceiveMessage((message: { readonly type: string }) => {
      if (message.type !== type) return;
      subscription.dispose();
      resolve();
    });
  });
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

const emptyPage = `<!DOCTYPE html><html><body><script>
  const vscode = acquireVsCodeApi();
  addEventListener('message', () => vscode.postMessage({ type: 'pong' }));
  vscode.postMessage({ type: 'ready' });
</script></body></html>`;
