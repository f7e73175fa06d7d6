import type { CallView, TranscriptView, TurnView, CopyTarget } from '../core/view/details';
import type { FactKey } from '../core/view/facts';
import type { PanelHostMessage } from './panel';
import { maxNoteChars, annotationLabels, type Annotation, type AnnotationLabel } from '../core/model/annotation';
import type { JsonValue } from '../core/model/json';

export { maxNoteChars as longestNote, annotationLabels as verdicts };
export type { Annotation, AnnotationLabel as Verdict };
export type { CallView, TurnView, TranscriptView, CopyTarget, FactKey, JsonValue };
export type { CallPart } from '../core/view/details';

export interface TimeView {
  readonly text: string;
  /** The exact local time and the time as sent. */
  readonly exact: string;
}

export interface FactView {
  readonly key: FactKey;
  readonly name: string;
  readonly text: string;
  /** For the tooltip and screen readers. */
  readonly more?: string | undefined;
  /** Whether the fact has a copy button. */
  readonly copy: boolean;
}

export interface VariableView {
  readonly name: string;
  readonly value: JsonValue;
}

export interface HeadView {
  readonly title: string;
  readonly type?: string | undefined;
  readonly assistant?: string | undefined;
  readonly age?: TimeView | undefined;
  /** "7 messages" */
  readonly messages?: string | undefined;
  /** "AI off"; missing if the assistant replies. */
  readonly aiOff?: string | undefined;
  /** Missing if nothing was charged. */
  readonly cost?: string | undefined;
  readonly facts: readonly FactView[];
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

export interface ActionView {
  readonly action: PageAction;
  readonly label: string;
}

export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly actions: readonly ActionView[];
}

export interface PendingMessage {
  readonly text: string;
  readonly waitedMs: number;
  /** False if waiting was stopped, and the transcript is being loaded again. */
  readonly canStop: boolean;
}

/** The message box, which only test conversations have. */
export interface ComposerState {
  readonly draft: string;
  /** When it changes, the draft replaces the page's text. */
  readonly number: number;
  readonly sending: boolean;
  /** The message that was sent here and waits for a reply. */
  readonly pending?: PendingMessage | undefined;
  /** Why the last message wasn't sent. */
  readonly problem?: string | undefined;
}

/** Small, because it is posted whenever a part of it changes. */
export interface PageState {
  readonly id: string;
  /** Saved by the page for a reload of the window. */
  readonly origin: string;
  /** Whether the panel is pinned. Saved by the page too. */
  readonly kept: boolean;
  readonly head: HeadView;
  /** Whether facts and variables are shown, in all panels. */
  readonly aboutOpen: boolean;
  /** Missing if no folder is open. */
  readonly annotation?: Annotation | undefined;
  /** The note whose saving failed; '' for removing the note. */
  readonly unkeptNote?: string | undefined;
  readonly busy: boolean;
  readonly notices: readonly Notice[];
  /** Number of this state's transcript; 0 if there is none. */
  readonly transcript: number;
  readonly composer?: ComposerState | undefined;
}

/** A place to scroll to. Turns and calls are indexes. */
export interface PagePlace {
  /** `note` and `composer` are the text fields, which get the focus. */
  readonly part: 'note' | 'composer' | 'variables' | 'message' | 'name' | 'arguments' | 'result';
  /** Only of `message`, `name`, `arguments` and `result`. */
  readonly turn?: number | undefined;
  /** Only of `name`, `arguments` and `result`. */
  readonly call?: number | undefined;
  /** The text to highlight, as in the transcript. */
  readonly found: string;
}

export type HostMessage =
  | PanelHostMessage
  | { readonly type: 'state'; readonly state: PageState }
  /** Posted before the state with its number. */
  | { readonly type: 'transcript'; readonly number: number; readonly transcript: TranscriptView }
  /** The response body of the transcript with this number. */
  | { readonly type: 'raw'; readonly number: number; readonly raw: JsonValue }
  /** Posted after the state with its transcript, repeatedly until the page confirms it. */
  | { readonly type: 'goTo'; readonly number: number; readonly place: PagePlace };

export const neighbors = ['next', 'previous'] as const;
export type Neighbor = (typeof neighbors)[number];

/** Messages only, with tool calls, or as sent. */
export const detailLevels = ['messages', 'turns', 'raw'] as const;
export type DetailLevel = (typeof detailLevels)[number];
