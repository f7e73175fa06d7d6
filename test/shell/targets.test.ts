import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ConversationNode, GroupNode } from '../../src/core/view/treeNodes';
import { LastTouched, targetsOf, treeHasFocus } from '../../src/shell/targets';

const group: GroupNode = { kind: 'group', id: 'type/test', list: 'test', path: [{ by: 'type', type: 'test' }], parent: undefined };
const rowOf = (id: string): ConversationNode => ({ kind: 'conversation', id: `type/test/${id}`, conversationId: id, parent: group });
const [first, second, third] = [rowOf('first'), rowOf('second'), rowOf('third')];

describe('what a command acts on', () => {
  const touched = new LastTouched();
  let panel: string | undefined;
  const ids = (...args: unknown[]): readonly string[] =>
    targetsOf(args, {
      selection: () => [first, second],
      find: () => undefined,
      activePanel: () => (touched.isPanel ? panel : undefined),
    }).map(({ id }) => id);
  const touchPanel = (id: string | undefined): void => {
    panel = id;
    touched.panelBecame(id);
  };
  beforeEach(() => touchPanel(undefined));

  it('is what a menu was opened on: the selected rows, or the one row outside of them', () => {
    touchPanel('opened');
    assert.deepEqual(ids(first, [first, second]), ['first', 'second']);
    assert.deepEqual(ids(third, undefined), ['third']);
  });

  it('is for the palette what was touched last', () => {
    assert.deepEqual(ids(), ['first', 'second']);
    touchPanel('opened');
    assert.deepEqual(ids(), ['opened']);
    touched.selectionBecame([third], panel);
    assert.deepEqual(ids(), ['first', 'second']);
  });

  it('is the rows for a key that was pressed in the tree, also where a panel was touched and no row anew', () => {
    touchPanel('opened');
    assert.deepEqual(ids(treeHasFocus), ['first', 'second']);
  });
});
