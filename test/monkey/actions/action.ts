import { choose } from '../chance';
import type { Monkey } from '../monkey';
import type { Row, Screen } from '../screen';
import { commandTitle } from '../titles';

/** Something that a person does, or that happens on a server. */
export interface Action {
  /** How often it comes, relative to the others. */
  readonly weight: number;
  /** Whether a person could think of it; always where missing. */
  readonly when?: (screen: Screen) => boolean;
  /**
   * @param screen what is on the screen as it begins
   * @param dice numbers in [0, 1) that say what exactly it does
   */
  run(monkey: Monkey, screen: Screen, dice: Dice): Promise<unknown>;
}

export type Dice = readonly [number, number, number, number];

export const clickable = ({ rows = [] }: Screen): Row[] => rows.filter(({ point }) => point !== undefined);
export const conversations = (monkey: Monkey, screen: Screen): Row[] =>
  clickable(screen).filter((row) => monkey.idOf(row) !== undefined);
export const groups = (screen: Screen): Row[] => clickable(screen).filter(({ expanded }) => expanded !== undefined);
/** Load More, Show More, and what else a row offers. */
export const others = (monkey: Monkey, screen: Screen): Row[] =>
  clickable(screen).filter((row) => row.expanded === undefined && monkey.idOf(row) === undefined);

// What can't be seen may be so: the palette is used while the view is hidden, too.
export const isFiltered = ({ rows, titleActions }: Screen): boolean =>
  rows === undefined || titleActions.includes(commandTitle('clearFilter'));
export const isFollowing = ({ rows, titleActions }: Screen): boolean =>
  rows === undefined || titleActions.includes(commandTitle('stopFollowing'));
export const hasResults = ({ rows, hasSearchResults }: Screen): boolean => rows === undefined || hasSearchResults;
export const hasPage = (screen: Screen): boolean => screen.hasPage;
export const hasTarget = ({ rows = [], hasPage }: Screen): boolean =>
  hasPage || rows.some(({ selected, expanded }) => selected && expanded === undefined);
export const twoSelected = ({ rows = [] }: Screen): boolean => rows.filter(({ selected }) => selected).length === 2;

/** A command that asks nothing, or whose questions are answered as a person does who agrees. */
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
  await monkey.opens(monkey.idOf(row));
}

export async function clickGroup(monkey: Monkey, screen: Screen, at: number): Promise<void> {
  const row = choose(groups(screen), at);
  if (row === undefined) return;
  monkey.note(row.label);
  await monkey.click(row);
  monkey.highlight = 'by hand';
}
