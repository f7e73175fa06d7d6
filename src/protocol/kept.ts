import { isCount, isFlag, isOneOf, isText, listOf, optional, shape, type Guard } from './guards';

/** How deep the transcript is looked at: the chat alone, with function calls, or as it was sent. */
export const depths = ['messages', 'turns', 'raw'] as const;
export type Depth = (typeof depths)[number];

/** What the page keeps over a window reload: nothing of what was said. */
export interface KeptState {
  readonly id: string;
  readonly origin: string;
  readonly kept: boolean;
  /** In pixels from the top. */
  readonly scroll: number;
  /** Cards that are open, as `TURN.CALL`. */
  readonly open: readonly string[];
  readonly depth?: Depth | undefined;
  /** Whether Markdown stands as it was sent. */
  readonly asSent?: boolean | undefined;
  /** Whether the message box had the focus. */
  readonly writing?: boolean | undefined;
}

/** Whether this is what an earlier page kept; VS Code hands back whatever is on disk. */
export const isKeptState: Guard<KeptState> = shape<KeptState>({
  id: isText,
  origin: isText,
  kept: isFlag,
  scroll: isCount,
  open: listOf(isText),
  depth: optional(isOneOf(...depths)),
  asSent: optional(isFlag),
  writing: optional(isFlag),
});
