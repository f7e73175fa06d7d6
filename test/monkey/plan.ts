import { Chance } from './chance';

/** One action of a plan. `dice` and the screen at that time determine what it acts on. */
export interface Step {
  readonly action: string;
  /** Each in [0, 1), in thousandths. */
  readonly dice: readonly number[];
}

export interface Plan {
  /** Determines the data of the servers. */
  readonly seed: number;
  readonly steps: readonly Step[];
}

/** Enough for every action. */
const dicePerStep = 4;

/**
 * Returns the plan of a seed. A shorter plan is the start of a longer one.
 * @param weights relative frequency of each action
 */
export function createPlan(seed: number, count: number, weights: ReadonlyMap<string, number>): Plan {
  const chance = new Chance(seed);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const chooseAction = (): string => {
    let left = chance.next() * total;
    for (const [action, weight] of weights) {
      left -= weight;
      if (left < 0) return action;
    }
    throw new Error('There is no action to choose.');
  };
  const roll = (): number => Math.floor(chance.next() * 1000) / 1000;
  const steps = Array.from({ length: count }, (): Step => ({
    action: chooseAction(),
    dice: Array.from({ length: dicePerStep }, roll),
  }));
  return { seed, steps };
}

/** Formats a plan with a line for each step, for reports and `parsePlan`. */
export function formatPlan({ seed, steps }: Plan): string {
  return [`seed ${seed}`, ...steps.map(formatStep), ''].join('\n');
}

export function formatStep({ action, dice }: Step): string {
  return `${dice.map((each) => each.toFixed(3)).join(' ')} ${action}`;
}

/** @throws Error for an invalid line */
export function parsePlan(text: string): Plan {
  const [first = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const seed = /^seed (\d+)$/.exec(first)?.[1];
  if (seed === undefined) throw new Error('A plan begins with its seed.');
  return { seed: Number(seed), steps: lines.map(parseStep) };
}

/** A report adds details after a colon. */
function parseStep(line: string): Step {
  const match = /^((?:0\.\d+ )+)([^:]+)/.exec(line);
  if (match === null) throw new Error(`This is no step of a plan: ${line}`);
  const [, dice = '', action = ''] = match;
  return { action: action.trim(), dice: dice.trim().split(' ').map(Number) };
}
