import assert from 'node:assert/strict';
import { labelFilters, type Annotation, type LabelFilter } from '../../../../src/core/model/annotation';
import { isClientSide, isEmpty, createRowFilter, isSameFilter } from '../../../../src/core/view/filter';
import { parseFilter } from '../../../../src/core/view/filterParse';
import { findConversations } from '../../../../src/core/view/find';
import { sortNewestFirst } from '../../../../src/core/view/rowOrder';
import { withLabel, withNote } from '../../../../src/core/view/annotations';
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
const matchingIds = (filter: object, annotations: typeof annotationOf | undefined = annotationOf): string[] =>
  rows
    .filter((each) =>
      (createRowFilter(filter, { ...clock, ...(annotations && { annotationOf: annotations }) }) ?? (() => true))(each),
    )
    .map(({ id }) => id);

describe('A filter by label', () => {
  const cases: Readonly<Record<LabelFilter, string[]>> = {
    good: ['good'],
    bad: ['bad'],
    unsure: ['unsure'],
    labelled: ['good', 'bad', 'unsure'],
    unlabelled: ['noted', 'none'],
    noted: ['bad', 'noted'],
  };
  for (const label of labelFilters)
    it(`matches conversations with the filter ${label}`, () => assert.deepEqual(matchingIds({ label }), cases[label]));

  it('matches no labeled conversation without annotations', () => {
    const labeled = rows.filter((each) => (createRowFilter({ label: 'labelled' }, clock) ?? (() => true))(each));
    assert.deepEqual(labeled, []);
    assert.equal(
      rows.filter((each) => (createRowFilter({ label: 'unlabelled' }, clock) ?? (() => false))(each)).length,
      rows.length,
    );
  });

  it('is applied on the client, can be saved, and differs by its label', () => {
    assert.equal(isEmpty({ label: 'good' }), false);
    assert.equal(isClientSide({ label: 'good' }), true);
    assert.equal(isSameFilter({ label: 'good' }, { label: 'bad' }), false);
    assert.deepEqual(parseFilter({ label: 'noted' }), { label: 'noted' });
    assert.deepEqual(parseFilter({ label: 'toString' }), {});
  });
});

describe('Text in a note', () => {
  it('matches the filter together with words of the row', () => {
    assert.deepEqual(matchingIds({ text: 'gunther' }), ['noted']);
    assert.deepEqual(matchingIds({ text: 'slot bad' }), ['bad']);
    assert.deepEqual(matchingIds({ text: 'slot good' }), []);
    const test = createRowFilter({ text: 'slot bad' }, { ...clock, annotationOf });
    const ids = sortNewestFirst(rows, 'UTC')
      .filter((each) => test?.(each.row, each))
      .map(({ row: { id } }) => id);
    assert.deepEqual(ids, ['bad'], 'even with a precomputed search text');
  });

  it('is found by Find, which returns the field', () => {
    const { matches, total } = findConversations(rows, 'slot', {
      limit: 5,
      noteOf: (each) => annotationOf(each)?.note,
    });
    assert.equal(total, 1);
    assert.deepEqual(matches[0]?.fields, [{ kind: 'note', text: 'Wrong Slot' }]);
  });
});

describe('Labels and notes', () => {
  it('can be changed independently', () => {
    assert.deepEqual(withLabel({ label: 'good', note: 'n' }, 'bad'), { label: 'bad', note: 'n' });
    assert.deepEqual(withLabel({ label: 'good', note: 'n' }, undefined), { note: 'n' });
    assert.deepEqual(withNote({ label: 'good' }, ' a\r\nb '), { label: 'good', note: 'a\nb' });
    assert.deepEqual(withNote({ label: 'good', note: 'n' }, ' \n'), { label: 'good' });
  });
});
