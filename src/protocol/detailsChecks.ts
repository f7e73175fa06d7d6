import { longestNote, verdicts, type Annotation } from '../core/model/annotation';
import type { JsonValue } from '../core/model/json';
import type { CallView, TranscriptView, TurnView } from '../core/view/details';
import { factKeys } from '../core/view/facts';
import { callParts, type CopyTarget } from '../core/view/detailsCopy';
import type { CallFailure } from '../core/view/detailsFailure';
import {
  neighbours,
  pageActions,
  placeParts,
  wordKeys,
  type ActionWords,
  type ComposerState,
  type FactWords,
  type HeadWords,
  type HostMessage,
  type Notice,
  type PageMessage,
  type PagePlace,
  type PageState,
  type TimeWords,
  type VariableView,
  type WordKey,
  type Words,
} from './details';
import { isAnything, isCount, isFlag, isOneOf, isText, listOf, optional, shape, variants, type Guard } from './guards';

const isCopyTarget = variants<'kind', CopyTarget>('kind', {
  id: shape({}),
  fact: shape({ key: isOneOf(...factKeys) }),
  variable: shape({ name: isText, nth: optional(isCount) }),
  message: shape({ turn: isCount }),
  call: shape({ turn: isCount, call: isCount, part: isOneOf(...callParts) }),
});

const isNote: Guard<string> = (value): value is string => isText(value) && value.length <= longestNote;

/** Whether the page may say so to the host. */
export const isPageMessage: Guard<PageMessage> = variants<'type', PageMessage>('type', {
  ready: shape({ heard: isCount }),
  refused: shape({}),
  undrawn: shape({ turn: isCount, error: isText }),
  copy: shape({ what: isCopyTarget, id: isText, transcript: isCount }),
  raw: shape({ transcript: isCount }),
  label: shape({ label: isOneOf(...verdicts, 'none'), id: isText, origin: isText }),
  note: shape({ note: isNote, id: isText, origin: isText }),
  giveUpNote: shape({ id: isText, origin: isText }),
  find: shape({}),
  go: shape({ to: isOneOf(...neighbours) }),
  action: shape({ action: isOneOf(...pageActions) }),
  draft: shape({ id: isText, text: isText }),
  send: shape({ id: isText, text: isText }),
  arrived: shape({ number: isCount }),
});

const isTime = shape<TimeWords>({ text: isText, exact: isText });
const isFact = shape<FactWords>({
  key: isOneOf(...factKeys),
  name: isText,
  text: isText,
  more: optional(isText),
  copy: isFlag,
});
const isHead = shape<HeadWords>({
  title: isText,
  type: optional(isText),
  assistant: optional(isText),
  age: optional(isTime),
  facts: listOf(isFact),
  variables: listOf(shape<VariableView>({ name: isText, value: isAnything<JsonValue> })),
});
const isNotice = shape<Notice>({
  severity: isOneOf('info', 'warning', 'error'),
  message: isText,
  actions: listOf(shape<ActionWords>({ action: isOneOf(...pageActions), label: isText })),
});
const isComposer = shape<ComposerState>({ draft: isText, number: isCount, sending: isFlag, problem: optional(isText) });
const isState = shape<PageState>({
  id: isText,
  origin: isText,
  kept: isFlag,
  head: isHead,
  annotation: optional(shape<Annotation>({ label: optional(isOneOf(...verdicts)), note: optional(isText) })),
  unkeptNote: optional(isText),
  busy: isFlag,
  notices: listOf(isNotice),
  transcript: isCount,
  composer: optional(isComposer),
});
const isCall = shape<CallView>({
  name: isText,
  arguments: optional(isAnything<JsonValue>),
  result: optional(isAnything<JsonValue>),
  argumentsSummary: optional(isText),
  resultSummary: optional(isText),
  failure: optional(shape<CallFailure>({ reason: optional(isText) })),
});
const isTranscript = shape<TranscriptView>({
  turns: listOf(shape<TurnView>({ role: isText, content: isText, calls: listOf(isCall) })),
  rejected: isCount,
});
const isPlace = shape<PagePlace>({
  part: isOneOf(...placeParts),
  turn: optional(isCount),
  call: optional(isCount),
  found: isText,
});
const isWords = shape<Words>(
  Object.fromEntries(wordKeys.map((key) => [key, isText])) as Record<WordKey, Guard<string>>,
);

/** Whether the host may say so to the page. */
export const isHostMessage: Guard<HostMessage> = variants<'type', HostMessage>('type', {
  words: shape({ words: isWords, language: isText }),
  state: shape({ state: isState }),
  transcript: shape({ number: isCount, transcript: isTranscript }),
  raw: shape({ number: isCount, raw: isAnything<JsonValue> }),
  goTo: shape({ number: isCount, place: isPlace }),
  copied: shape({ ok: isFlag }),
});
