import * as l10n from '../shared/l10n';
import type { UsageHostMessage, UsageSavedState } from '../../src/protocol/usage';
import type { UsagePageMessage } from '../../src/protocol/usageMessages';
import { connect } from '../shared/host';
import { UsageView } from './usageView';

const vscode = acquireVsCodeApi<UsagePageMessage, UsageSavedState>();
let view: UsageView | undefined;

function receive(message: UsageHostMessage): void {
  if (message.type === 'language') {
    l10n.config(message);
    view ??= new UsageView(vscode, message.language);
  } else view?.receive(message);
}

connect<UsageHostMessage>((ready) => vscode.postMessage(ready), JSON.parse, receive);
