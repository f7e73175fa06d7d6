// Adds up what all processes of a run wrote, for each source.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBundle } from './bundles.mjs';
import { createCounts } from './counts.mjs';
import { findFile } from './extensionFiles.mjs';

/**
 * @typedef {{ statements: number[], functions: number[], branches: number[][] }} Hits in the order of the source's lists
 * @param folder of NODE_V8_COVERAGE
 * @param {Map<string, import('./sources.mjs').Source>} sources
 * @param whereBuilt tells the file that a script's address stands for; undefined where it is none of ours
 * @returns {{ hits: Map<string, Hits>, processes: number, broken: string[] }} how many processes ran something of ours; files
 * of some that were ended before they had written all
 */
export function collect(folder, sources, whereBuilt = findFile) {
  const hits = new Map([...sources.values()].map((source) => [source.path, createEmptyHits(source)]));
  const bundles = new Map();
  const broken = [];
  let processes = 0;
  for (const name of readdirSync(folder)) {
    const result = scriptsIn(join(folder, name));
    if (!result) broken.push(name);
    const scripts = (result ?? [])
      .map((script) => ({ ...script, file: whereBuilt(script.url) }))
      .filter(({ file }) => file);
    if (scripts.length > 0) processes += 1;
    for (const { file, functions } of scripts) {
      if (!bundles.has(file)) bundles.set(file, createPlans(readBundle(file, sources), sources));
      const { length, plans } = bundles.get(file);
      const counts = createCounts(functions);
      // Offsets of another build would tell of other lines.
      if (Math.max(...functions.map(({ ranges }) => ranges[0].endOffset)) < length)
        throw new Error(`${file} was built anew.`);
      for (const [path, plan] of plans) add(hits.get(path), plan, counts);
    }
  }
  return { hits, processes, broken };
}

function scriptsIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).result;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function createEmptyHits({ statements, functions, branches }) {
  return {
    statements: statements.map(() => 0),
    functions: functions.map(() => 0),
    branches: branches.map(({ arms }) => arms.map(() => 0)),
  };
}

/** For each source in a bundle, the places there that tell of its parts; made once, however many processes ran it. */
function createPlans({ length, places }, sources) {
  const plans = [...places].map(([path, { from, to }]) => {
    const find = (span) => span && findPlace(span, from, to);
    const { statements, functions, branches } = sources.get(path);
    return [
      path,
      {
        statements: statements.map(find),
        functions: functions.map(({ start, body }) => ({
          begin: find({ start, end: body.start + 1 }),
          body: find(body),
        })),
        branches: branches.map(({ start, arms }) => ({
          whole: find({ start, end: start + 1 }) ?? find({ start, end: Infinity }),
          arms: arms.map(find),
        })),
      },
    ];
  });
  return { length, plans };
}

/** Where the first thing of a span is in the bundle; undefined where nothing of it is. */
function findPlace({ start, end }, from, to) {
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from[middle] < start) low = middle + 1;
    else high = middle;
  }
  return from[low] < end ? to[low] : undefined;
}

function add(hits, plan, counts) {
  const at = (place) => (place === undefined ? 0 : counts.at(place));
  for (const [index, place] of plan.statements.entries()) hits.statements[index] += at(place);
  for (const [index, { begin, body }] of plan.functions.entries()) {
    hits.functions[index] += counts.of(begin) ?? at(body);
  }
  for (const [index, { whole, arms }] of plan.branches.entries()) {
    const taken = arms.map(at);
    // An arm that is not written ran as often as the others did not.
    const rest = Math.max(0, at(whole) - taken.reduce((sum, count) => sum + count, 0));
    for (const [arm, place] of arms.entries()) hits.branches[index][arm] += place === undefined ? rest : taken[arm];
  }
}
