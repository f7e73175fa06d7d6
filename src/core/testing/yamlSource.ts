import {
  type Alias,
  Composer,
  type CST,
  type Document,
  Lexer,
  Parser,
  isAlias,
  isMap,
  isNode,
  isSeq,
  visit,
} from 'yaml';
import type { Node, YAMLSeq } from 'yaml';
import type { ProblemCollector } from './problems';

/**
 * Never YAML 1.1, even if a directive asks for it: in 1.1 `yes`, `no`, and `09:20` aren't text.
 * `YamlReader` finds duplicate keys, because the library's search takes quadratic time.
 */
export const yamlOptions = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
} as const;

export interface YamlSource {
  /** Undefined if the file is empty. */
  readonly root: Node | undefined;
  /** Returns the node that an alias stands for; undefined if no anchor of its name precedes it. */
  findTarget(alias: Alias): Node | undefined;
}

/** The library takes quadratic time for the levels. */
const maxLevels = 200;

/** Tests per step, so that a step takes about a millisecond. */
const testsPerStep = 5;

/**
 * Parses YAML in steps. The library composes a document in one step, which takes too long for hundreds of tests, so the
 * entries of `tests` are composed as documents of their own.
 * @throws RangeError if it's nested too deep
 */
export function* parseYaml(text: string, problems: ProblemCollector): Generator<undefined, YamlSource> {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    lexemes += 1;
    if (parser.stack.length > maxLevels) throw new RangeError('too many levels');
    if (lexemes % 512 === 0) yield;
  }
  tokens.push(...parser.end());

  const tests = findTests(tokens);
  const items = tests?.items.splice(0) ?? [];
  const document = compose(tokens, text.length, problems, items.length > 0);
  const list = tests && findList(document, tests.offset);
  for (let at = 0; tests !== undefined && list !== undefined && at < items.length; at += testsPerStep) {
    yield;
    const value = { ...tests, offset: tests.offset, items: items.slice(at, at + testsPerStep) };
    const part = compose([{ type: 'document', offset: tests.offset, start: [], value }], text.length, problems);
    if (isSeq(part.contents)) appendItems(list, part.contents);
  }
  return { root: document.contents ?? undefined, findTarget: createTargetFinder(document) };
}

/** @param hasGap whether tokens were removed: the library takes the gap for a part of the next key, and that for too long */
function compose(
  tokens: readonly CST.Token[],
  end: number,
  problems: ProblemCollector,
  hasGap = false,
): Document.Parsed {
  const documents = [...new Composer(yamlOptions).compose(tokens, true, end)];
  const [document, second] = documents;
  for (const { errors, warnings } of documents)
    for (const { code, pos, message } of [...errors, ...warnings])
      if (!hasGap || code !== 'KEY_OVER_1024_CHARS')
        problems.add({ start: pos[0], end: pos[1] }, { kind: 'syntax', reason: message });
  if (second !== undefined) {
    const [start] = second.range;
    problems.add({ start, end: start + '---'.length }, { kind: 'several-documents' });
  }
  return document as Document.Parsed;
}

/** Returns the block list of the first document's `tests`. */
function findTests(tokens: readonly CST.Token[]): CST.BlockSequence | undefined {
  const document = tokens.find((token) => token.type === 'document');
  const items = document?.value?.type === 'block-map' ? document.value.items : [];
  for (const { key, value } of items)
    if (key?.type === 'scalar' && key.source === 'tests' && value?.type === 'block-seq') return value;
  return undefined;
}

function findList(document: Document.Parsed, offset: number): YAMLSeq | undefined {
  const pairs = isMap(document.contents) ? document.contents.items : [];
  for (const { value } of pairs) if (isSeq(value) && value.range?.[0] === offset) return value;
  return undefined;
}

function appendItems(list: YAMLSeq, part: YAMLSeq): void {
  list.items.push(...part.items);
  if (list.range && part.range) list.range = [list.range[0], part.range[1], part.range[2]];
}

function createTargetFinder(document: Document.Parsed): YamlSource['findTarget'] {
  let targets: Map<Alias, Node | undefined> | undefined;
  return (alias) => {
    targets ??= findTargets(document);
    return targets.get(alias);
  };
}

/** An alias stands for the last node before it that has its anchor. */
function findTargets(document: Document.Parsed): Map<Alias, Node | undefined> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  visit(document, (_, node) => {
    if (!isNode(node)) return;
    if (isAlias(node)) targets.set(node, anchors.get(node.source));
    else if (node.anchor !== undefined) anchors.set(node.anchor, node);
  });
  return targets;
}
