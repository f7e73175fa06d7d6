import type { ConversationPage } from '../../../src/core/api/api';
import { decodePage } from '../../../src/core/api/decodeEnvelope';
import type { JsonObject } from '../../../src/core/model/json';
import { ConversationStore } from '../../../src/core/store/store';
import { openClient } from '../support/client';
import { exportAll } from '../support/export';
import type { Figure } from '../support/figure';
import { measureHeap, heapUsed } from '../support/heap';
import { createSentRow } from '../support/rows';
import { startBenchServer } from '../support/server';
import { measureAlternately, median } from '../support/statistics';

const count = 10_000;

function page(number: number, size: number): ConversationPage {
  const data = Array.from({ length: size }, (_, index) => createSentRow((number - 1) * size + index, 'test'));
  const body = { current_page: number, data, per_page: size, total: count, last_page: count / size };
  const decoded = decodePage(JSON.parse(JSON.stringify(body)) as JsonObject, { pageSize: 100 });
  if (decoded === undefined) throw new Error("a page of the bench can't be decoded");
  return decoded;
}

/** Returns the rows as sent, with only the fields that the tree, filter, and search use. */
function createPlainRows(): unknown[] {
  return Array.from(
    { length: count },
    (_, index) => JSON.parse(JSON.stringify(createSentRow(index, 'test'))) as unknown,
  );
}

async function createLoadedStore(): Promise<ConversationStore> {
  const store = new ConversationStore({
    pageSize: () => 100,
    queryOf: (type) => ({ type }),
    onUnexpectedError: console.error,
  });
  const api = {
    origin: '',
    listConversations: (_: unknown, { pointer, pageSize }: { pointer?: { page?: number }; pageSize: number }) =>
      Promise.resolve(page(pointer?.page ?? 1, pageSize)),
  };
  store.connect(api as never);
  await store.open('test');
  while (store.snapshot.lists.get('test')?.hasMore === true) await store.loadMore('test');
  if (store.snapshot.rows.length !== count) throw new Error(`${store.snapshot.rows.length} rows are loaded`);
  return store;
}

/** Measures the memory of loaded conversations and of an export. */
export async function figures(): Promise<readonly Figure[]> {
  const measured = await measureAlternately({
    store: () => measureHeap(createLoadedStore),
    plain: () => measureHeap(createPlainRows),
  });
  return [
    {
      what: 'Memory of 10,000 conversations',
      method: 'heap after gc with the store that has them, median, in turns with an array of the parsed rows',
      value: { amount: median(measured.store), unit: 'B' },
      control: { amount: median(measured.plain), unit: 'B', of: 'plain array' },
      atMost: 1.25,
    },
    await measureExport(),
  ];
}

async function measureExport(): Promise<Figure> {
  const server = await startBenchServer({ count: 100_000 });
  const api = openClient(server.url);
  try {
    const at: Record<number, number> = {};
    let written = 0;
    let line = 0;
    const marks: Promise<void>[] = [];
    await exportAll(api, 'test', (piece) => {
      written += piece.length;
      line += 1;
      if (line === 1000 || line === 99_000) {
        const mark = line;
        marks.push(heapUsed().then((bytes) => void (at[mark] = bytes)));
      }
    });
    await Promise.all(marks);
    // The control holds the IDs, because every export must remember them to skip duplicates.
    const [early = 0, late = 0] = [at[1000], at[99_000]];
    const ids = await measureHeap(
      () =>
        new Set(
          Array.from({ length: 98_000 }, (_, index) =>
            Buffer.from(`${index.toString(16).padStart(8, '0')}-9f3b-4c52-a1d7-3f2c9b8e7a10`).toString(),
          ),
        ),
    );
    return {
      what: 'Export of 100,000: heap from 1,000 to 99,000 written',
      method: `heap after gc at both, ${Math.round(written / 1e6)} MB written, against a set of the IDs in between`,
      value: { amount: late - early, unit: 'B' },
      control: { amount: ids, unit: 'B', of: 'IDs alone' },
      atMost: 1.25,
    };
  } finally {
    api.dispose();
    server.stop();
  }
}
