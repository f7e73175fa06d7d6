import assert from 'node:assert/strict';
import type { Annotation } from '../../../src/core/model/annotation';
import { PanelAnnotations, type UnsavedNotes } from '../../../src/shell/details/panelAnnotations';

const origin = 'https://call.example';
const a = { id: 'a', origin };

/** Labels in memory. Saving can fail. */
class MemoryLabels {
  isAvailable = true;
  shouldFail = false;
  private readonly annotations = new Map<string, Annotation>();

  of(from: string | undefined, id: string): Annotation | undefined {
    return this.annotations.get(`${String(from)} ${id}`);
  }

  change(from: string | undefined, ids: readonly string[], edit: (before: Annotation) => Annotation): Promise<boolean> {
    if (!this.shouldFail)
      for (const id of ids) this.annotations.set(`${String(from)} ${id}`, edit(this.of(from, id) ?? {}));
    return Promise.resolve(!this.shouldFail);
  }
}

describe('annotations in a panel', () => {
  function createPanel(labels: MemoryLabels, unsavedNotes: UnsavedNotes = new Map()) {
    let changeCount = 0;
    const annotating = new PanelAnnotations(labels, unsavedNotes, () => (changeCount += 1));
    annotating.toPageState(origin, 'a');
    return { annotating, unsavedNotes, changeCount: () => changeCount };
  }

  it('saves labels and notes of the conversation on the page, and rejects others', async () => {
    const labels = new MemoryLabels();
    const { annotating } = createPanel(labels);
    await annotating.handle({ type: 'label', label: 'good', ...a });
    await annotating.handle({ type: 'note', note: 'n', ...a });
    assert.deepEqual(annotating.toPageState(origin, 'a'), { annotation: { label: 'good', note: 'n' } });
    await assert.rejects(annotating.handle({ type: 'note', note: 'n', id: 'b', origin }), /refused/);
    await assert.rejects(annotating.handle({ type: 'giveUpNote', id: 'a', origin: 'https://evil.example' }), /refused/);
  });

  it('has no state if labels are unavailable', () => {
    const labels = new MemoryLabels();
    const { annotating } = createPanel(labels);
    assert.deepEqual(annotating.toPageState(undefined, 'a'), {});
    labels.isAvailable = false;
    assert.deepEqual(annotating.toPageState(origin, 'a'), {});
  });

  it('shows an unsaved note in every panel until it is saved', async () => {
    const labels = new MemoryLabels();
    const { annotating, unsavedNotes, changeCount } = createPanel(labels);
    labels.shouldFail = true;
    await annotating.handle({ type: 'note', note: 'not lost', ...a });
    assert.equal(changeCount(), 1);
    assert.deepEqual(annotating.toPageState(origin, 'a'), { annotation: {}, unkeptNote: 'not lost' });
    const other = createPanel(labels, unsavedNotes);
    assert.deepEqual(other.annotating.toPageState(origin, 'a'), { annotation: {}, unkeptNote: 'not lost' });
    labels.shouldFail = false;
    await other.annotating.handle({ type: 'note', note: 'not lost', ...a });
    assert.deepEqual(annotating.toPageState(origin, 'a'), { annotation: { note: 'not lost' } });
    assert.equal(unsavedNotes.size, 0);
  });

  it('drops an unsaved note once the same note is saved from elsewhere', async () => {
    const labels = new MemoryLabels();
    const { annotating } = createPanel(labels);
    labels.shouldFail = true;
    await annotating.handle({ type: 'note', note: 'n', ...a });
    labels.shouldFail = false;
    await labels.change(origin, ['a'], () => ({ note: 'n' }));
    assert.deepEqual(annotating.toPageState(origin, 'a'), { annotation: { note: 'n' } });
  });

  it('discards an unsaved note on request', async () => {
    const labels = new MemoryLabels();
    const { annotating, unsavedNotes, changeCount } = createPanel(labels);
    labels.shouldFail = true;
    await annotating.handle({ type: 'note', note: 'n', ...a });
    await annotating.handle({ type: 'giveUpNote', ...a });
    assert.deepEqual(annotating.toPageState(origin, 'a'), { annotation: {} });
    assert.equal(unsavedNotes.size, 0);
    assert.equal(changeCount(), 2);
  });
});
