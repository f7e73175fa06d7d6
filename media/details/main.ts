import type { HostMessage, KeptState, PageMessage } from '../../src/protocol/details';
import { isHostMessage } from '../../src/protocol/detailsChecks';
import { parse } from '../../src/core/util/parseJson';
import { Conversation } from './conversation';
import { loadSyntax } from './loadSyntax';
import { needsSyntax } from './markdown';

const vscode = acquireVsCodeApi<PageMessage, KeptState>();
let conversation: Conversation | undefined;
let heard = 0;
/** What was told while the parser of Markdown is loaded, in its order. */
let waiting: HostMessage[] | undefined;

/** What the page says to itself once it has loaded: it comes after all that VS Code had kept for it until then. */
const loaded = 'loaded';

window.addEventListener('message', ({ data, source }: MessageEvent<unknown>) => {
  if (source === window && data === loaded) {
    vscode.postMessage({ type: 'ready', heard });
    return;
  }
  heard += 1;
  const message = typeof data === 'string' ? parsed(data) : undefined;
  if (isHostMessage(message)) receive(message);
  else vscode.postMessage({ type: 'refused' });
});

/** Undefined for what is no JSON: the host sends nothing else. */
function parsed(text: string): unknown {
  try {
    return parse(text, 'value');
  } catch {
    return undefined;
  }
}

function receive(message: HostMessage): void {
  if (waiting !== undefined) waiting.push(message);
  else if (
    message.type === 'transcript' &&
    window.markdownSyntax === undefined &&
    message.transcript.turns.some(({ content }) => needsSyntax(content))
  ) {
    waiting = [message];
    void loadSyntax().then(takeWaiting);
  } else take(message);
}

function takeWaiting(): void {
  const told = waiting ?? [];
  waiting = undefined;
  for (const message of told) take(message);
}

function take(message: HostMessage): void {
  if (message.type === 'words') {
    // The page has nothing to say before it has its words.
    if (conversation === undefined) conversation = new Conversation(vscode, message.words, message.language);
    return;
  }
  conversation?.receive(message);
}

window.addEventListener('load', () => {
  // By a timer: VS Code hands on what it has kept in the same turn as this.
  setTimeout(() => window.postMessage(loaded));
  // Most conversations need it, and it holds up nothing now.
  void loadSyntax();
});
