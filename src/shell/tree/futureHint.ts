import * as vscode from 'vscode';
import type { StoreSnapshot } from '../../core/store/snapshot';
import { settings, stateIds } from '../../manifest';
import { seemsFromFuture } from '../words/conversation';

export interface FutureHintParts {
  readonly memory: vscode.Memento;
  readonly snapshot: () => StoreSnapshot;
  readonly zone: () => string;
}

/**
 * Once on a machine, where rows seem to come from the future: the server's times carry no zone, and the one that they
 * are read in is then not the server's.
 */
export function createFutureHint({ memory, snapshot, zone }: FutureHintParts): () => Promise<void> {
  let given = memory.get(stateIds.futureHintGiven) === true;
  let looked: unknown;
  return async () => {
    const { rows } = snapshot();
    if (given || rows === looked) return;
    looked = rows;
    const now = Date.now();
    const reading = { now, zone: zone() };
    if (!rows.some((row) => seemsFromFuture(row, reading))) return;
    given = true;
    await memory.update(stateIds.futureHintGiven, true);
    const change = vscode.l10n.t('Set the Time Zone');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Some conversations seem to come from the future. The server's times carry no zone and are read as {0}: is that the server's?",
        reading.zone,
      ),
      change,
    );
    if (chosen === change) await vscode.commands.executeCommand('workbench.action.openSettings', settings.timeZone.id);
  };
}
