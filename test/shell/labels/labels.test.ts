import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/util/event';
import { withLabel, hashLabelKey } from '../../../src/core/view/annotations';
import { Labels, type LabelsProblem, UnreadableFile, type LabelsStorage } from '../../../src/shell/labels/labels';

const origin = 'https://call.example';
const entry = (id: string, label: string): string => `"${hashLabelKey(origin, id)}":{"label":"${label}"}`;
const fileOf = (...entries: string[]): string => `{"version":1,"labels":{${entries.join(',')}}}`;

/** A file in memory. Reading and writing can fail. */
class MemoryFile implements LabelsStorage {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  isAvailable = true;
  text: string | undefined;
  readError: Error | undefined;
  writeError: Error | undefined;
  /** Runs before each replacement, to simulate another program. */
  beforeReplace = (): void => undefined;

  read(): Promise<string | undefined> {
    return this.readError === undefined ? Promise.resolve(this.text) : Promise.reject(this.readError);
  }

  replace(text: string, before: string | undefined): Promise<boolean> {
    this.beforeReplace();
    if (this.writeError !== undefined) return Promise.reject(this.writeError);
    if (this.text !== before) return Promise.resolve(false);
    this.text = text;
    return Promise.resolve(true);
  }

  simulateChange(text: string | undefined): void {
    this.text = text;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

async function createLabels(text: string | undefined) {
  const file = new MemoryFile();
  file.text = text;
  const problems: LabelsProblem[] = [];
  const defects: unknown[] = [];
  const labels = new Labels({
    storage: file,
    origin: () => origin,
    report: (problem) => problems.push(problem),
    logDefect: (error) => defects.push(error),
  });
  let changes = 0;
  labels.onDidChange(() => (changes += 1));
  await labels.ready;
  const setLabel = (id: string, label: 'good' | 'bad' | undefined): Promise<boolean> =>
    labels.change(origin, [id], (before) => withLabel(before, label));
  /** Resolves when all earlier changes are done. */
  const whenIdle = (): Promise<boolean> => labels.change(origin, ['nothing'], (before) => before);
  const labelOf = (id: string): string | undefined => labels.of(origin, id)?.label;
  return { file, labels, problems, defects, setLabel, whenIdle, labelOf, changes: () => changes };
}

describe('labels', () => {
  it('are written one after the other to a new file', async () => {
    const { file, setLabel, labelOf } = await createLabels(undefined);
    assert.deepEqual(await Promise.all([setLabel('a', 'good'), setLabel('b', 'bad'), setLabel('a', 'bad')]), [
      true,
      true,
      true,
    ]);
    assert.deepEqual([labelOf('a'), labelOf('b')], ['bad', 'bad']);
    assert.deepEqual(
      Object.keys((JSON.parse(file.text ?? '') as { labels: object }).labels).sort(),
      [hashLabelKey(origin, 'a'), hashLabelKey(origin, 'b')].sort(),
    );
  });

  it('are parsed again only if the file has changed', async () => {
    const { file, whenIdle, labelOf } = await createLabels(fileOf(entry('a', 'good')));
    const { parse } = JSON;
    let parsed = 0;
    JSON.parse = (...args) => {
      parsed += 1;
      return parse(...args) as unknown;
    };
    try {
      for (let focus = 0; focus < 3; focus += 1) file.simulateChange(file.text);
      await whenIdle();
      assert.deepEqual([parsed, labelOf('a')], [0, 'good']);
      file.simulateChange(fileOf(entry('a', 'bad')));
      await whenIdle();
      assert.equal(labelOf('a'), 'bad');
      assert.ok(parsed > 0);
    } finally {
      JSON.parse = parse;
    }
  });

  it('need no file if a missing label is removed', async () => {
    const { file, setLabel } = await createLabels(undefined);
    assert.equal(await setLabel('a', undefined), true);
    assert.equal(file.text, undefined);
  });

  it('keep the changes that others wrote since the last read', async () => {
    const { file, setLabel, labelOf } = await createLabels(fileOf(entry('a', 'good')));
    file.text = fileOf(entry('a', 'good'), entry('b', 'bad'));
    await setLabel('c', 'good');
    file.beforeReplace = () => {
      file.beforeReplace = () => undefined;
      file.text = fileOf(entry('a', 'bad'), entry('b', 'bad'), entry('c', 'good'), entry('d', 'unsure'));
    };
    assert.equal(await setLabel('e', 'good'), true);
    assert.deepEqual(['a', 'b', 'c', 'd', 'e'].map(labelOf), ['bad', 'bad', 'good', 'unsure', 'good']);
  });

  it("aren't saved if another program keeps changing the file, and report that", async () => {
    const { file, setLabel, labelOf, problems } = await createLabels(undefined);
    let writes = 0;
    file.beforeReplace = () => (file.text = fileOf(entry(`other ${(writes += 1)}`, 'good')));
    assert.equal(await setLabel('a', 'good'), false);
    assert.deepEqual(problems, [{ kind: 'busy' }]);
    assert.equal(labelOf('a'), undefined);
  });

  it("don't show a change that couldn't be written", async () => {
    const { file, setLabel, labelOf, problems, changes } = await createLabels(fileOf(entry('a', 'good')));
    const before = changes();
    file.writeError = new Error('no space left');
    assert.equal(await setLabel('a', 'bad'), false);
    assert.equal(labelOf('a'), 'good');
    assert.equal(changes(), before);
    assert.deepEqual(problems, [{ kind: 'failed', error: file.writeError, writing: true }]);
    file.writeError = undefined;
    assert.equal(await setLabel('a', 'bad'), true);
  });

  it('report an unreadable file once, again for each attempt to write, and again after a recovery', async () => {
    const { file, setLabel, whenIdle, problems } = await createLabels(undefined);
    const denied = (file.readError = new Error('no permission'));
    for (let times = 0; times < 3; times += 1) file.simulateChange(undefined);
    await whenIdle();
    const failedToRead = (writing: boolean): LabelsProblem => ({ kind: 'failed', error: denied, writing });
    assert.deepEqual(problems, [failedToRead(false), failedToRead(true)]);
    file.readError = undefined;
    assert.equal(await setLabel('a', 'good'), true);
    file.readError = denied;
    file.simulateChange(undefined);
    await whenIdle();
    assert.deepEqual(problems.slice(2), [failedToRead(false), failedToRead(true)]);
  });

  it('report an unexpected error, and accept the next change', async () => {
    const { labels, setLabel, labelOf, problems } = await createLabels(undefined);
    const unforeseen = new Error('a bug');
    const failing = labels.change(origin, ['a'], () => {
      throw unforeseen;
    });
    assert.equal(await failing, false);
    assert.deepEqual(problems, [{ kind: 'failed', error: unforeseen, writing: true }]);
    assert.equal(await setLabel('a', 'good'), true);
    assert.equal(labelOf('a'), 'good');
  });

  it('are saved even if a listener throws', async () => {
    const { labels, setLabel, labelOf, problems, defects } = await createLabels(undefined);
    labels.onDidChange(() => {
      throw new Error('a listener’s bug');
    });
    assert.equal(await setLabel('a', 'good'), true);
    assert.equal(labelOf('a'), 'good');
    assert.deepEqual(problems, []);
    assert.equal(defects.length, 1);
  });

  it('of many conversations are saved with one write', async () => {
    const { file, labels, labelOf } = await createLabels(undefined);
    let writes = 0;
    file.beforeReplace = () => (writes += 1);
    const ids = Array.from({ length: 5000 }, (_, index) => `id ${index}`);
    assert.equal(await labels.change(origin, [...ids, ...ids], (before) => withLabel(before, 'good')), true);
    assert.equal(writes, 1);
    assert.ok(ids.every((id) => labelOf(id) === 'good'));
  });

  it('never overwrite a malformed file, stay as last read, and report it once for reading and once for writing', async () => {
    const { file, setLabel, whenIdle, labelOf, problems } = await createLabels(fileOf(entry('a', 'good')));
    file.simulateChange('{');
    file.simulateChange('{');
    assert.equal(await setLabel('a', 'bad'), false);
    assert.equal(file.text, '{');
    assert.equal(labelOf('a'), 'good');
    assert.deepEqual(
      problems.map((problem) => problem.kind === 'broken' && problem.writing),
      [false, true],
    );
    file.simulateChange(fileOf(entry('b', 'bad')));
    await whenIdle();
    assert.deepEqual([labelOf('a'), labelOf('b')], [undefined, 'bad']);
    assert.equal(await setLabel('a', 'bad'), true);
    assert.equal(problems.length, 2);
  });

  it("don't overwrite a file that isn't text", async () => {
    const { file, setLabel, problems } = await createLabels(undefined);
    file.readError = new UnreadableFile('notText');
    assert.equal(await setLabel('a', 'bad'), false);
    assert.equal(file.text, undefined);
    assert.deepEqual(problems, [{ kind: 'broken', problem: { kind: 'notText' }, writing: true }]);
  });

  it("don't overwrite an entry that can't be read", async () => {
    const text = fileOf(entry('a', 'superb'), entry('b', 'good'));
    const { file, setLabel, problems } = await createLabels(text);
    assert.equal(await setLabel('a', 'bad'), false);
    assert.equal(file.text, text);
    assert.deepEqual(problems, [{ kind: 'rejected', count: 1 }, { kind: 'entry' }]);
    assert.equal(await setLabel('b', 'bad'), true);
    assert.ok(file.text?.includes('superb'));
  });

  it('are cleared when the file is deleted, and emit one change', async () => {
    const { file, whenIdle, labelOf, changes } = await createLabels(fileOf(entry('a', 'good')));
    const before = changes();
    file.simulateChange(undefined);
    file.simulateChange(undefined);
    await whenIdle();
    assert.equal(labelOf('a'), undefined);
    assert.equal(changes(), before + 1);
  });

  it('report that they need a folder', async () => {
    const { file, setLabel, problems } = await createLabels(undefined);
    file.isAvailable = false;
    assert.equal(await setLabel('a', 'good'), false);
    assert.deepEqual(problems, [{ kind: 'noFolder' }]);
  });

  it('report that they need a server', async () => {
    const { file, labels, problems } = await createLabels(undefined);
    assert.equal(await labels.change(undefined, ['a'], (before) => withLabel(before, 'good')), false);
    assert.deepEqual([problems, file.text], [[{ kind: 'noServer' }], undefined]);
  });
});
