import assert from 'node:assert/strict';
import { labelFilters, type Annotation, type LabelFilter } from '../../../../src/core/model/annotation';
import { clientOnly, isEmpty, rowFilter, sameFilter } from '../../../../src/core/view/filter';
import { parseFilter } from '../../../../src/core/view/filterParse';
import { findConversations } from '../../../../src/core/view/find';
import { newestFirst } from '../../../../src/core/view/rowOrder';
import { withLabel, withNote } from '../../../../src/core/view/labels/annotations';
import { row } from '../filterRows';

const rows = ['good', 'bad', 'unsure', 'noted', 'none'].map((id) => row({ id }));
const annotations: Readonly<Record<string, Annotation>> = {
  good: { label: 'good' },
  bad: { label: 'bad', note: 'Wrong Slot' },
  unsure: { label: 'unsure' },
  noted: { note: 'ask Günther' },
};
const annotationOf = ({ id }: { readonly id: string }): Annotation | undefined => annotations[id];
const clock = { now: 0, zone: 'UTC' };
const passing = (filter: object, of: typeof annotationOf | undefined = annotationOf): string[] =>
  rows
    .filter((each) => (rowFilter(filter, { ...clock, ...(of && { annotationOf: of }) }) ?? (() => true))(each))
    .map(({ id }) => id);

describe('a filter by label', () => {
  const cases: Readonly<Record<LabelFilter, string[]>> = {
    good: ['good'],
    bad: ['bad'],
    unsure: ['unsure'],
    labelled: ['good', 'bad', 'unsure'],
    unlabelled: ['noted', 'none'],
    noted: ['bad', 'noted'],
  };
  for (const label of labelFilters)
    it(`lets through: ${label}`, () => assert.deepEqual(passing({ label }), cases[label]));

  it('finds nothing labelled where nothing is written down', () => {
    const none = rows.filter((each) => (rowFilter({ label: 'labelled' }, clock) ?? (() => true))(each));
    assert.deepEqual(none, []);
    assert.equal(
      rows.filter((each) => (rowFilter({ label: 'unlabelled' }, clock) ?? (() => false))(each)).length,
      rows.length,
    );
  });

  it('is one that only rows can be asked for, is kept, and differs by its label', () => {
    assert.equal(isEmpty({ label: 'good' }), false);
    assert.equal(clientOnly({ label: 'good' }), true);
    assert.equal(sameFilter({ label: 'good' }, { label: 'bad' }), false);
    assert.deepEqual(parseFilter({ label: 'noted' }), { label: 'noted' });
    assert.deepEqual(parseFilter({ label: 'toString' }), {});
  });
});

describe('text in a note', () => {
  it('is found by the filter, together with words of the row', () => {
    assert.deepEqual(passing({ text: 'gunther' }), ['noted']);
    assert.deepEqual(passing({ text: 'slot bad' }), ['bad']);
    assert.deepEqual(passing({ text: 'slot good' }), []);
    const test = rowFilter({ text: 'slot bad' }, { ...clock, annotationOf });
    const ids = newestFirst(rows, 'UTC')
      .filter((each) => test?.(each.row, each))
      .map(({ row: { id } }) => id);
    assert.deepEqual(ids, ['bad'], 'also where the text of the row is known already');
  });

  it('is found by Find, which says where', () => {
    const { matches, total } = findConversations(rows, 'slot', {
      limit: 5,
      noteOf: (each) => annotationOf(each)?.note,
    });
    assert.equal(total, 1);
    assert.deepEqual(matches[0]?.fields, [{ kind: 'note', text: 'Wrong Slot' }]);
  });
});

describe('labels and notes', () => {
  it('are changed one without the other', () => {
    assert.deepEqual(withLabel({ label: 'good', note: 'n' }, 'bad'), { label: 'bad', note: 'n' });
    assert.deepEqual(withLabel({ label: 'good', note: 'n' }, undefined), { note: 'n' });
    assert.deepEqual(withNote({ label: 'good' }, ' a\r\nb '), { label: 'good', note: 'a\nb' });
    assert.deepEqual(withNote({ label: 'good', note: 'n' }, ' \n'), { label: 'good' });
  });
});
