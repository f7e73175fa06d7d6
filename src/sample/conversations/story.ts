import type { JsonValue } from '../../core/model/json';
import type { SampleCall, SampleTurn } from '../wire';

/** A conversation written by hand, with placeholders for what varies. */
export interface Story {
  readonly key: string;
  /** Key of the assistant that it is held with. */
  readonly assistant: string;
  /** With placeholders in its strings. */
  readonly variables: JsonValue;
  /**
   * One message a line: `a ` assistant, `u ` user, `s ` system; `f name {arguments} => result` is a call that the next
   * assistant line made; any other line goes on with the message before it. A result that is no JSON is plain text.
   */
  readonly script: string;
  /** Somebody switched the AI off in its course. */
  readonly aiOff?: boolean;
}

/** Reads a script whose placeholders are filled. @throws SyntaxError where arguments are no JSON. */
export function readScript(script: string): SampleTurn[] {
  const turns: { role: string; content: string | null; function_calls?: SampleCall[] }[] = [];
  let calls: SampleCall[] = [];
  const add = (role: string, content: string | null): void => {
    turns.push({ role, content, ...(calls.length > 0 ? { function_calls: calls } : {}) });
    calls = [];
  };
  for (const line of script.trim().split('\n')) {
    const [, mark, rest = ''] = /^([ausf]) (.*)$/.exec(line) ?? [];
    if (mark === 'f') {
      calls.push(readCall(rest));
    } else if (mark === undefined) {
      const last = turns.at(-1);
      if (last) last.content += `\n${line}`;
    } else {
      // A user who writes while calls are pending: the assistant's turn had no words.
      if (mark !== 'a' && calls.length > 0) add('assistant', null);
      add(mark === 'a' ? 'assistant' : mark === 'u' ? 'user' : 'system', rest);
    }
  }
  if (calls.length > 0) add('assistant', null);
  return turns;
}

function readCall(text: string): SampleCall {
  const [, name = '', given = '', result = ''] = /^(\w+) (.*?) => (.*)$/.exec(text) ?? [];
  return { name, arguments: JSON.parse(given) as JsonValue, result: readResult(result) };
}

function readResult(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
