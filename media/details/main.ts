import { isHostMessage, type HostMessage, type KeptState, type PageMessage } from '../../src/protocol/details';
import { Conversation } from './conversation';

const vscode = acquireVsCodeApi<PageMessage, KeptState>();
let conversation: Conversation | undefined;
let heard = 0;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  heard += 1;
  if (isHostMessage(data)) receive(data);
  else vscode.postMessage({ type: 'refused' });
});

function receive(message: HostMessage): void {
  if (message.type === 'words') {
    // The page has nothing to say before it has its words.
    if (conversation === undefined) conversation = new Conversation(vscode, message.words, message.language);
    return;
  }
  conversation?.receive(message);
}

// What was said meanwhile is handed on when the page has loaded: behind it, all of it was heard.
window.addEventListener('load', () => setTimeout(() => vscode.postMessage({ type: 'ready', heard })));
