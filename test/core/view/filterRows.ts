import { unknownConversation, type Conversation } from '../../../src/core/model/conversation';

let rowCount = 0;

/** Returns a row with the fields of a new test conversation unless given. */
export function row(fields: Partial<Conversation> = {}): Conversation {
  rowCount += 1;
  return {
    ...unknownConversation,
    id: `0000${String(rowCount).padStart(4, '0')}-7425-40de-944b-e07fc1f90ae7`,
    assistantId: 'c4a1b7d0-52e8-4f39-9d0e-7b1f3a6c2210',
    assistantName: 'Clinic Desk',
    type: 'test',
    messageCount: 4,
    totalCost: 0,
    aiEnabled: true,
    createdAt: '2026-11-20 08:14:03',
    updatedAt: '2026-11-20 08:16:40',
    ...fields,
  };
}
