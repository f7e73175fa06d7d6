import type { ConversationsApi } from '../../../src/core/api/api';
import { ExportRun, type ExportSource } from '../../../src/core/export/exportText';
import type { ExportAbout } from '../../../src/core/export/format';
import { createJsonLinesSerializer } from '../../../src/core/export/json';
import { RowWalk } from '../../../src/core/store/rowWalk';

const about: ExportAbout = { exportedAt: '', source: '', covers: 'filter', filter: '', transcripts: false, masked: [] };

/** Exports a list like the command and passes its text to `take`. @returns the number of conversations */
export async function exportAll(api: ConversationsApi, type: string, take: (piece: string) => void): Promise<number> {
  const { signal } = new AbortController();
  const walk = new RowWalk(api, { type });
  const run = new ExportRun({
    ...{ about, api, signal },
    serializer: createJsonLinesSerializer(),
    askUser: (error) => Promise.reject(error),
    formatMissingReason: String,
    createSummary: ({ conversations }) => ({ conversations, complete: walk.progress.complete, missed: [] }),
    onProgress: () => undefined,
  });
  async function* sources(): AsyncGenerator<ExportSource> {
    for await (const row of walk.rows({ signal, onFailure: () => Promise.resolve(false) }))
      yield { id: row.id, conversation: row };
  }
  for await (const piece of run.text(sources())) take(piece);
  if (!walk.progress.complete) throw new Error('the export is not complete');
  return run.result.conversations;
}
