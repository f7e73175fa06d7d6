// Reports the coverage of a run: a table by folder, and pages that show each line.
import { join } from 'node:path';
import libCoverage from 'istanbul-lib-coverage';
import libReport from 'istanbul-lib-report';
import reports from 'istanbul-reports';
import { rootPath } from '../run/process.mjs';
import { lineStarts } from './bundles.mjs';

/**
 * @param {Map<string, import('./sources.mjs').Source>} sources
 * @param {Map<string, import('./collect.mjs').Hits>} hits
 */
export function coverageMap(sources, hits) {
  return libCoverage.createCoverageMap(
    Object.fromEntries(
      [...sources.values()].map((source) => [join(rootPath, source.path), fileCoverage(source, hits.get(source.path))]),
    ),
  );
}

function fileCoverage({ path, text, statements, functions, branches }, hits) {
  const starts = lineStarts(text);
  const position = (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - starts[line] };
  };
  const location = ({ start, end }) => ({ start: position(start), end: position(end) });
  const byIndex = (list, make) => Object.fromEntries(list.map((each, index) => [index, make(each, index)]));
  return {
    path: join(rootPath, path),
    statementMap: byIndex(statements, location),
    s: byIndex(hits.statements, (count) => count),
    fnMap: byIndex(functions, ({ name, start, body }) => ({
      name,
      decl: location({ start, end: body.start }),
      loc: location(body),
      line: position(start).line,
    })),
    f: byIndex(hits.functions, (count) => count),
    branchMap: byIndex(branches, (branch) => ({
      type: branch.type,
      loc: location(branch),
      locations: branch.arms.map((arm) => (arm ? location(arm) : { start: {}, end: {} })),
      line: position(branch.start).line,
    })),
    b: byIndex(hits.branches, (counts) => counts),
  };
}

/** Percent of the lines and branches of each folder, and of all of them (`total`). */
export function summarizeByFolder(map) {
  const folders = new Map();
  const total = libCoverage.createCoverageSummary();
  for (const file of map.files()) {
    const summary = map.fileCoverageFor(file).toSummary();
    const folder = folderOf(file.slice(rootPath.length).replaceAll('\\', '/'));
    if (!folders.has(folder)) folders.set(folder, libCoverage.createCoverageSummary());
    folders.get(folder).merge(summary);
    total.merge(summary);
  }
  const shares = ({ lines, branches }) => ({ lines: lines.pct, branches: branches.pct });
  return { folders: [...folders].map(([folder, summary]) => ({ folder, ...shares(summary) })), total: shares(total) };
}

/** Returns `src/core/api`, `src/shell/tree`; `src/shell` for files directly in it. */
function folderOf(path) {
  return path.split('/').slice(0, -1).slice(0, 3).join('/');
}

/** @param {ReturnType<typeof summarizeByFolder>} shares */
export function table({ folders, total }) {
  const share = (value) => (typeof value === 'number' ? `${value.toFixed(1)} %` : '-').padStart(10);
  const width = Math.max(...folders.map(({ folder }) => folder.length));
  const row = (name, lines, branches) => `${name.padEnd(width)}${lines}${branches}`;
  return [
    row('Coverage', 'lines'.padStart(10), 'branches'.padStart(10)),
    ...folders.map(({ folder, lines, branches }) => row(folder, share(lines), share(branches))),
    row('all of src', share(total.lines), share(total.branches)),
  ].join('\n');
}

/** Writes pages and JSON to test-results/coverage. Returns the path of the first page. */
export function writePages(map) {
  const folder = join(rootPath, 'test-results', 'coverage');
  const context = libReport.createContext({ dir: folder, coverageMap: map, defaultSummarizer: 'nested' });
  for (const kind of ['html', 'json']) reports.create(kind).execute(context);
  return join(folder, 'index.html');
}
