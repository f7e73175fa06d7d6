import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Emitter } from '../../../src/core/util/event';
import { withLabel, labelKey } from '../../../src/core/view/labels/annotations';
import { Labels, type LabelsProblem, UnreadableFile, type LabelsStorage } from '../../../src/shell/labels/labels';

const origin = 'https://call.example';
const entry = (id: string, label: string): string => `"${labelKey(origin, id)}":{"label":"${label}"}`;
const fileOf = (...entries: string[]): string => `{"version":1,"labels":{${entries.join(',')}}}`;

/** A file in memory, with what goes wrong with it. */
class MemoryFile implements LabelsStorage {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  isAvailable = true;
  text: string | undefined;
  failReading: Error | undefined;
  failWriting: Error | undefined;
  /** Runs before each replacing: what somebody else does meanwhile. */
  meanwhile = (): void => undefined;

  read(): Promise<string | undefined> {
    return this.failReading === undefined ? Promise.resolve(this.text) : Promise.reject(this.failReading);
  }

  replace(text: string, before: string | undefined): Promise<boolean> {
    this.meanwhile();
    if (this.failWriting !== undefined) return Promise.reject(this.failWriting);
    if (this.text !== before) return Promise.resolve(false);
    this.text = text;
    return Promise.resolve(true);
  }

