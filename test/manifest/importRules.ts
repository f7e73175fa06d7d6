import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';

/** A source file by its path from the project's folder, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The modules, packages, and `node:` that each module (a folder or file) may import, apart from itself. The most
 * specific module of a file applies.
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
  'src/core/testing': [
    'src/core/api',
    'src/core/export/mask',
    'src/core/export/phones',
    'src/core/running',
    'src/core/view',
    'src/core/util',
    'src/core/model',
    'src/core/text',
    'node:',
    'yaml',
    'valibot',
  ],
  'src/core/report': ['src/core/testing', 'src/core/text', 'src/core/util', 'src/core/model'],
  'src/core/export': ['src/core/util', 'src/core/model', 'src/core/text', 'src/core/api', 'node:'],
  'src/cli': ['src/core', 'src/manifest', 'node:'],
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

/** Returns an error for each import that the table doesn't allow. */
export function forbiddenImports(files: readonly SourceFile[], allowed = rules): string[] {
  return files.flatMap((file) =>
    collectImports(file).flatMap((specifier) => checkImport(file.path, specifier, allowed)),
  );
}

/** Returns the specifiers of all static, type-only, `import()`, and `require()` imports of a file. */
export function collectImports({ path, text }: SourceFile): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const specifiers: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = findSpecifier(node);
    if (specifier && ts.isStringLiteralLike(specifier)) specifiers.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return specifiers;
}

function findSpecifier(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  const isImport =
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
  return isImport ? node.arguments[0] : undefined;
}

function checkImport(path: string, specifier: string, allowed: typeof rules): string[] {
  const modulePath = findModule(path, allowed);
  if (modulePath === undefined) return [`${path} is in no module of the table`];
  const target = specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;
  if (isWithin(target, modulePath) || (allowed[modulePath] ?? []).some((each) => isWithin(target, each))) {
    return importsOtherFeature(path, target)
      ? [`${path} imports ${target}: one feature of the shell never imports another`]
      : [];
  }
  return [`${path} imports ${target}, which ${modulePath} may not`];
}

function findModule(path: string, allowed: typeof rules): string | undefined {
  return Object.keys(allowed)
    .filter((modulePath) => isWithin(path, modulePath))
    .sort((a, b) => b.length - a.length)[0];
}

function isWithin(target: string, modulePath: string): boolean {
  return (
    target === modulePath ||
    target.startsWith(modulePath.endsWith(':') ? modulePath : `${modulePath}/`) ||
    target === modulePath.replace(/\.ts$/, '')
  );
}

/** Features of the shell. `app.ts` connects them; they don't import one another. */
const features = ['tree', 'commands', 'details', 'documents'];

function importsOtherFeature(path: string, target: string): boolean {
  const from = findFeature(path);
  const to = findFeature(target);
  return from !== undefined && to !== undefined && from !== to;
}

function findFeature(path: string): string | undefined {
  const folder = /^src\/shell\/([^/]+)\//.exec(`${path}/`)?.[1];
  return features.find((feature) => feature === folder);
}
