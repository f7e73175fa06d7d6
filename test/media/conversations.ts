import { unknownConversation, type Conversation } from '../../src/core/model/conversation';
import type { FunctionCall, Transcript, Turn } from '../../src/core/model/transcript';

export function conversation(parts: Partial<Conversation> = {}): Conversation {
  return {
    ...unknownConversation,
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    assistantId: 'a1b2c3d4-5678-90ab-cdef-1234567890ab',
    assistantName: 'Clinic Desk',
    type: 'test',
    messageCount: 7,
    totalCost: 0.0128,
    aiEnabled: true,
    createdAt: '2026-11-23 09:14:03',
    updatedAt: '2026-11-23 09:16:40',
    ...parts,
  };
}

export function turn(role: string, content: string, ...functionCalls: FunctionCall[]): Turn {
  return { role, content, functionCalls };
}

export function call(name: string, args: FunctionCall['arguments'], result: FunctionCall['result']): FunctionCall {
  return { name, arguments: args, result };
}

export function transcript(turns: readonly Turn[], parts: Partial<Transcript> = {}): Transcript {
  return {
    turns,
    rejected: 0,
    variables: undefined,
    externalIdentifier: undefined,
    whatsappSender: undefined,
    customer: undefined,
    raw: { history: [] },
    ...parts,
  };
}

export const clinic = transcript([
  turn('assistant', 'Clinic Desk, good morning. How can I help?'),
  turn(
    'user',
    'Is Dr Okoro free on Friday? I would need about half an hour, and the afternoon is hard for me because of the school run.',
  ),
  turn(
    'assistant',
    'She has 09:20 and 11:40. Shall I book one?',
    call(
      'find_slots',
      { doctor: 'okoro', day: '2026-11-27', length: 30 },
      { slots: ['09:20', '11:40'], timezone: 'Europe/Berlin' },
    ),
    call(
      'read_profile',
      [],
      '{"patient":{"name":"Ines","insured":true,"visits":[{"on":"2026-03-01"},{"on":"2026-08-14"}]}}',
    ),
  ),
  turn('user', '11:40 please.'),
  turn(
    'assistant',
    '',
    call(
      'book_slot',
      { slot: '11:40', note: null },
      { success: false, error: 'The slot 11:40 was taken a minute ago.' },
    ),
  ),
  turn('assistant', 'I am sorry, 11:40 has just gone. **09:20** is still free.\n\n1. Book 09:20\n2. Look at Monday'),
  turn('system', 'The conversation was handed over to a person.'),
]);
