import {
  isUsageHostMessage,
  type UsageHostMessage,
  type UsageKept,
  type UsagePageMessage,
} from '../../src/protocol/usage';
import { UsageView } from './usageView';

const vscode = acquireVsCodeApi<UsagePageMessage, UsageKept>();
let view: UsageView | undefined;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isUsageHostMessage(data)) receive(data);
  else vscode.postMessage({ type: 'refused' });
});

function receive(message: UsageHostMessage): void {
  // The page has nothing to say before it has its words.
  if (message.type === 'words') view ??= new UsageView(vscode, message.words, message.language);
  else view?.receive(message);
}

vscode.postMessage({ type: 'ready' });
