import * as l10n from '../shared/l10n';
import type { HostMessage } from '../../src/protocol/details';
import type { SavedState, PageMessage } from '../../src/protocol/detailsMessages';
import { parse } from '../../src/core/util/parseJson';
import { connect } from '../shared/host';
import { Conversation } from './conversation';
import { loadSyntax } from './loadSyntax';
import { needsSyntax } from './markdown';

const vscode = acquireVsCodeApi<PageMessage, SavedState>();
let conversation: Conversation | undefined;
/** What was told while the parser of Markdown is loaded, in its order. */
let waiting: HostMessage[] | undefined;

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
  if (message.type === 'language') {
    l10n.config(message);
    conversation ??= new Conversation(vscode, message.language);
    return;
  }
  conversation?.receive(message);
}

connect<HostMessage>(
  (ready) => vscode.postMessage(ready),
  (json) => parse(json, 'value'),
  receive,
);
// Most conversations need it, and it holds up nothing then.
window.addEventListener('load', () => void loadSyntax());
