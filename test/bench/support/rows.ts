import { decodeConversation } from '../../../src/core/api/decodeConversation';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonObject } from '../../../src/core/model/json';

const types = ['test', 'widget', 'whatsapp', 'api'];
const names = [
  'Ines Moreau',
  'Jonas Weber',
  'Aylin Kaya',
  'Tomás Silva',
  'Mei Lin',
  'Ada Novak',
  'Lars Holm',
  'Zoë Brandt',
];
const newest = Date.UTC(2026, 10, 20);

/** Returns a row as the API sends it; `index` 0 is the newest. @param type cycles through all four by default */
export function createSentRow(index: number, type = types[index % 4] ?? 'test', assistants = 9): JsonObject {
  const name = `${names[(index * 7) % names.length]} ${index}`;
  const time = new Date(newest - index * 61_000).toISOString().slice(0, 19).replace('T', ' ');
  return {
    id: createId(index, type),
    assistant_id: `5f0c9a1e-0000-4000-8000-00000000000${index % assistants}`,
    assistant_name: `Assistant ${index % assistants}`,
    type,
    message_count: (index % 30) + 1,
    total_cost: Number(((index % 97) / 1000).toFixed(4)),
    ai_enabled: index % 11 !== 0,
    created_at: time,
    updated_at: time,
    variables: {
      customer_name: name,
      reason: index % 3 === 0 ? 'check-up' : 'delivery of an order',
      reference: `R-${100_000 + index}`,
    },
    external_identifier: index % 2 === 0 ? `ext-${index}` : null,
    whatsapp_sender: null,
    customer: type === 'whatsapp' ? { name, phone: `+4930${1_000_000 + index}` } : null,
  };
}

/** Returns an ID that differs for each index and type. */
export function createId(index: number, type = 'test'): string {
  return `${index.toString(16).padStart(8, '0')}-9f3b-4c5${types.indexOf(type)}-a1d7-3f2c9b8e7a10`;
}

export function createRows(count: number): readonly Conversation[] {
  return Array.from({ length: count }, (_, index) => {
    const row = decodeConversation(JSON.parse(JSON.stringify(createSentRow(index))) as JsonObject);
    if (row === undefined) throw new Error("a row of the bench can't be decoded");
    return row;
  });
}
