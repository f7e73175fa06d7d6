import { type Node, type Scalar, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { JsonValue } from '../model/json';
import { ExactNumber, createObject } from '../util/exactJson';
import type { ExpectedValue, ProblemCollector, ProblemDetail } from './problems';
import { suggest } from './suggest';
import type { TextRange } from './suite';
import { type KeyName, type MapKind, keys } from './vocabulary';
import type { YamlSource } from './yamlSource';

/** A value of the file; `node` is undefined if it's missing, as in `user:`. */
export interface YamlValue {
  readonly node: Node | undefined;
  readonly range: TextRange;
}

export interface YamlField extends YamlValue {
  readonly key: string;
  readonly keyRange: TextRange;
}

/** Fields of a map by their keys. */
export type Fields<Kind extends MapKind> = { readonly [Key in KeyName<Kind>]?: YamlField };

const maxLevels = 100;
/** Values to read, as a defense against aliases that expand without end. A file without aliases has fewer. */
export const maxValues = 500_000;

export class TooManyValuesError extends Error {
  override readonly name = 'TooManyValuesError';
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads values of YAML nodes, and reports wrong ones. All methods throw `TooManyValuesError`
 * if aliases expand without end.
 */
export class YamlReader {
  private values = 0;

  constructor(
    private readonly written: string,
    private readonly source: YamlSource,
    private readonly problems: ProblemCollector,
  ) {}

  report(range: TextRange, detail: ProblemDetail): void {
    this.problems.add(range, detail);
  }

  wrong(value: YamlValue, expected: ExpectedValue): undefined {
    const isPlaceholder = this.written.startsWith('{{', value.range.start);
    this.problems.add(
      value.range,
      isPlaceholder ? { kind: 'unquoted-placeholder' } : { kind: 'wrong-value', expected },
    );
    return undefined;
  }

  /** Reports unknown, duplicate, and missing keys. */
  map<Kind extends MapKind>(
    value: YamlValue,
    kind: Kind,
    required: readonly KeyName<Kind>[],
    expected: ExpectedValue = 'map',
  ): Fields<Kind> | undefined {
    const fields = this.entries(value);
    if (fields === undefined) return this.wrong(value, expected);
    const known: readonly string[] = keys[kind];
    const found: Record<string, YamlField> = {};
    for (const field of fields) {
      if (known.includes(field.key)) found[field.key] = field;
      else this.reportUnknownKey(field, known);
    }
    for (const key of required)
      if (found[key] === undefined) this.problems.add(firstLine(value, fields), { kind: 'missing-key', key });
    return found as Fields<Kind>;
  }

  private reportUnknownKey({ key, keyRange }: YamlField, known: readonly string[]): void {
    this.problems.add(keyRange, { kind: 'unknown-key', key, suggestion: suggest(key, known) });
  }

  /** Returns the fields of any map without duplicates, or undefined if the value isn't a map. */
  entries(value: YamlValue): readonly YamlField[] | undefined {
    const node = this.resolve(value);
    if (!isMap(node)) return undefined;
    const names = new Set<string>();
    const fields: YamlField[] = [];
    for (const { key: keyNode, value: inner } of node.items as readonly { key: Node | null; value: Node | null }[]) {
      const keyRange = rangeOf(keyNode) ?? value.range;
      const key = isScalar(keyNode) ? sourceText(keyNode) : undefined;
      if (key === undefined) this.wrong({ node: undefined, range: keyRange }, 'key');
      else if (names.has(key)) this.problems.add(keyRange, { kind: 'duplicate-key', key });
      else {
        names.add(key);
        fields.push({ key, keyRange, node: inner ?? undefined, range: rangeOf(inner) ?? keyRange });
      }
    }
    return fields;
  }

  list(value: YamlValue, min: number, max: number, expected: ExpectedValue = 'list'): readonly YamlValue[] | undefined {
    const node = this.resolve(value);
    if (!isSeq(node)) return this.wrong(value, expected);
    if (node.items.length < min || node.items.length > max)
      this.problems.add(value.range, { kind: 'wrong-length', of: 'list', min, max });
    return (node.items as readonly (Node | null)[])
      .slice(0, max)
      .map((item) => ({ node: item ?? undefined, range: rangeOf(item) ?? value.range }));
  }

  /** Returns a text as written, such as `+491711234`; numbers and Booleans count as text only if they're quoted. */
  text(value: YamlValue, min: number, max: number): string | undefined {
    const scalar = this.scalar(value);
    if (typeof scalar?.value !== 'string') return this.wrong(value, 'text');
    return this.checkLength(value, sourceText(scalar), min, max);
  }

  /** Like `text`, but also for numbers without quotes. */
  textOrNumber(value: YamlValue): string | undefined {
    const scalar = this.scalar(value);
    if (typeof scalar?.value !== 'string' && typeof scalar?.value !== 'number')
      return this.wrong(value, 'textOrNumber');
    return sourceText(scalar);
  }

  private checkLength(value: YamlValue, text: string, min: number, max: number): string {
    const length = text.length > max || text.length < min ? [...text].length : text.length;
    if (length < min || length > max) this.problems.add(value.range, { kind: 'wrong-length', of: 'text', min, max });
    return text;
  }

  integer(value: YamlValue, min: number, max?: number): number | undefined {
    const number = this.scalar(value)?.value;
    if (typeof number !== 'number' || !Number.isInteger(number)) return this.wrong(value, 'integer');
    if (number >= min && (max === undefined || number <= max)) return number;
    this.problems.add(value.range, { kind: 'out-of-range', min, max });
    return undefined;
  }

  positiveNumber(value: YamlValue): number | undefined {
    const number = this.scalar(value)?.value;
    if (typeof number !== 'number' || !Number.isFinite(number)) return this.wrong(value, 'number');
    if (number > 0) return number;
    this.problems.add(value.range, { kind: 'not-positive' });
    return undefined;
  }

  boolean(value: YamlValue): boolean | undefined {
    const found = this.scalar(value)?.value;
    return typeof found === 'boolean' ? found : this.wrong(value, 'boolean');
  }

  scalar(value: YamlValue): Scalar | undefined {
    const node = this.resolve(value);
    return isScalar(node) ? node : undefined;
  }

  isMap(value: YamlValue): boolean {
    return isMap(this.resolve(value));
  }

  isList(value: YamlValue): boolean {
    return isSeq(this.resolve(value));
  }

  /** Returns any value as JSON. Numbers that JSON can't have as they're written, such as `0049`, are texts. */
  json(value: YamlValue, level = 0): JsonValue {
    if (level > maxLevels) {
      this.problems.add(value.range, { kind: 'too-deep' });
      return null;
    }
    const node = this.resolve(value);
    if (isScalar(node)) return scalarToJson(node);
    if (isSeq(node))
      return (node.items as readonly (Node | null)[]).map((item) =>
        this.json({ node: item ?? undefined, range: rangeOf(item) ?? value.range }, level + 1),
      );
    const fields = this.entries(value);
    if (fields === undefined) return null;
    return createObject(
      fields.map(({ key }) => key),
      fields.map((field) => this.json(field, level + 1)),
    );
  }

  /** Replaces an alias by the node that it stands for. */
  private resolve({ node, range }: YamlValue): Node | undefined {
    this.values += 1;
    if (this.values > maxValues) throw new TooManyValuesError();
    if (!isAlias(node)) return node;
    const target = this.source.findTarget(node);
    if (target === undefined) this.problems.add(range, { kind: 'unresolved-alias' });
    return target;
  }
}

function scalarToJson(node: Scalar): JsonValue {
  const { value } = node;
  if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null;
  if (typeof value !== 'number') return sourceText(node);
  const source = sourceText(node);
  if (!jsonNumber.test(source)) return source;
  return String(value) === source ? value : new ExactNumber(source);
}

/** Returns the source of a plain scalar, such as `0049`, and the content of a quoted one. */
function sourceText(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? '');
}

export function rangeOf(node: Node | null | undefined): TextRange | undefined {
  return node?.range ? { start: node.range[0], end: node.range[1] } : undefined;
}

/** A missing key is reported at the first key, because a whole map would be underlined otherwise. */
function firstLine(value: YamlValue, fields: readonly YamlField[]): TextRange {
  return fields[0]?.keyRange ?? value.range;
}
