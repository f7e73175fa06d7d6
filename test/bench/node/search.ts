import type { Conversation } from '../../../src/core/model/conversation';
import { TranscriptLoader } from '../../../src/core/store/transcripts';
import { fold } from '../../../src/core/text/fold';
import { compileQuery } from '../../../src/core/view/transcriptSearch';
import { TranscriptSearch } from '../../../src/shell/search/transcriptSearch';
import { openClient } from '../support/client';
import type { Figure } from '../support/figure';
import { createRows } from '../support/rows';
import { startBenchServer } from '../support/server';
import { measureAlternately, median, measureMs } from '../support/statistics';

/** Measures searching 1,000 cached transcripts. */
export async function figures(): Promise<readonly Figure[]> {
  const rows: readonly Conversation[] = createRows(1000);
  const server = await startBenchServer();
  const api = openClient(server.url);
  const transcripts = new TranscriptLoader();
  const { cache } = transcripts;
  const search = new TranscriptSearch({ transcripts, rows: () => rows });
  const compiled = compileQuery({ text: 'message 3', isRegex: false });
  if (!compiled.ok) throw new Error(compiled.problem);
  const run = (): Promise<void> =>
    search.start(api, { query: { text: 'message 3', isRegex: false }, find: compiled.find });
  try {
    await run();
    if (search.state?.found.length !== rows.length) throw new Error(`${search.state?.found.length} were found`);
    const texts = rows.map((row) => cache.get(row)?.turns.map(({ content }) => content) ?? []);
    await server.forgetRequests();
    const measured = await measureAlternately({
      again: () => measureMs(run),
      bare: () =>
        measureMs(() => texts.filter((turns) => turns.some((turn) => fold(turn).includes('MESSAGE 3'))).length),
    });
    const requestCount = (await server.requests()).length;
    return [
      {
        what: 'Search in 1,000 transcripts, second time: requests',
        method: "the server's log",
        value: { amount: requestCount, unit: 'requests' },
        control: { amount: rows.length, unit: 'requests', of: 'the first time' },
        exactly: 0,
      },
      {
        what: 'Search in 1,000 transcripts, second time',
        method: 'until the last result, median, in turns with a loop that folds and searches the same texts',
        value: { amount: median(measured.again), unit: 'ms' },
        control: { amount: median(measured.bare), unit: 'ms', of: 'bare loop' },
        ceiling: 100,
      },
    ];
  } finally {
    search.dispose();
    api.dispose();
    server.stop();
  }
}
