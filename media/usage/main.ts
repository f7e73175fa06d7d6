import type { UsageHostMessage, UsageKept } from '../../src/protocol/usage';
import type { UsagePageMessage } from '../../src/protocol/usageMessages';
import { connect } from '../shared/host';
import { UsageView } from './usageView';

const vscode = acquireVsCodeApi<UsagePageMessage, UsageKept>();
let view: UsageView | undefined;

function receive(message: UsageHostMessage): void {
  // The page has nothing to say before it has its words.
  if (message.type === 'words') view ??= new UsageView(vscode, message.words, message.language);
  else view?.receive(message);
}

connect<UsageHostMessage>((ready) => vscode.postMessage(ready), JSON.parse, receive);
