import type { JsonValue } from '../model/json';
import { entriesOf, stringify } from '../util/exactJson';
import type { FunctionCall } from '../model/transcript';
import { variablesOf } from './details';
import { factsOf, type FactKey, type KnownConversation } from './facts';

export const callParts = ['arguments', 'result', 'whole'] as const;
export type CallPart = (typeof callParts)[number];

/** What is to be copied, by where it stands: a page that shows a stranger's words must not choose the text. */
export type CopyTarget =
  | { readonly kind: 'id' }
  | { readonly kind: 'fact'; readonly key: FactKey }
  /** `nth` counts fields of this name from 0. */
  | { readonly kind: 'variable'; readonly name: string; readonly nth?: number | undefined }
  | { readonly kind: 'message'; readonly turn: number }
  | { readonly kind: 'call'; readonly turn: number; readonly call: number; readonly part: CallPart };

/** The text to copy, as sent; undefined where what is asked for is not there. */
export function copyTextOf(known: KnownConversation, target: CopyTarget): string | undefined {
  switch (target.kind) {
    case 'id':
      return known.id;
    case 'fact':
      return factsOf(known).find(({ key }) => key === target.key)?.value;
    case 'variable': {
      const variables = variablesOf(known.row, known.transcript) ?? {};
      const values = entriesOf(variables).filter(([name]) => name === target.name);
      return textOf(values[target.nth ?? 0]?.[1]);
    }
    case 'message':
      return known.transcript?.turns[target.turn]?.content;
    case 'call': {
      const call = known.transcript?.turns[target.turn]?.functionCalls[target.call];
      return call && callText(call, target.part);
    }
  }
}

function callText(call: FunctionCall, part: CallPart): string | undefined {
  if (part !== 'whole') return textOf(call[part]);
  return stringify({ name: call.name, arguments: call.arguments, result: call.result }, 2);
}

/** Text as text, anything else as JSON. */
function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : stringify(value, 2);
}
