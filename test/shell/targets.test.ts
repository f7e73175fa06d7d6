import assert from 'node:assert/strict';
import type { ConversationNode, GroupNode } from '../../src/core/view/treeNodes';
import { conversation } from '../media/conversations';
import { LastTouched, findTargets, treeHasFocus, type ConversationTarget } from '../../src/shell/targets';

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

describe('targets of a command', () => {
  const lastTouched = new LastTouched();
  let panelId: string | undefined;
  let panelOrigin: string | undefined;
  const removed = new Set<string>();
  const targets = (...args: unknown[]): readonly ConversationTarget[] =>
    findTargets(args, {
      selection: () => [first, second],
      find: (id) => (removed.has(id) ? undefined : rows.get(id)),
      origin: () => here,
      activePanel: () =>
        lastTouched.isPanel && panelId !== undefined
          ? { id: panelId, origin: panelOrigin, conversation: undefined }
          : undefined,
    });
  const ids = (...args: unknown[]): readonly string[] => targets(...args).map(({ id }) => id);
  const touchPanel = (id: string | undefined): void => {
    panelId = id;
    lastTouched.noteActivePanel(id);
  };
  beforeEach(() => {
    touchPanel(undefined);
    panelOrigin = 'https://there.example';
    removed.clear();
  });

  it('of a context menu are the selected rows, or the one unselected row it was opened on', () => {
    touchPanel('opened');
    assert.deepEqual(ids(first, [first, second]), ['first', 'second']);
    assert.deepEqual(ids(third, undefined), ['third']);
  });

  it('of the Command Palette are the selected rows or the panel, whichever was used last', () => {
    assert.deepEqual(ids(), ['first', 'second']);
    touchPanel('opened');
    assert.deepEqual(ids(), ['opened']);
    lastTouched.noteSelection([third], panelId);
    assert.deepEqual(ids(), ['first', 'second']);
  });

  it('of a keybinding in the tree are the selected rows, even if a panel was used last', () => {
    touchPanel('opened');
    assert.deepEqual(ids(treeHasFocus), ['first', 'second']);
  });

  it('have the server of their row or panel', () => {
    assert.deepEqual(
      targets(),
      [first, second].map(({ conversationId: id }) => ({ id, origin: here, conversation: rows.get(id) })),
    );
    touchPanel('opened');
    assert.deepEqual(targets(), [{ id: 'opened', origin: 'https://there.example', conversation: undefined }]);
    panelOrigin = undefined;
    assert.equal(targets()[0]?.origin, here, 'panel opened before there was an account');
  });

  it('leave out rows that no longer exist, as after a change of account, even if VS Code still selects them', () => {
    removed.add('first');
    assert.deepEqual(ids(), ['second']);
    assert.deepEqual(ids(first, undefined), []);
  });
});
