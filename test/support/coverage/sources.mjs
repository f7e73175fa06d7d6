// Finds the executable parts of a source file. Uses the sources instead of the bundles, because several bundles, minified or
// not, contain one file, and their counts must add up.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { rootPath } from '../run/process.mjs';

/**
 * @typedef {{ start: number, end: number }} Span offsets in the text
 * @typedef {Span & { name: string, body: Span }} FunctionSpan
 * @typedef {Span & { type: string, arms: (Span | undefined)[] }} Branch a missing arm (no else) is undefined
 * @typedef {{ path: string, text: string, statements: Span[], functions: FunctionSpan[], branches: Branch[] }} Source
 */

/** Every file of src by its path from the project's folder. @returns {Map<string, Source>} */
export function sources() {
  const paths = readdirSync(join(rootPath, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `src/${path.replaceAll('\\', '/')}`);
  return new Map(paths.sort().map((path) => [path, parseSource(path, readFileSync(join(rootPath, path), 'utf8'))]));
}

/** @returns {Source} */
export function parseSource(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const source = { path, text, statements: [], functions: [], branches: [] };
  const span = (node) => ({ start: node.getStart(file), end: node.end });
  const visit = (node) => {
    if (isOnlyType(node)) return;
    if (isStatement(node)) source.statements.push(span(node));
    if (ts.isFunctionLike(node) && node.body) {
      source.functions.push({ ...span(node), name: node.name?.getText(file) ?? '(anonymous)', body: span(node.body) });
      if (!ts.isBlock(node.body)) source.statements.push(span(node.body));
    }
    const branch = findBranch(node, span);
    if (branch) source.branches.push({ ...span(node), ...branch });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return source;
}

function isOnlyType(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}

/** Declarations of functions and classes don't run by themselves; bundlers inline constants. */
function isStatement(node) {
  if (ts.isPropertyDeclaration(node)) return node.initializer !== undefined;
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.some(({ initializer }) => initializer && !isConstant(initializer));
  return (
    ts.isStatement(node) &&
    !ts.isBlock(node) &&
    !ts.isEmptyStatement(node) &&
    !ts.isFunctionDeclaration(node) &&
    !ts.isClassDeclaration(node) &&
    !ts.isEnumDeclaration(node)
  );
}

/** An expression that a bundler evaluates: `60 * minute`. */
function isConstant(node) {
  if (ts.isBinaryExpression(node))
    return [node.left, node.right].every((side) => ts.isIdentifier(side) || isConstant(side));
  if (ts.isPrefixUnaryExpression(node)) return isConstant(node.operand);
  return ts.isNumericLiteral(node) || ts.isStringLiteralLike(node);
}

const shortCircuits = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** In `a && b`, only `b` is an arm: `a` always runs. */
function findBranch(node, span) {
  if (ts.isIfStatement(node)) {
    return { type: 'if', arms: [span(node.thenStatement), node.elseStatement && span(node.elseStatement)] };
  }
  if (ts.isConditionalExpression(node)) return { type: 'cond-expr', arms: [span(node.whenTrue), span(node.whenFalse)] };
  if (ts.isBinaryExpression(node) && shortCircuits.has(node.operatorToken.kind)) {
    return { type: 'binary-expr', arms: [span(node.right)] };
  }
  if (!ts.isSwitchStatement(node)) return undefined;
  const clauses = node.caseBlock.clauses.filter(({ statements }) => statements.length > 0);
  return {
    type: 'switch',
    arms: clauses.map(({ statements }) => ({ start: span(statements[0]).start, end: statements.at(-1).end })),
  };
}
