import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';
import { collectImports, type SourceFile } from './importRules';

/** The groups of files that import one another, directly or through others, each sorted. A loop of `import()` counts, too. */
export function importCycles(files: readonly SourceFile[]): string[][] {
  const paths = new Set(files.map(({ path }) => path));
  const graph = new Map(
    files.map((file) => [
      file.path,
      collectImports(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => `${normalize(join(dirname(file.path), specifier))}.ts`)
        .filter((path) => paths.has(path)),
    ]),
  );
  const reached = new Map([...graph.keys()].map((path) => [path, reachable(path, graph)]));
  const isMutual = (one: string, other: string): boolean =>
    reached.get(one)?.has(other) === true && reached.get(other)?.has(one) === true;
  const grouped = new Set<string>();
  return [...graph.keys()].sort().flatMap((path) => {
    if (grouped.has(path) || !isMutual(path, path)) return [];
    const cycle = [...graph.keys()].filter((other) => isMutual(path, other)).sort();
    for (const each of cycle) grouped.add(each);
    return [cycle];
  });
}

function reachable(start: string, graph: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(graph.get(start) ?? [])];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    open.push(...(graph.get(path) ?? []));
  }
  return found;
}

/** Names that several files declare and export, with those files. */
export function doubledNames(files: readonly SourceFile[]): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const file of files) {
    for (const name of new Set(declaredExports(file))) byName.set(name, [...(byName.get(name) ?? []), file.path]);
  }
  return new Map([...byName].filter(([, paths]) => paths.length > 1).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function declaredExports({ path, text }: SourceFile): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    const { name } = statement as ts.DeclarationStatement;
    return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
  });
}
