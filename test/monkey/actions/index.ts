import type { Monkey } from '../monkey';
import type { Screen } from '../screen';
import { clickConversation, type Action, type Dice } from './action';
import { panelActions } from './panel';
import { serverActions } from './servers';
import { treeActions } from './tree';
import { viewActions } from './view';

const actions: Readonly<Record<string, Action>> = { ...treeActions, ...viewActions, ...panelActions, ...serverActions };

/** Performs an action; if the user can't do it now, opens a conversation instead. */
export async function act(monkey: Monkey, name: string, screen: Screen, dice: readonly number[]): Promise<void> {
  const action = actions[name];
  if (action === undefined) throw new Error(`There is no action "${name}".`);
  const isPossible = action.when?.(screen) ?? true;
  if (isPossible) {
    await action.run(monkey, screen, dice as Dice);
  } else {
    monkey.note('instead: click a conversation');
    await clickConversation(monkey, screen, dice[0] ?? 0);
  }
}

export const actionWeights: ReadonlyMap<string, number> = new Map(
  Object.entries(actions).map(([name, { weight }]) => [name, weight]),
);
