import * as v from 'valibot';
import { maxNoteChars, annotationLabels } from '../core/model/annotation';
import { callParts, type CopyTarget } from '../core/view/details';
import { factKeys } from '../core/view/facts';
import { detailLevels, neighbors, pageActions } from './details';
import { wholeNumber, createGuard, readyMessage } from './panel';

const copyTarget = v.variant('kind', [
  v.object({ kind: v.literal('id') }),
  v.object({ kind: v.literal('fact'), key: v.picklist(factKeys) }),
  v.object({ kind: v.literal('variable'), name: v.string(), nth: v.optional(wholeNumber) }),
  v.object({ kind: v.literal('message'), turn: wholeNumber }),
  v.object({ kind: v.literal('turnLink'), turn: wholeNumber }),
  v.object({ kind: v.literal('call'), turn: wholeNumber, call: wholeNumber, part: v.picklist(callParts) }),
]) satisfies v.GenericSchema<CopyTarget>;

const pageMessage = v.variant('type', [
  readyMessage,
  /** Rendering the turn failed with the error of this name, so the page shows it as sent. */
  v.object({ type: v.literal('undrawn'), turn: wholeNumber, error: v.string() }),
  /** `transcript` is the number of the visible transcript, so that a newer one isn't copied. */
  v.object({ type: v.literal('copy'), what: copyTarget, id: v.string(), transcript: wholeNumber }),
  /** Requests the response body, which can be large and is rarely shown. */
  v.object({ type: v.literal('raw'), transcript: wholeNumber }),
  v.object({
    type: v.literal('label'),
    label: v.union([v.picklist(annotationLabels), v.literal('none')]),
    id: v.string(),
    origin: v.string(),
  }),
  v.object({
    type: v.literal('note'),
    note: v.pipe(v.string(), v.maxLength(maxNoteChars)),
    id: v.string(),
    origin: v.string(),
  }),
  /** Discards the note whose saving failed. */
  v.object({ type: v.literal('giveUpNote'), id: v.string(), origin: v.string() }),
  v.object({ type: v.literal('find') }),
  /** The user has opened or closed the facts and variables. */
  v.object({ type: v.literal('about'), open: v.boolean() }),
  /** Opens the next or previous conversation of the view. */
  v.object({ type: v.literal('go'), to: v.picklist(neighbors) }),
  v.object({ type: v.literal('action'), action: v.picklist(pageActions) }),
  v.object({ type: v.literal('draft'), id: v.string(), text: v.string() }),
  v.object({ type: v.literal('send'), id: v.string(), text: v.string() }),
  /** Waits no longer for the reply. The message can't be unsent. */
  v.object({ type: v.literal('stopWaiting'), id: v.string() }),
  /** Confirms the `goTo` with this number. */
  v.object({ type: v.literal('arrived'), number: wholeNumber }),
]);
export type PageMessage = v.InferOutput<typeof pageMessage>;
export const isPageMessage = createGuard(pageMessage);

/** The page saves it for a reload of the window. It contains no messages, because VS Code stores it on disk. */
const savedState = v.object({
  id: v.string(),
  origin: v.string(),
  kept: v.boolean(),
  /** In pixels from the top. */
  scroll: wholeNumber,
  /** Open tool calls, as `TURN.CALL`. */
  open: v.array(v.string()),
  depth: v.optional(v.picklist(detailLevels)),
  /** Whether Markdown is shown as sent. */
  asSent: v.optional(v.boolean()),
  /** Whether the message box had the focus. */
  writing: v.optional(v.boolean()),
});
export type SavedState = v.InferOutput<typeof savedState>;
export const isSavedState = createGuard(savedState);
