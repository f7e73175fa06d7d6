// Adds up the coverage of all processes of a run, for each source.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBundle } from './bundles.mjs';
import { createCounts } from './counts.mjs';
import { findFile } from './extensionFiles.mjs';

/**
 * @typedef {{ statements: number[], functions: number[], branches: number[][] }} Hits in the order of the source's lists
 * @param folder of NODE_V8_COVERAGE
 * @param {Map<string, import('./sources.mjs').Source>} sources
 * @param whereBuilt returns the file of a script's URL; undefined if it isn't part of the extension
 * @returns {{ hits: Map<string, Hits>, processes: number, broken: string[] }} `processes` that ran the extension's code, and
 * incomplete files (`broken`) of processes that were ended too early
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
      // Offsets of another build would map to other lines.
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

/** Returns the positions of each source's parts in a bundle. Computed once for all processes. */
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

/** Returns the start of a span's code in the bundle; undefined if the bundle has none of it. */
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
    // A missing arm (no else) ran as often as the others didn't.
    const rest = Math.max(0, at(whole) - taken.reduce((sum, count) => sum + count, 0));
    for (const [arm, place] of arms.entries()) hits.branches[index][arm] += place === undefined ? rest : taken[arm];
  }
}
