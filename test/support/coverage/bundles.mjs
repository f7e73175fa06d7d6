// Maps the code of each source to its positions in a bundle, by the source map.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { decodedMappings, TraceMap } from '@jridgewell/trace-mapping';
import { rootPath } from '../run/process.mjs';

const mapComment = /\n\/\/# sourceMappingURL=(.*)\s*$/;

/**
 * @typedef {{ readonly length: number, readonly places: Map<string, { from: number[], to: number[] }> }} Bundle
 * `places`: for each source, positions in it (`from`, ascending) and in the bundle (`to`)
 */

/** @param {Map<string, import('./sources.mjs').Source>} sources @returns {Bundle} */
export function readBundle(file, sources) {
  const text = readFileSync(file, 'utf8');
  const named = mapComment.exec(text);
  const places = new Map();
  const map = new TraceMap(readMap(file, named?.[1]));
  const own = map.sources.map((path) =>
    sources.get(relative(rootPath, join(dirname(file), path ?? '')).replaceAll('\\', '/')),
  );
  const starts = own.map((source) => (source ? lineStarts(source.text) : []));
  const pairs = own.map(() => []);
  const bundleStarts = lineStarts(text);
  for (const [line, segments] of decodedMappings(map).entries()) {
    for (const [column, source, sourceLine, sourceColumn] of segments) {
      // Some maps point to the white space before the code, which V8 counts with the preceding code.
      if (own[source])
        pairs[source].push([starts[source][sourceLine] + sourceColumn, visibleFrom(text, bundleStarts[line] + column)]);
    }
  }
  for (const [index, source] of own.entries()) {
    if (!source || pairs[index].length === 0) continue;
    pairs[index].sort(([one], [other]) => one - other);
    places.set(source.path, { from: pairs[index].map(([from]) => from), to: pairs[index].map(([, to]) => to) });
  }
  return { length: named ? named.index : text.trimEnd().length, places };
}

function visibleFrom(text, offset) {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\n') at += 1;
  return at;
}

function readMap(file, named) {
  const inline = /^data:application\/json;(?:charset=[^;,]+;)?base64,(.*)$/.exec(named ?? '')?.[1];
  if (inline !== undefined) return Buffer.from(inline, 'base64').toString('utf8');
  if (!existsSync(`${file}.map`)) throw new Error(`${file} has no source map.`);
  return readFileSync(`${file}.map`, 'utf8');
}

export function lineStarts(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
