// Collects the text that the style guide applies to: UI strings, docs, comments, test titles, and declared names.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { rootPath } from '../run/process.mjs';

export const kinds = ['ui', 'docs', 'comments', 'titles', 'names'];

/** Text of others, and files that list what the style guide bans. */
const excluded = /^(?:THIRD-PARTY-|LICENSE|docs\/style\.md|test\/fixtures\/|test\/support\/language\/rules\.mjs)/;

/**
 * All texts of the project, or only of the files under `paths`.
 * @returns {{ kind: string, file: string, line: number, text: string }[]} names also have `isFunction`, `isBoolean`, …
 */
export function projectTexts(paths = []) {
  const isWanted = (file) => paths.length === 0 || paths.some((path) => file === path || file.startsWith(`${path}/`));
  return trackedFiles()
    .filter((file) => isWanted(file) && !excluded.test(file))
    .flatMap((file) => fileTexts(file, readFileSync(join(rootPath, file), 'utf8')));
}

function trackedFiles() {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: rootPath,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => file !== '' && existsSync(join(rootPath, file)));
}

/** The texts of one file, chosen by its name. */
export function fileTexts(file, source) {
  if (/\.(?:ts|mjs|cjs)$/.test(file)) return [fileName(file), ...scriptTexts(file, source)];
  if (file.endsWith('.md')) return [{ kind: 'docs', file, line: 1, text: withoutCode(source) }];
  if (file.endsWith('.css')) return styleComments(file, source);
  if (file === 'package.nls.json') return manifestStrings(file, source);
  return [];
}

function fileName(file) {
  return { kind: 'names', file, line: 1, text: basename(file).replace(/\..*$/, '') };
}

/** Blanks out code and links, and keeps the line breaks. */
function withoutCode(source) {
  return source.replaceAll(/^```.*?^```|^ {4}.*$|`[^`]*`|\]\([^)]*\)|<[^>]*>/gms, (code) =>
    code.replaceAll(/[^\n]/g, ' '),
  );
}

function styleComments(file, source) {
  return [...source.matchAll(/\/\*.*?\*\//gs)].map(({ 0: text, index }) => ({
    kind: 'comments',
    file,
    line: lineAt(source, index),
    text: withoutMarks(text),
  }));
}

function manifestStrings(file, source) {
  return [...source.matchAll(/^\s*"[^"]+": ("(?:[^"\\]|\\.)*")/gm)].map(({ 0: all, 1: text, index }) => ({
    kind: 'ui',
    file,
    line: lineAt(source, index + all.length),
    text: JSON.parse(text),
  }));
}

function lineAt(source, index) {
  return source.slice(0, index).split('\n').length;
}

function scriptTexts(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const texts = [];
  const add = (kind, node, text, more = {}) =>
    texts.push({ kind, file, line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1, text, ...more });
  const visit = (node) => {
    if (ts.isCallExpression(node)) for (const [kind, each] of callTexts(file, node)) add(kind, each, literalText(each));
    const name = declaredName(node);
    if (name !== undefined) add('names', name, name.text, declarationFacts(node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return [...texts, ...comments(tree).map((comment) => ({ kind: 'comments', file, ...comment }))];
}

/** The literals of a call that people read: `l10n.t`, `plural`, `describe` and `it`. */
function callTexts(file, { expression, arguments: given }) {
  const callee = expression.getText();
  if (/(?:^|\.)l10n\.t$/.test(callee)) return literals('ui', given.slice(0, 1));
  if (callee === 'plural') return literals('ui', given.slice(1, 3));
  if (file.startsWith('test/') && /^(?:describe|it|test)(?:\.\w+)*$/.test(callee))
    return literals('titles', given.slice(0, 1));
  return [];
}

function literals(kind, nodes) {
  return nodes
    .flatMap((node) => (ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse] : [node]))
    .filter((node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
    .map((node) => [kind, node]);
}

function literalText(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}

function declaredName(node) {
  const isDeclaration =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isGetAccessor(node) ||
    ts.isEnumDeclaration(node);
  return isDeclaration && node.name !== undefined && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name))
    ? node.name
    : undefined;
}

/** Whether a declaration is a function (and how long), a boolean, a collection, or a constant of the file. */
function declarationFacts(node) {
  const made = ts.isVariableDeclaration(node) ? node.initializer : node;
  const isFunction =
    made !== undefined &&
    (ts.isFunctionLike(made) || (node.type !== undefined && ts.isFunctionTypeNode(node.type))) &&
    !ts.isGetAccessor(node);
  const body = isFunction && ts.isFunctionLike(made) ? made.body : undefined;
  return {
    isFunction,
    statements: body !== undefined && ts.isBlock(body) ? body.statements.length : 1,
    isBoolean: !isFunction && (node.type?.kind === ts.SyntaxKind.BooleanKeyword || isBooleanValue(node.initializer)),
    isField: ts.isPropertySignature(node) || ts.isPropertyDeclaration(node),
    isCollection: isCollectionType(node.type) || isCollectionValue(node.initializer),
    isConstant: ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent),
  };
}

function isCollectionType(node) {
  return node !== undefined && /\[\]$|^(?:Readonly)?(?:Array|Set)\b/.test(node.getText());
}

/** Array literals, new sets, and calls that return arrays. */
function isCollectionValue(node) {
  if (node === undefined) return false;
  if (ts.isAsExpression(node)) return isCollectionValue(node.expression);
  if (ts.isBinaryExpression(node)) return isCollectionValue(node.left);
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Set';
  return (
    ts.isArrayLiteralExpression(node) ||
    (ts.isCallExpression(node) && /(?:^|\.)(?:split|match|map|filter|foldTerms)$/.test(node.expression.getText()))
  );
}

function isBooleanValue(node) {
  if (node === undefined) return false;
  const comparisons = /^(?:===?|!==?|[<>]=?)$/;
  return (
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) ||
    (ts.isBinaryExpression(node) && comparisons.test(node.operatorToken.getText()))
  );
}

/** Comments with their marks blanked out. Line comments that follow one another are one comment. */
function comments(tree) {
  const source = tree.text;
  const found = new Map();
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.JsxText) return;
    const children = node
      .getChildren(tree)
      .filter(({ kind }) => kind < ts.SyntaxKind.FirstJSDocNode || kind > ts.SyntaxKind.LastJSDocNode);
    if (children.length > 0) return children.forEach(visit);
    for (const range of ts.getLeadingCommentRanges(source, node.pos) ?? []) found.set(range.pos, range.end);
    for (const range of ts.getTrailingCommentRanges(source, node.end) ?? []) found.set(range.pos, range.end);
  };
  visit(tree);
  const joined = [];
  for (const [pos, end] of [...found].sort(([one], [other]) => one - other)) {
    const last = joined.at(-1);
    const isContinued =
      last !== undefined && source.startsWith('//', pos) && /^\r?\n[ \t]*$/.test(source.slice(last.end, pos));
    if (isContinued && source.startsWith('//', last.pos)) last.end = end;
    else joined.push({ pos, end });
  }
  return joined.map(({ pos, end }) => ({
    line: tree.getLineAndCharacterOfPosition(pos).line + 1,
    text: withoutMarks(source.slice(pos, end)),
  }));
}

/** Blanks out the marks of a comment and code in it. */
function withoutMarks(comment) {
  return comment.replaceAll(/^\s*\/\*+|^\s*\/\/|^\s*\*+\/?|\*+\/$|`[^`]*`/gm, (marks) =>
    marks.replaceAll(/[^\n]/g, ' '),
  );
}
