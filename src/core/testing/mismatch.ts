import type { ArgumentDifference } from './compareArguments';

/** A limit that a number exceeds. */
export type ExceededLimit = { readonly min: number } | { readonly max: number };

/** The difference between a reply or a conversation and an expectation. */
export type Mismatch = { readonly diff?: { readonly expected: string; readonly actual: string } } & (
  | { readonly kind: 'contains' | 'contains-none' | 'lacks'; readonly texts: readonly string[] }
  | { readonly kind: 'equal' | 'unequal' | 'slow-regex' }
  | { readonly kind: 'bad-regex'; readonly reason: string }
  | { readonly kind: 'starts' | 'starts-differently'; readonly text: string }
  | { readonly kind: 'no-match'; readonly pattern: string }
  | { readonly kind: 'match'; readonly pattern: string; readonly text: string }
  | { readonly kind: 'words'; readonly count: number; readonly limit: ExceededLimit; readonly turn: number }
  | { readonly kind: 'slow'; readonly ms: number; readonly maxMs: number; readonly turn: number }
  | { readonly kind: 'called'; readonly name: string; readonly count: number }
  | { readonly kind: 'not-called'; readonly name: string; readonly called: readonly string[] }
  | { readonly kind: 'calls-of-tool'; readonly name: string; readonly count: number; readonly limit: ExceededLimit }
  | { readonly kind: 'calls'; readonly count: number; readonly limit: ExceededLimit }
  | { readonly kind: 'arguments-match'; readonly name: string }
  | {
      readonly kind: 'arguments';
      readonly name: string;
      readonly difference: ArgumentDifference;
      readonly others: number;
    }
  | { readonly kind: 'in-sequence'; readonly steps: readonly string[] }
  | { readonly kind: 'other-sequence'; readonly called: readonly string[] }
  | {
      readonly kind: 'not-called-after';
      readonly name: string;
      readonly previous: string;
      readonly called: readonly string[];
    }
  | { readonly kind: 'tool-failed'; readonly name: string; readonly reason: string | undefined }
);
