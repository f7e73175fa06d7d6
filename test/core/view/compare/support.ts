import type { JsonValue } from '../../../../src/core/model/json';
import type { FunctionCall, Transcript, Turn } from '../../../../src/core/model/transcript';

export const turn = (role: string, content: string, ...functionCalls: readonly FunctionCall[]): Turn => ({
  role,
  content,
  functionCalls,
});
export const call = (name: string, args?: JsonValue, result?: JsonValue): FunctionCall => ({
  name,
  arguments: args,
  result,
});

export function createTranscript(turns: readonly Turn[], rejected = 0): Transcript {
  const unused = {
    variables: undefined,
    externalIdentifier: undefined,
    whatsappSender: undefined,
    customer: undefined,
  };
  return { turns, rejected, ...unused, raw: null };
}
