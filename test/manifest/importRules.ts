import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';

/** A source file by its path from the project's folder, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * What each room may import, from the architecture's table: rooms (folders or files), packages, and `node:` for Node's own
 * modules. The longest room that holds a file is the one whose rule counts. Every room may import from itself.
 */
export const rules: Readonly<Record<string, readonly string[]>> = {
  'src/extension.ts': ['src', 'node:', 'vscode'],
  'src/app.ts': ['src', 'node:', 'vscode'],
  'src/manifest.ts': [],
  'src/core/util': ['src/core/model', 'node:'],
  'src/core/model': ['src/core/util', 'node:'],
  'src/core/text': ['src/core/util', 'src/core/model', 'node:'],
  'src/core/api': ['src/core/util', 'src/core/model', 'node:', 'valibot', 'node-fetch'],
  'src/core/store': ['src/core/api', 'src/core/util', 'src/core/model', 'node:'],
  'src/core/view': ['src/core/util', 'src/core/model', 'src/core/text', 'src/core/store/snapshot', 'node:'],
  'src/core/running': ['src/core/api', 'src/core/view', 'src/core/util', 'src/core/model', 'src/core/text', 'node:'],
  'src/core/export': ['src/core/util', 'src/core/model', 'src/core/text', 'src/core/api', 'node:'],
  'src/sample': ['src/core/model', 'src/core/util', 'node:'],
  'src/protocol': ['src/core/model', 'src/core/view', 'valibot'],
  'src/shell': ['src/core', 'src/sample', 'src/protocol', 'src/manifest', 'node:', 'vscode'],
  media: [
    'src/protocol',
    'src/core/text',
    'src/core/util/exactJson',
    'src/core/util/parseJson',
    '@vscode/codicons',
    'mdast',
    'mdast-util-from-markdown',
    'mdast-util-gfm-strikethrough',
    'mdast-util-gfm-table',
    'micromark-extension-gfm-strikethrough',
    'micromark-extension-gfm-table',
    'uplot',
  ],
};

/** Every import of these files that the table does not allow, in words. Empty where all is well. */
export function forbiddenImports(files: readonly SourceFile[], allowed = rules): string[] {
  return files.flatMap((file) => importsOf(file).flatMap((specifier) => complaint(file.path, specifier, allowed)));
}

/** Every module that a file imports: statically, for types only, by `import()` or by `require()`. */
export function importsOf({ path, text }: SourceFile): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const called = node.expression;
  const imports = called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');
  return imports ? node.arguments[0] : undefined;
}

function complaint(path: string, specifier: string, allowed: typeof rules): string[] {
  const room = roomOf(path, allowed);
  if (room === undefined) return [`${path} is in no room of the table`];
  const target = specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;
  if (isWithin(target, room) || (allowed[room] ?? []).some((each) => isWithin(target, each))) {
    return reachesOtherFeature(path, target)
      ? [`${path} imports ${target}: one feature of the shell never imports another`]
      : [];
  }
  return [`${path} imports ${target}, which ${room} may not`];
}

function roomOf(path: string, allowed: typeof rules): string | undefined {
  return Object.keys(allowed)
    .filter((room) => isWithin(path, room))
    .sort((a, b) => b.length - a.length)[0];
}

function isWithin(target: string, room: string): boolean {
  return (
    target === room || target.startsWith(room.endsWith(':') ? room : `${room}/`) || target === room.replace(/\.ts$/, '')
  );
}

/** Folders of the shell that are features: each is composed by `app.ts` and knows of no other. */
const features = ['tree', 'commands', 'details', 'documents'];

function reachesOtherFeature(path: string, target: string): boolean {
  const from = featureOf(path);
  const to = featureOf(target);
  return from !== undefined && to !== undefined && from !== to;
}

function featureOf(path: string): string | undefined {
  const folder = /^src\/shell\/([^/]+)\//.exec(`${path}/`)?.[1];
  return features.find((feature) => feature === folder);
}
