import { RowOrder } from '../../src/core/view/rowOrder';
import { TreeModel } from '../../src/core/view/treeModel';
import { decodedRows } from './support/rows';
const all = decodedRows(100_000);
const byId = new Map(all.map((r) => [r.id, r]));
const order = new RowOrder();
const clock = { now: Date.UTC(2026, 10, 21), zone: 'UTC' };
const t = (name: string, f: () => unknown): void => { const b = performance.now(); f(); console.log(name, (performance.now() - b).toFixed(1)); };
for (let i = 0; i < 5; i++) {
  let m: TreeModel | undefined; const rows = all.slice(0, 99_000 + i * 100);
  t('construct', () => (m = new TreeModel({ generation: 1, rows, lists: new Map() }, { grouping: 'type', filter: {}, ...clock, order: (r, z) => order.of(r, z), find: (id) => byId.get(id), limitOf: () => 200 })));
  t('roots', () => m!.children());
  t('group', () => m!.children(m!.children()[0]));
  t('assistants', () => m!.children(m!.children(m!.children()[0])[0]));
  t('count', () => m!.children().map((n) => m!.count(n as never)));
  t('find', () => m!.find(rows[5]!.id));
  t('name', () => m!.assistantName('x'));
}
