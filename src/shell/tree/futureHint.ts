import * as vscode from 'vscode';
import type { StoreSnapshot } from '../../core/store/snapshot';
import { settings, stateIds } from '../../manifest';
import { notify } from '../notify';
import { seemsFromFuture } from '../format/conversation';

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
  let looked: readonly unknown[] = [];
  return async () => {
    const { rows } = snapshot();
    if (given || rows === looked) return;
    const before = looked;
    looked = rows;
    const now = Date.now();
    const reading = { now, zone: zone() };
    // Most rows stay where they are: there are too many to read all their times again.
    if (!rows.some((row, index) => row !== before[index] && seemsFromFuture(row, reading))) return;
    given = true;
    await memory.update(stateIds.futureHintGiven, true);
    await askForZone(reading.zone);
  };
}

/** Reports times in the future, and offers the setting. @param zone the one that the server's times are read in */
async function askForZone(zone: string): Promise<void> {
  const change = vscode.l10n.t('Set Time Zone');
  const chosen = await notify.info(
    vscode.l10n.t(
      "Some conversations have dates in the future. The server's timestamps have no time zone and are read as {0}. Is that right?",
      zone,
    ),
    change,
  );
  if (chosen === change) await vscode.commands.executeCommand('workbench.action.openSettings', settings.timeZone.id);
}
