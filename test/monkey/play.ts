import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { act } from './actions';
import { BrokenError } from './broken';
import { copyInTree } from './copying';
import { HangError } from './host/extensionHost';
import { invariants } from './invariants';
import { Monkey } from './monkey';
import { formatStep, type Plan, type Step } from './plan';
import type { Screen } from './screen';
import type { MonkeyVsCode } from './vscode';

/** The failure, and the step after which it was found. */
export interface Finding {
  /** Name of the invariant, or of another failure. */
  readonly what: string;
  readonly message: string;
  /** The number of completed steps, including the last one. */
  readonly steps: number;
}

/** The time after which an invariant must hold. */
const maxWaitMs = 20_000;
const pauseMs = 100;

/** The limit for an extension host after everything is closed: thousands of rows, code, and transcripts of a search. */
const maxRetainedBytes = 64 * 2 ** 20;

export interface PlayOptions {
  /** Receives a line for each completed step. */
  readonly log?: (line: string) => void;
  /** Invariants whose name contains this aren't checked. */
  readonly except?: string | undefined;
}

/** Runs a plan in a new window. @returns the finding, if any */
export async function play(
  vscode: MonkeyVsCode,
  plan: Plan,
  { log = () => undefined, except }: PlayOptions = {},
): Promise<Finding | undefined> {
  const isChecked = (name: string): boolean => except === undefined || !name.includes(except);
  const monkey = await Monkey.start(vscode, plan.seed);
  let done = 0;
  try {
    await monkey.showsView();
    await monkey.settle();
    const heapBefore = await monkey.host.heapUsedBytes();
    for (const step of plan.steps) {
      done += 1;
      const problem = await doStep(monkey, step, isChecked);
      log(`${formatStep(step)}${monkey.doing === '' ? '' : `: ${monkey.doing}`}`);
      if (problem === undefined) continue;
      await monkey.screenshot(join('monkey', `${plan.seed}-${vscode.server.version}`)).catch(() => '');
      return { ...problem, steps: done };
    }
    const left = await monkey.putAway();
    log(`heap of the extension host: ${megabytes(heapBefore)} MB before, ${megabytes(left)} MB after`);
    if (left - heapBefore <= maxRetainedBytes) return undefined;
    return {
      what: 'memory returns',
      message: `${megabytes(left - heapBefore)} MB more than before are in use.`,
      steps: done,
    };
  } finally {
    await monkey.dispose();
  }
}

type Problem = Pick<Finding, 'what' | 'message'>;

async function doStep(
  monkey: Monkey,
  { action, dice }: Step,
  isChecked: (name: string) => boolean,
): Promise<Problem | undefined> {
  try {
    const screen = await monkey.begin();
    try {
      await act(monkey, action, screen, dice);
    } catch (error) {
      // The question of an earlier action can appear late, when a slow server responds: close it and try once more.
      if (error instanceof BrokenError || (await monkey.screen()).dialog === undefined) throw error;
      await act(monkey, action, await monkey.begin(), dice);
    }
    const after = await monkey.settle();
    monkey.noticeReveal(screen, after);
    const broken = await findBroken(monkey, after, isChecked);
    if (broken === undefined && monkey.highlight === 'from elsewhere') await copyInTree(monkey);
    return broken;
  } catch (error) {
    // If the action failed because the host hangs, report that.
    const cause: unknown = await monkey.host.answers().then(
      () => error,
      (hang: unknown) => hang,
    );
    if (cause instanceof BrokenError)
      return isChecked(cause.what) ? { what: cause.what, message: cause.message } : undefined;
    return {
      what: cause instanceof HangError ? 'the extension host answers' : `"${action}" can be done`,
      message: formatError(cause),
    };
  }
}

async function findBroken(
  monkey: Monkey,
  first: Screen,
  isChecked: (name: string) => boolean,
): Promise<Problem | undefined> {
  let screen = first;
  for (const { name, check } of invariants) {
    if (!isChecked(name)) continue;
    const deadline = Date.now() + maxWaitMs;
    for (;;) {
      try {
        await check(monkey, screen);
        break;
      } catch (error) {
        if (error instanceof HangError) throw error;
        if (Date.now() > deadline) return { what: name, message: formatError(error) };
      }
      await pause(pauseMs);
      await monkey.host.answers();
      screen = await monkey.screen();
    }
  }
  return undefined;
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

function formatError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
