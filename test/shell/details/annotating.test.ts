import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Annotation } from '../../../src/core/model/annotation';
import { Emitter } from '../../../src/core/util/event';
import { Annotating, type AnnotationHolder, type UnkeptNotes } from '../../../src/shell/details/annotating';

const origin = 'https://call.example';
const a = { id: 'a', origin };

/** Labels in memory, that can refuse. */
class MemoryLabels implements AnnotationHolder {
  readonly onDidChange = new Emitter<void>().event;
  isAvailable = true;
  refuses = false;
  private readonly kept = new Map<string, Annotation>();

  of(from: string | undefined, id: string): Annotation | undefined {
    return this.kept.get(`${String(from)} ${id}`);
  }

  change(from: string | undefined, ids: readonly string[], edit: (before: Annotation) => Annotation): Promise<boolean> {
    if (!this.refuses) for (const id of ids) this.kept.set(`${String(from)} ${id}`, edit(this.of(from, id) ?? {}));
    return Promise.resolve(!this.refuses);
  }
}

describe('Annotating', () => {
  function panelOf(labels: MemoryLabels, unkept: UnkeptNotes = new Map()) {
    let told = 0;
    const annotating = new Annotating(labels, unkept, () => (told += 1));
    annotating.tell(origin, 'a');
    return { annotating, unkept, told: () => told };
  }

  it('keeps what the page was told of, and refuses anything else', async () => {
    const labels = new MemoryLabels();
    const { annotating } = panelOf(labels);
    await annotating.obey({ type: 'label', label: 'good', ...a });
    await annotating.obey({ type: 'note', note: 'n', ...a });
    assert.deepEqual(annotating.tell(origin, 'a'), { annotation: { label: 'good', note: 'n' } });
    await assert.rejects(annotating.obey({ type: 'note', note: 'n', id: 'b', origin }), /refused/);
    await assert.rejects(annotating.obey({ type: 'giveUpNote', id: 'a', origin: 'https://evil.example' }), /refused/);
  });

  it('has nothing to say where nothing can be kept', () => {
    const labels = new MemoryLabels();
    const { annotating } = panelOf(labels);
    assert.deepEqual(annotating.tell(undefined, 'a'), {});
    labels.isAvailable = false;
    assert.deepEqual(annotating.tell(origin, 'a'), {});
  });

  it('has a note that could not be kept until it is, for every panel', async () => {
    const labels = new MemoryLabels();
    const { annotating, unkept, told } = panelOf(labels);
    labels.refuses = true;
    await annotating.obey({ type: 'note', note: 'not lost', ...a });
    assert.equal(told(), 1);
    assert.deepEqual(annotating.tell(origin, 'a'), { annotation: {}, unkeptNote: 'not lost' });
    const other = panelOf(labels, unkept);
    assert.deepEqual(other.annotating.tell(origin, 'a'), { annotation: {}, unkeptNote: 'not lost' });
    labels.refuses = false;
    await other.annotating.obey({ type: 'note', note: 'not lost', ...a });
    assert.deepEqual(annotating.tell(origin, 'a'), { annotation: { note: 'not lost' } });
    assert.equal(unkept.size, 0);
  });

  it('says nothing of a note that stands there by now, whoever wrote it', async () => {
    const labels = new MemoryLabels();
    const { annotating } = panelOf(labels);
    labels.refuses = true;
    await annotating.obey({ type: 'note', note: 'n', ...a });
    labels.refuses = false;
    await labels.change(origin, ['a'], () => ({ note: 'n' }));
    assert.deepEqual(annotating.tell(origin, 'a'), { annotation: { note: 'n' } });
  });

  it('forgets a note that is given up', async () => {
    const labels = new MemoryLabels();
    const { annotating, unkept, told } = panelOf(labels);
    labels.refuses = true;
    await annotating.obey({ type: 'note', note: 'n', ...a });
    await annotating.obey({ type: 'giveUpNote', ...a });
    assert.deepEqual(annotating.tell(origin, 'a'), { annotation: {} });
    assert.equal(unkept.size, 0);
    assert.equal(told(), 2);
  });
});
