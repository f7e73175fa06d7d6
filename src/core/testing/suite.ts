import type { JsonObject } from '../model/json';

/** UTF-16 offsets into the text of a test file. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface AssistantReference {
  readonly name: string;
  /** The integer ID, needed only if several assistants have this name. */
  readonly id: number | undefined;
}

/** A decoded `*.conversation.yaml` file. */
export interface TestSuite {
  readonly description: string | undefined;
  readonly assistant: AssistantReference;
  /** Time zone of `{{today}}`; if undefined, the one of the extension's settings. */
  readonly timeZone: string | undefined;
  readonly tests: readonly TestCase[];
}

export interface TestCase {
  /** Unique in the file. */
  readonly description: string;
  readonly range: TextRange;
  readonly tags: readonly string[];
  /** Undefined if the test runs; empty if it's skipped without a reason. */
  readonly skip: string | undefined;
  /** The file's variables and the test's own. */
  readonly variables: JsonObject | undefined;
  /** Maximum number of runs, 1 to 20. */
  readonly repeat: number;
  /** Runs that must pass, at most `repeat`. */
  readonly mustPass: number;
  readonly stopOnFailure: boolean;
  /** Expectations of the opening message. */
  readonly opening: readonly Assertion[];
  readonly turns: readonly TestTurn[];
  /** Expectations of the whole conversation. */
  readonly assertions: readonly Assertion[];
}

export interface TestTurn {
  readonly user: string;
  readonly userRange: TextRange;
  /** A good reply, for comparison only. */
  readonly reference: string | undefined;
  /** The assertions of `defaultTest` come first. */
  readonly assertions: readonly Assertion[];
}

export type Assertion = AssertionCheck & {
  /** As written in the file, such as `not-icontains`. */
  readonly type: string;
  readonly isNegated: boolean;
  readonly range: TextRange;
};

export interface CountRange {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** `*` in a tool name matches any characters. */
export type AssertionCheck =
  | {
      readonly kind: 'contains';
      readonly texts: readonly string[];
      readonly needs: 'any' | 'all';
      readonly ignoresCase: boolean;
    }
  | { readonly kind: 'equals' | 'starts-with'; readonly text: string; readonly ignoresCase: boolean }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'word-count' | 'tool-count'; readonly count: CountRange }
  | { readonly kind: 'latency'; readonly maxMs: number }
  | { readonly kind: 'tool-used'; readonly names: readonly string[]; readonly count: CountRange }
  | {
      readonly kind: 'tool-args-match';
      readonly name: string;
      readonly args: JsonObject | undefined;
      readonly patterns: Readonly<Record<string, string>>;
      readonly mode: 'partial' | 'exact';
      readonly ignore: readonly string[];
    }
  | { readonly kind: 'tool-sequence'; readonly steps: readonly string[]; readonly mode: 'in_order' | 'exact' }
  | { readonly kind: 'tool-succeeds' }
  | { readonly kind: 'llm-rubric'; readonly rubric: string };