  becomes(text: string | undefined): void {
    this.text = text;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

async function labelsOf(text: string | undefined) {
  const file = new MemoryFile();
  file.text = text;
  const problems: LabelsProblem[] = [];
  const defects: unknown[] = [];
  const labels = new Labels({
    storage: file,
    origin: () => origin,
    report: (problem) => problems.push(problem),
    defect: (error) => defects.push(error),
  });
  let changes = 0;
  labels.onDidChange(() => (changes += 1));
  await labels.ready;
  const give = (id: string, label: 'good' | 'bad' | undefined): Promise<boolean> =>
    labels.change(origin, [id], (before) => withLabel(before, label));
  /** Resolves when all that was asked before is done. */
  const settled = (): Promise<boolean> => labels.change(origin, ['nobody'], (before) => before);
  const of = (id: string): string | undefined => labels.of(origin, id)?.label;
  return { file, labels, problems, defects, give, settled, of, changes: () => changes };
}

describe('who holds the labels', () => {
  it('writes them where there was no file, one after the other', async () => {
    const { file, give, of } = await labelsOf(undefined);
    assert.deepEqual(await Promise.all([give('a', 'good'), give('b', 'bad'), give('a', 'bad')]), [true, true, true]);
    assert.deepEqual([of('a'), of('b')], ['bad', 'bad']);
    assert.deepEqual(
      Object.keys((JSON.parse(file.text ?? '') as { labels: object }).labels).sort(),
      [labelKey(origin, 'a'), labelKey(origin, 'b')].sort(),
    );
  });

  it('parses the file again only if it has changed', async () => {
    const { file, settled, of } = await labelsOf(fileOf(entry('a', 'good')));
    const { parse } = JSON;
    let parsed = 0;
    JSON.parse = (...args) => {
      parsed += 1;
      return parse(...args) as unknown;
    };
    try {
      for (let focus = 0; focus < 3; focus += 1) file.becomes(file.text);
      await settled();
      assert.deepEqual([parsed, of('a')], [0, 'good']);
      file.becomes(fileOf(entry('a', 'bad')));
      await settled();
      assert.equal(of('a'), 'bad');
      assert.ok(parsed > 0);
    } finally {
      JSON.parse = parse;
    }
  });

  it('makes no file for taking away what is not there', async () => {
    const { file, give } = await labelsOf(undefined);
    assert.equal(await give('a', undefined), true);
    assert.equal(file.text, undefined);
  });

  it('loses nothing that others wrote since it was read', async () => {
    const { file, give, of } = await labelsOf(fileOf(entry('a', 'good')));
    file.text = fileOf(entry('a', 'good'), entry('b', 'bad'));
    await give('c', 'good');
    file.meanwhile = () => {
      file.meanwhile = () => undefined;
      file.text = fileOf(entry('a', 'bad'), entry('b', 'bad'), entry('c', 'good'), entry('d', 'unsure'));
    };
    assert.equal(await give('e', 'good'), true);
    assert.deepEqual(['a', 'b', 'c', 'd', 'e'].map(of), ['bad', 'bad', 'good', 'unsure', 'good']);
  });

  it('gives up, and says so, where others write all the time', async () => {
    const { file, give, of, problems } = await labelsOf(undefined);
    let writes = 0;
    file.meanwhile = () => (file.text = fileOf(entry(`other ${(writes += 1)}`, 'good')));
    assert.equal(await give('a', 'good'), false);
    assert.deepEqual(problems, [{ kind: 'busy' }]);
    assert.equal(of('a'), undefined);
  });

  it('does not show what could not be written', async () => {
    const { file, give, of, problems, changes } = await labelsOf(fileOf(entry('a', 'good')));
    const before = changes();
    file.failWriting = new Error('no space left');
    assert.equal(await give('a', 'bad'), false);
    assert.equal(of('a'), 'good');
    assert.equal(changes(), before);
    assert.deepEqual(problems, [{ kind: 'failed', error: file.failWriting, writing: true }]);
    file.failWriting = undefined;
    assert.equal(await give('a', 'bad'), true);
  });

  it('says once that the file can’t be read, again to whoever waits for an answer, and again after it could be', async () => {
    const { file, give, settled, problems } = await labelsOf(undefined);
    const denied = (file.failReading = new Error('no permission'));
    for (let times = 0; times < 3; times += 1) file.becomes(undefined);
    await settled();
    const told = (writing: boolean): LabelsProblem => ({ kind: 'failed', error: denied, writing });
    assert.deepEqual(problems, [told(false), told(true)]);
    file.failReading = undefined;
    assert.equal(await give('a', 'good'), true);
    file.failReading = denied;
    file.becomes(undefined);
    await settled();
    assert.deepEqual(problems.slice(2), [told(false), told(true)]);
  });

  it('tells what nobody foresaw, and goes on with the next', async () => {
    const { labels, give, of, problems } = await labelsOf(undefined);
    const unforeseen = new Error('a bug');
    const failing = labels.change(origin, ['a'], () => {
      throw unforeseen;
    });
    assert.equal(await failing, false);
    assert.deepEqual(problems, [{ kind: 'failed', error: unforeseen, writing: true }]);
    assert.equal(await give('a', 'good'), true);
    assert.equal(of('a'), 'good');
  });

  it('is kept whatever a listener makes of it', async () => {
    const { labels, give, of, problems, defects } = await labelsOf(undefined);
    labels.onDidChange(() => {
      throw new Error('a listener’s bug');
    });
    assert.equal(await give('a', 'good'), true);
    assert.equal(of('a'), 'good');
    assert.deepEqual(problems, []);
    assert.equal(defects.length, 1);
  });

  it('labels many at once, reading and writing the file once', async () => {
    const { file, labels, of } = await labelsOf(undefined);
    let writes = 0;
    file.meanwhile = () => (writes += 1);
    const ids = Array.from({ length: 5000 }, (_, index) => `id ${index}`);
    assert.equal(await labels.change(origin, [...ids, ...ids], (before) => withLabel(before, 'good')), true);
    assert.equal(writes, 1);
    assert.ok(ids.every((id) => of(id) === 'good'));
  });

  it('never writes over a broken file, shows what was read before, and says so once for each', async () => {
    const { file, give, settled, of, problems } = await labelsOf(fileOf(entry('a', 'good')));
    file.becomes('{');
    file.becomes('{');
    assert.equal(await give('a', 'bad'), false);
    assert.equal(file.text, '{');
    assert.equal(of('a'), 'good');
    assert.deepEqual(
      problems.map((problem) => problem.kind === 'broken' && problem.writing),
      [false, true],
    );
    file.becomes(fileOf(entry('b', 'bad')));
    await settled();
    assert.deepEqual([of('a'), of('b')], [undefined, 'bad']);
    assert.equal(await give('a', 'bad'), true);
    assert.equal(problems.length, 2);
  });

  it('leaves alone a file that is no text', async () => {
    const { file, give, problems } = await labelsOf(undefined);
    file.failReading = new UnreadableFile('notText');
    assert.equal(await give('a', 'bad'), false);
    assert.equal(file.text, undefined);
    assert.deepEqual(problems, [{ kind: 'broken', problem: { kind: 'notText' }, writing: true }]);
  });

  it('does not write over an entry that it can’t read', async () => {
    const text = fileOf(entry('a', 'superb'), entry('b', 'good'));
    const { file, give, problems } = await labelsOf(text);
    assert.equal(await give('a', 'bad'), false);
    assert.equal(file.text, text);
    assert.deepEqual(problems, [{ kind: 'rejected', count: 1 }, { kind: 'entry' }]);
    assert.equal(await give('b', 'bad'), true);
    assert.ok(file.text?.includes('superb'));
  });

  it('hears of a file that is gone, and tells of a change once', async () => {
    const { file, settled, of, changes } = await labelsOf(fileOf(entry('a', 'good')));
    const before = changes();
    file.becomes(undefined);
    file.becomes(undefined);
    await settled();
    assert.equal(of('a'), undefined);
    assert.equal(changes(), before + 1);
  });

  it('says that it needs a folder', async () => {
    const { file, give, problems } = await labelsOf(undefined);
    file.isAvailable = false;
    assert.equal(await give('a', 'good'), false);
    assert.deepEqual(problems, [{ kind: 'noFolder' }]);
  });

  it('says that it needs to know the server', async () => {
    const { file, labels, problems } = await labelsOf(undefined);
    assert.equal(await labels.change(undefined, ['a'], (before) => withLabel(before, 'good')), false);
    assert.deepEqual([problems, file.text], [[{ kind: 'noServer' }], undefined]);
  });
});
