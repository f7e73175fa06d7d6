import * as l10n from '../shared/l10n';
import type { HostMessage } from '../../src/protocol/details';
import type { SavedState, PageMessage } from '../../src/protocol/detailsMessages';
import { parse } from '../../src/core/util/parseJson';
import { connect } from '../shared/host';
import { Conversation } from './conversation';
import { loadParser } from './loadParser';
import { needsParser } from './markdown';

const vscode = acquireVsCodeApi<PageMessage, SavedState>();
let conversation: Conversation | undefined;
/** Messages that arrive while the Markdown parser is loading. */
let queue: HostMessage[] | undefined;

function receive(message: HostMessage): void {
  if (queue !== undefined) queue.push(message);
  else if (
    message.type === 'transcript' &&
    window.markdownSyntax === undefined &&
    message.transcript.turns.some(({ content }) => needsParser(content))
  ) {
    queue = [message];
    void loadParser().then(flushQueue);
  } else handle(message);
}

function flushQueue(): void {
  const messages = queue ?? [];
  queue = undefined;
  for (const message of messages) handle(message);
}

function handle(message: HostMessage): void {
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
// Most conversations need the parser, and loading it now delays nothing.
window.addEventListener('load', () => void loadParser());
