import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ConversationNode, GroupNode } from '../../src/core/view/treeNodes';
import { conversation } from '../media/conversations';
import { LastTouched, targetsOf, treeHasFocus, type ConversationTarget } from '../../src/shell/targets';

const group: GroupNode = {
  kind: 'group',
  id: 'type/test',
  list: 'test',
  path: [{ by: 'type', type: 'test' }],
  parent: undefined,
};
const rowOf = (id: string): ConversationNode => ({
  kind: 'conversation',
  id: `type/test/${id}`,
  conversationId: id,
  parent: group,
});
const [first, second, third] = [rowOf('first'), rowOf('second'), rowOf('third')];
const rows = new Map([first, second, third].map(({ conversationId: id }) => [id, conversation({ id })]));
const here = 'https://here.example';

describe('what a command acts on', () => {
  const touched = new LastTouched();
  let panel: string | undefined;
  let there: string | undefined;
  const gone = new Set<string>();
  const targets = (...args: unknown[]): readonly ConversationTarget[] =>
    targetsOf(args, {
      selection: () => [first, second],
      find: (id) => (gone.has(id) ? undefined : rows.get(id)),
      origin: () => here,
      activePanel: () =>
        touched.isPanel && panel !== undefined ? { id: panel, origin: there, conversation: undefined } : undefined,
    });
  const ids = (...args: unknown[]): readonly string[] => targets(...args).map(({ id }) => id);
  const touchPanel = (id: string | undefined): void => {
    panel = id;
    touched.panelBecame(id);
  };
  beforeEach(() => {
    touchPanel(undefined);
    there = 'https://there.example';
    gone.clear();
  });

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

  it('is of the server that the row or the panel is of', () => {
    assert.deepEqual(
      targets(),
      [first, second].map(({ conversationId: id }) => ({ id, origin: here, conversation: rows.get(id) })),
    );
    touchPanel('opened');
    assert.deepEqual(targets(), [{ id: 'opened', origin: 'https://there.example', conversation: undefined }]);
    there = undefined;
    assert.equal(targets()[0]?.origin, here, 'of a panel that was opened before there was an account');
  });

  it('is no row that is gone, as after a change of account, though VS Code still has it selected', () => {
    gone.add('first');
    assert.deepEqual(ids(), ['second']);
    assert.deepEqual(ids(first, undefined), []);
  });
});
