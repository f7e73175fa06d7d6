import * as v from 'valibot';
import { maxNoteChars, annotationLabels } from '../core/model/annotation';
import { callParts, type CopyTarget } from '../core/view/details';
import { factKeys } from '../core/view/facts';
import { depths, neighbours, pageActions } from './details';
import { wholeNumber, isOf, readyMessage } from './panel';

const copyTarget = v.variant('kind', [
  v.object({ kind: v.literal('id') }),
  v.object({ kind: v.literal('fact'), key: v.picklist(factKeys) }),
  v.object({ kind: v.literal('variable'), name: v.string(), nth: v.optional(wholeNumber) }),
  v.object({ kind: v.literal('message'), turn: wholeNumber }),
  v.object({ kind: v.literal('call'), turn: wholeNumber, call: wholeNumber, part: v.picklist(callParts) }),
]) satisfies v.GenericSchema<CopyTarget>;

const pageMessage = v.variant('type', [
  readyMessage,
  /** The turn of this index stands as it was sent, because of an error of this name. */
  v.object({ type: v.literal('undrawn'), turn: wholeNumber, error: v.string() }),
  /** `transcript` is the number of the one that was looked at: what is copied is what was seen. */
  v.object({ type: v.literal('copy'), what: copyTarget, id: v.string(), transcript: wholeNumber }),
  /** The body as sent is wanted: it can be large, and few look at it. */
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
  /** The note that could not be kept is not wanted any more. */
  v.object({ type: v.literal('giveUpNote'), id: v.string(), origin: v.string() }),
  v.object({ type: v.literal('find') }),
  /** To another conversation of the view. */
  v.object({ type: v.literal('go'), to: v.picklist(neighbours) }),
  v.object({ type: v.literal('action'), action: v.picklist(pageActions) }),
  /** What is being written to the conversation of this id. */
  v.object({ type: v.literal('draft'), id: v.string(), text: v.string() }),
  v.object({ type: v.literal('send'), id: v.string(), text: v.string() }),
  /** The place of this number was gone to, or is not there. */
  v.object({ type: v.literal('arrived'), number: wholeNumber }),
]);
export type PageMessage = v.InferOutput<typeof pageMessage>;
export const isPageMessage = isOf(pageMessage);

/** What the page keeps over a window reload: nothing of what was said. */
const keptState = v.object({
  id: v.string(),
  origin: v.string(),
  kept: v.boolean(),
  /** In pixels from the top. */
  scroll: wholeNumber,
  /** Cards that are open, as `TURN.CALL`. */
  open: v.array(v.string()),
  depth: v.optional(v.picklist(depths)),
  /** Whether Markdown stands as it was sent. */
  asSent: v.optional(v.boolean()),
  /** Whether the message box had the focus. */
  writing: v.optional(v.boolean()),
});
export type KeptState = v.InferOutput<typeof keptState>;
/** Whether this is what an earlier page kept; VS Code hands back whatever is on disk. */
export const isKeptState = isOf(keptState);
