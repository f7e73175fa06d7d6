/** Limit of `POST /conversations/{id}/messages`, in Unicode characters. */
export const maxMessageChars = 2000;

export type MessageProblem = 'blank' | 'tooLong';

/** Counts Unicode characters as the platform does: an emoji is one, and surrounding space is trimmed. */
export function countMessageChars(text: string): number {
  return [...text.trim()].length;
}

export function findMessageProblem(text: string): MessageProblem | undefined {
  const length = countMessageChars(text);
  if (length === 0) return 'blank';
  return length > maxMessageChars ? 'tooLong' : undefined;
}
