import type { ListKey } from '../../core/store/snapshot';
import type { CallSummary } from '../../core/view/callSummary';
import type { AnnotationOf } from '../../core/view/filter';

/** A row as plain data. A row is rendered again only if its presentation has changed. */
export interface RowPresentation {
  readonly label: string;
  readonly description?: string;
  /** Codicon name. */
  readonly icon: string;
  /** Theme color ID. */
  readonly color?: string;
  readonly contextValue: string;
  readonly ariaLabel: string;
  readonly tooltip?: string;
  /** The badge's number of failed tool calls. */
  readonly failedCalls?: number;
}

export interface PresentationContext {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Time zone of the server's timestamps. */
  readonly zone: string;
  readonly filterText: string;
  readonly isNew: (conversationId: string) => boolean;
  readonly annotationOf: AnnotationOf;
  /** Undefined if the transcript wasn't loaded. */
  readonly callsOf: (conversationId: string) => CallSummary | undefined;
  /** Whether a list has been busy long enough to show it. */
  readonly shouldShowBusy: (list: ListKey) => boolean;
}
