import type * as vscode from 'vscode';
import type { StoreSnapshot } from '../../core/store/snapshot';
import { stateIds } from '../../manifest';
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
    const { askForZone } = await import('./askForZone');
    await askForZone(reading.zone);
  };
}
