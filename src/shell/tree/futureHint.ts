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

/** Creates a check that offers the time zone setting, once per machine, if rows seem to be from the future. */
export function createFutureHint({ memory, snapshot, zone }: FutureHintParts): () => Promise<void> {
  let isGiven = memory.get(stateIds.futureHintGiven) === true;
  let checked: readonly unknown[] = [];
  return async () => {
    const { rows } = snapshot();
    if (isGiven || rows === checked) return;
    const before = checked;
    checked = rows;
    const time = { now: Date.now(), zone: zone() };
    // Parses only the times of changed rows.
    if (!rows.some((row, index) => row !== before[index] && seemsFromFuture(row, time))) return;
    isGiven = true;
    await memory.update(stateIds.futureHintGiven, true);
    await askForZone(time.zone);
  };
}

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
