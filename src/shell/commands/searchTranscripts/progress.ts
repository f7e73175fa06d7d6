import * as vscode from 'vscode';
import { views } from '../../../manifest';
import type { TranscriptSearch } from '../../search/transcriptSearch';
import { withLateProgress } from '../lateProgress';

/** Searches with the view's progress bar; where it takes long, also with a notification that says how far it is and can stop it. */
export async function withSearchProgress(search: TranscriptSearch, work: () => Promise<void>): Promise<void> {
  const searching = withLateProgress(vscode.l10n.t('Searching transcripts'), async (report, signal) => {
    let told = 0;
    const step = (): void => {
      const { searched = undefined, failures = [], total = 0 } = search.state ?? {};
      const done = (searched?.size ?? 0) + failures.length;
      if (done <= told) return;
      report({
        increment: (100 * (done - told)) / Math.max(1, total),
        message: vscode.l10n.t('{0} of {1}', done, total),
      });
      told = done;
    };
    const stop = (): void => search.stop();
    signal.addEventListener('abort', stop, { once: true });
    const listening = search.onDidChange(step);
    try {
      await work();
    } finally {
      listening.dispose();
      signal.removeEventListener('abort', stop);
    }
  });
  await vscode.window.withProgress({ location: { viewId: views.searchResults } }, () => searching);
}
