import type { CallView, TranscriptView, TurnView, CopyTarget } from '../core/view/details';
import type { FactKey } from '../core/view/facts';
import type { PanelHostMessage } from './panel';
import { maxNoteChars, annotationLabels, type Annotation, type AnnotationLabel } from '../core/model/annotation';
import type { JsonValue } from '../core/model/json';

export { maxNoteChars as longestNote, annotationLabels as verdicts };
export type { Annotation, AnnotationLabel as Verdict };
export type { CallView, TurnView, TranscriptView, CopyTarget, FactKey, JsonValue };
export type { CallPart } from '../core/view/details';

/** A time to be read at a glance, with the whole of it at hand. All of it is worded by the host. */
export interface TimeWords {
  readonly text: string;
  /** The exact local time and the time as sent. */
  readonly exact: string;
}

export interface FactWords {
  readonly key: FactKey;
  readonly name: string;
  readonly text: string;
  /** Said on hover, and to screen readers. */
  readonly more?: string | undefined;
  /** Whether copying it makes sense. */
  readonly copy: boolean;
}

export interface VariableView {
  readonly name: string;
  readonly value: JsonValue;
}

export interface HeadWords {
  readonly title: string;
  readonly type?: string | undefined;
  readonly assistant?: string | undefined;
  readonly age?: TimeWords | undefined;
  readonly facts: readonly FactWords[];
  readonly variables: readonly VariableView[];
}

export const pageActions = [
  'retry',
  'setApiKey',
  'switchAccount',
  'exploreSampleData',
  'leaveSampleData',
  'openSettings',
  'showLog',
  'openAsJson',
] as const;
export type PageAction = (typeof pageActions)[number];

export interface ActionWords {
  readonly action: PageAction;
  readonly label: string;
}

/** What stands above the transcript, or in its place: why there is none, or what is wrong with it. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly actions: readonly ActionWords[];
}

/** Where a message can be written: for test conversations alone. */
export interface ComposerState {
  readonly draft: string;
  /** Another number than before: the draft is what counts, not what stands in the page. */
  readonly number: number;
  readonly sending: boolean;
  /** What became of the last message, where that is not what was wished for. */
  readonly problem?: string | undefined;
}

/** The conversation as it stands. Kept small, so that it can be told again whenever a part of it changes. */
export interface PageState {
  readonly id: string;
  /** Where the conversation was read; what the page keeps over a window reload. */
  readonly origin: string;
  /** Whether the reader pinned the panel; kept over a window reload as well. */
  readonly kept: boolean;
  readonly head: HeadWords;
  /** What the reader wrote down; missing where there is no place to keep it. */
  readonly annotation?: Annotation | undefined;
  /** The note that was written and could not be kept, where there is one: '' to take the note away. */
  readonly unkeptNote?: string | undefined;
  readonly busy: boolean;
  readonly notices: readonly Notice[];
  /** Which transcript belongs to this state; 0 for none. */
  readonly transcript: number;
  /** Missing where nothing can be written. */
  readonly composer?: ComposerState | undefined;
}

/** A place in the conversation to be looked at: turns and calls by their index. */
export interface PagePlace {
  /** `note` is the reader's own, `composer` the message box: both are written in, and have nothing to be found in them. */
  readonly part: 'note' | 'composer' | 'variables' | 'message' | 'name' | 'arguments' | 'result';
  /** Only of `message`, `name`, `arguments` and `result`. */
  readonly turn?: number | undefined;
  /** Only of `name`, `arguments` and `result`. */
  readonly call?: number | undefined;
  /** The text to be pointed at there, as it stands in the transcript. */
  readonly found: string;
}

export type HostMessage =
  | PanelHostMessage
  | { readonly type: 'state'; readonly state: PageState }
  /** Comes before the state that names its number. */
  | { readonly type: 'transcript'; readonly number: number; readonly transcript: TranscriptView }
  /** The answer's body as sent, of the transcript of this number. */
  | { readonly type: 'raw'; readonly number: number; readonly raw: JsonValue }
  /** Comes after the state whose transcript it is about; again until the page has arrived there. */
  | { readonly type: 'goTo'; readonly number: number; readonly place: PagePlace };

export const neighbours = ['next', 'previous'] as const;
export type Neighbour = (typeof neighbours)[number];

/** How deep the transcript is looked at: the chat alone, with function calls, or as it was sent. */
export const depths = ['messages', 'turns', 'raw'] as const;
export type Depth = (typeof depths)[number];
