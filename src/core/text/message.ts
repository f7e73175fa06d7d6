/** What the platform takes as one message, in Unicode characters. Source: `POST /conversations/{id}/messages`. */
export const maxMessageChars = 2000;

/** Why a message can't be sent. */
export type MessageProblem = 'blank' | 'tooLong';

/** In Unicode characters, as the platform counts: an emoji is one. Space around a message is not kept. */
export function countMessageChars(text: string): number {
  return [...text.trim()].length;
}

export function findMessageProblem(text: string): MessageProblem | undefined {
  const length = countMessageChars(text);
  if (length === 0) return 'blank';
  return length > maxMessageChars ? 'tooLong' : undefined;
}
