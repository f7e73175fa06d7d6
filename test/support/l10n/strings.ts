import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A call of `l10n.t` whose first argument isn't a literal, so that it can't be translated. */
export interface Untranslatable {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface UsedStrings {
  /** Sorted, without duplicates. */
  readonly strings: readonly string[];
  readonly untranslatable: readonly Untranslatable[];
}

/** The file of `plural` itself, whose callers provide the texts. */
const helper = join('src', 'shell', 'format', 'plural.ts');

/** Every string that the extension and its pages pass to `l10n.t` or `plural`. @param root the project's folder */
export function usedStrings(root: string): UsedStrings {
  const strings = new Set<string>();
  const untranslatable: Untranslatable[] = [];
  const paths = ['src', 'media'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  for (const path of paths) {
    if (!path.endsWith('.ts') || path === helper) continue;
    const source = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      for (const message of ts.isCallExpression(node) ? findMessages(node) : []) {
        if (ts.isStringLiteralLike(message)) strings.add(message.text);
        else {
          const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
          untranslatable.push({ file: path, line, text: node.getText() });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { strings: [...strings].sort(), untranslatable };
}

/** Returns the texts of `l10n.t(text, …)` and `plural(count, one, other, …)`. */
function findMessages({ expression, arguments: given }: ts.CallExpression): readonly ts.Expression[] {
  if (isTranslation(expression)) return given.slice(0, 1);
  return ts.isIdentifier(expression) && expression.text === 'plural' ? given.slice(1, 3) : [];
}

function isTranslation(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 't') return false;
  const owner = callee.expression;
  return ts.isIdentifier(owner) ? owner.text === 'l10n' : ts.isPropertyAccessExpression(owner) && owner.name.text === 'l10n';
}

/** Returns the bundle for translators, in which each string translates to itself. */
export function bundleOf(strings: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(strings.map((string) => [string, string])), undefined, 2)}\n`;
}
