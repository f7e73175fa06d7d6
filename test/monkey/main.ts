// npm run monkey: runs random plans in a real VS Code until the number of actions is reached, or a recorded plan.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { newest } from '../vscode-from-npm/versions';
import { testResults } from '../support/paths';
import { actionWeights } from './actions';
import { createPlan, formatPlan, parsePlan, type Plan } from './plan';
import { play, type Finding } from './play';
import { shrink } from './shrink';
import { MonkeyVsCode } from './vscode';

const { values } = parseArgs({
  options: {
    actions: { type: 'string', default: '200' },
    seed: { type: 'string' },
    /** A file with a plan, as a finding saves it. */
    replay: { type: 'string' },
    vscode: { type: 'string', default: newest.version },
    /** The number of actions per window. */
    window: { type: 'string', default: '200' },
    /** After a finding, reduces the plan to the actions that it needs. */
    shrink: { type: 'boolean', default: false },
    /** Excludes known findings: invariants whose name contains this. */
    except: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

/** Returns plans with consecutive seeds until the number of actions is reached. */
function* plans(): Generator<Plan> {
  if (values.replay !== undefined) {
    yield parsePlan(readFileSync(values.replay, 'utf8'));
    return;
  }
  const wanted = Number(values.actions);
  const perWindow = Number(values.window);
  const first = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
  for (let planned = 0, seed = first; planned < wanted; planned += perWindow, seed += 1) {
    yield createPlan(seed, Math.min(perWindow, wanted - planned), actionWeights);
  }
}

const maxTries = 30;

let vscode: MonkeyVsCode | undefined;

/** Runs a plan. After a finding, the host may hang, so the next plan uses another VS Code. */
async function find(plan: Plan, log?: (line: string) => void): Promise<Finding | undefined> {
  vscode ??= await MonkeyVsCode.start(values.vscode);
  const finding = await play(vscode, plan, { except: values.except, ...(log && { log }) });
  if (finding !== undefined) {
    await vscode.dispose();
    vscode = undefined;
  }
  return finding;
}

async function shorten(plan: Plan, { what }: Finding): Promise<Plan> {
  console.log('Looking for a shorter plan…');
  const steps = await shrink(
    plan.steps,
    async (rest) => (await find({ ...plan, steps: rest }))?.what === what,
    maxTries,
  );
  return { ...plan, steps };
}

/** @returns whether nothing was found */
async function playAndReport(plan: Plan): Promise<boolean> {
  const lines: string[] = [];
  const began = Date.now();
  const finding = await find(plan, (line) => {
    lines.push(line);
    if (values.verbose) console.log(line);
  });
  const rate = (plan.steps.length / ((Date.now() - began) / 1000)).toFixed(2);
  if (finding === undefined) {
    console.log(
      `seed ${plan.seed} in ${values.vscode}: ${plan.steps.length} actions, ${rate} per second, nothing found; ${lines.at(-1) ?? ''}`,
    );
    return true;
  }
  console.log(
    `seed ${plan.seed} in ${values.vscode}: FOUND after ${finding.steps} actions: ${finding.what}\n${finding.message}`,
  );
  lines.forEach((line, index) => console.log(`${index + 1}. ${line}`));
  const done = { ...plan, steps: plan.steps.slice(0, finding.steps) };
  const shortest = values.shrink ? await shorten(done, finding) : done;
  const file = join(testResults, 'monkey', `${plan.seed}-${values.vscode}.txt`);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, formatPlan(shortest));
  console.log(`${shortest.steps.length} actions that find it are in ${file}, to be played by --replay.`);
  return false;
}

async function main(): Promise<number> {
  let isClean = true;
  for (const plan of plans()) isClean = (await playAndReport(plan)) && isClean;
  await vscode?.dispose();
  return isClean ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
