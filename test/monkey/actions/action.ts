import { choose } from '../chance';
import type { Monkey } from '../monkey';
import type { Row, Screen } from '../screen';
import { commandTitle } from '../titles';

/** An action of the user, or an event on a server. */
export interface Action {
  /** Relative to the other actions. */
  readonly weight: number;
  /** Whether the user can do it now. Always by default. */
  readonly when?: (screen: Screen) => boolean;
  /**
   * @param screen the screen before the action
   * @param dice numbers in [0, 1) that choose the details
   */
  run(monkey: Monkey, screen: Screen, dice: Dice): Promise<unknown>;
}

export type Dice = readonly [number, number, number, number];

export const clickable = ({ rows = [] }: Screen): Row[] => rows.filter(({ point }) => point !== undefined);
export const conversations = (monkey: Monkey, screen: Screen): Row[] =>
  clickable(screen).filter((row) => monkey.idOf(row) !== undefined);
export const groups = (screen: Screen): Row[] => clickable(screen).filter(({ expanded }) => expanded !== undefined);
/** Load More, Show More, and similar rows. */
export const others = (monkey: Monkey, screen: Screen): Row[] =>
  clickable(screen).filter((row) => row.expanded === undefined && monkey.idOf(row) === undefined);

// Unknown while the view is hidden, so assume it: the palette works then, too.
export const isFiltered = ({ rows, titleActions }: Screen): boolean =>
  rows === undefined || titleActions.includes(commandTitle('clearFilter'));
export const isFollowing = ({ rows, titleActions }: Screen): boolean =>
  rows === undefined || titleActions.includes(commandTitle('stopFollowing'));
export const hasResults = ({ rows, hasSearchResults }: Screen): boolean => rows === undefined || hasSearchResults;
export const hasPage = (screen: Screen): boolean => screen.hasPage;
export const hasTarget = ({ rows = [], hasPage }: Screen): boolean =>
  hasPage || rows.some(({ selected, expanded }) => selected && expanded === undefined);
export const twoSelected = ({ rows = [] }: Screen): boolean => rows.filter(({ selected }) => selected).length === 2;

/** A command without questions, or one whose questions are confirmed. */
export function command(weight: number, name: string, when: (screen: Screen) => boolean = () => true): Action {
  return {
    weight,
    when,
    async run(monkey, _screen, [agrees]) {
      if (await monkey.run(name)) await monkey.answerQuestion(agrees < 0.7);
    },
  };
}

export async function send(monkey: Monkey, text: string): Promise<void> {
  if (await monkey.panel.send(text)) monkey.note(text);
}

export async function clickConversation(monkey: Monkey, screen: Screen, at: number): Promise<void> {
  const row = choose(conversations(monkey, screen), at);
  if (row === undefined) return clickGroup(monkey, screen, at);
  monkey.note(row.label);
  await monkey.click(row);
  await monkey.opensRow(row);
}

export async function clickGroup(monkey: Monkey, screen: Screen, at: number): Promise<void> {
  const row = choose(groups(screen), at);
  if (row === undefined) return;
  monkey.note(row.label);
  await monkey.click(row);
  monkey.highlight = 'by hand';
}
