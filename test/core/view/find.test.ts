import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/model/conversation';
import { findConversations, findInSteps, looksLikeId } from '../../../src/core/view/find';
import { sortNewestFirst } from '../../../src/core/view/rowOrder';
import { row } from './filterRows';

const ids = (rows: readonly Conversation[], text: string, limit = 200): string[] =>
  findConversations(rows, text, { limit }).matches.map((match) => match.row.id);
const customer = (name: string): Pick<Conversation, 'customer'> => ({ customer: { name, phone: undefined } });

describe('findConversations', () => {
  it('ranks the start of an ID before customer, assistant, variable, and the middle of an ID', () => {
    const rows = [
      row({ id: '11-inside-bea', createdAt: '2026-11-25 00:00:00' }),
      row({ id: '2-variable', variables: { owner: 'Bea' }, createdAt: '2026-11-24 00:00:00' }),
      row({ id: '3-assistant', assistantName: 'Beacon', createdAt: '2026-11-23 00:00:00' }),
      row({ id: '4-customer', ...customer('Bea'), createdAt: '2026-11-22 00:00:00' }),
      row({ id: 'BEA00000', createdAt: '2026-11-21 00:00:00' }),
      row({ id: '6-other' }),
    ];
    assert.deepEqual(ids(rows, 'bea'), ['BEA00000', '4-customer', '3-assistant', '2-variable', '11-inside-bea']);
  });

  it('matches only complete letters in each field and in a note', () => {
    const fields = [
      customer('한국 사람'),
      { assistantName: '사람' },
      { variables: { name: '사람' } },
      { variables: { 사람: 1 } },
      {},
    ];
    const rows = fields.map((fields, index) => row({ id: `${index}`, ...fields }));
    const findIds = (text: string): string[] =>
      findConversations(rows, text, { limit: 9, noteOf: ({ id }) => (id === '4' ? '사람' : undefined) })
        .matches.map((match) => match.row.id)
        .sort();
    assert.deepEqual(findIds('사라'), []);
    assert.deepEqual(findIds('사람'), ['0', '1', '2', '3', '4']);
  });

  it('ranks matches at the start of a word first in every field', () => {
    const rows = [
      row({ id: 'plan', variables: { plan: 'Business' }, createdAt: '2026-11-26 00:00:00' }),
      row({ id: 'bot', assistantName: 'Business Desk', createdAt: '2026-11-25 00:00:00' }),
      row({ id: 'inside', ...customer('Aines'), createdAt: '2026-11-24 00:00:00' }),
      row({ id: 'employee', variables: { employee_name: 'Ines Moreau' }, createdAt: '2026-11-23 00:00:00' }),
      row({ id: 'second', variables: { note: 'Business of Inès' }, createdAt: '2026-11-22 00:00:00' }),
      row({ id: 'named', variables: { the_ines_flag: '1' }, createdAt: '2026-11-21 00:00:00' }),
      row({ id: 'customer', ...customer('Ines'), createdAt: '2026-11-20 00:00:00' }),
    ];
    assert.deepEqual(ids(rows, 'ines'), ['customer', 'employee', 'second', 'named', 'inside', 'bot', 'plan']);
    assert.deepEqual(
      findConversations(rows, 'ines', { limit: 3 }).matches.map(({ fields }) => fields),
      [
        [{ kind: 'who', text: 'Ines' }],
        [{ kind: 'variable', name: 'employee_name', value: 'Ines Moreau' }],
        [{ kind: 'variable', name: 'note', value: 'Business of Inès' }],
      ],
    );
  });

  it('recognizes word starts in every script', () => {
    const rows = [
      row({ id: 'inside', variables: { name: '𐐀𐐨na' }, createdAt: '2026-11-22 00:00:00' }),
      row({ id: 'begins', variables: { name: '𐐀 𐐨na' } }),
    ];
    assert.deepEqual(ids(rows, '𐐨na'), ['begins', 'inside']);
    const greetings = [
      row({ id: 'inside', variables: { name: 'مريم' }, createdAt: '2026-11-22 00:00:00' }),
      row({ id: 'begins', variables: { name: 'أبو ريم' } }),
    ];
    assert.deepEqual(ids(greetings, 'ريم'), ['begins', 'inside']);
  });

  it('treats a match as a word start unless a letter or digit precedes it', () => {
    const inside = ['2ines', '0ines', '9ines', 'Zines', 'aines', 'éines', '٣ines'];
    const wordStarts = ['(ines', '/ines', ':ines', '@ines', '[ines', '`ines', '«ines', '–ines'];
    const rows = [...inside, ...wordStarts].map((name, at) =>
      row({ id: name, variables: { name }, createdAt: `2026-11-0${9 - (at % 9)} 00:00:00` }),
    );
    const found = ids(rows, 'ines');
    assert.deepEqual(found.slice(0, wordStarts.length).sort(), [...wordStarts].sort());
  });

  it('sorts equal ranks by time, and by ID if times are equal or invalid', () => {
    const rows = [
      row({ id: 'd', createdAt: 'whenever' }),
      row({ id: 'c', createdAt: '2026-11-20 10:00:00' }),
      row({ id: 'b', createdAt: '2026-11-20 10:00:00' }),
      row({ id: 'a', createdAt: '2026-11-20T10:00:01Z' }),
    ];
    assert.deepEqual(ids(rows, 'clinic'), ['a', 'b', 'c', 'd']);
    assert.deepEqual(ids([...rows].reverse(), ''), ['a', 'b', 'c', 'd']);
  });

  it('requires every word and ranks by the worst match', () => {
    const rows = [
      row({ id: 'both', ...customer('Ines'), variables: { city: 'Rome' }, createdAt: '2026-01-01 00:00:00' }),
      row({ id: 'one', ...customer('Ines') }),
      row({ id: 'who', ...customer('Ines of Rome'), createdAt: '2025-01-01 00:00:00' }),
    ];
    assert.deepEqual(ids(rows, ' ines  ROME '), ['who', 'both']);
    assert.deepEqual(ids(rows, 'rome ines'), ['who', 'both']);
  });

  it('counts only rows with every word, even beyond the limit', () => {
    const rows = [
      row({ id: '1', ...customer('Ines of Rome'), createdAt: '2026-01-03 00:00:00' }),
      row({ id: '2', ...customer('Aines'), createdAt: '2026-01-02 00:00:00' }),
      row({ id: '3', ...customer('Aines, Rome'), createdAt: '2026-01-01 00:00:00' }),
      row({ id: '4', ...customer('Rome, Aines'), createdAt: '2025-01-01 00:00:00' }),
    ];
    const { matches, total } = findConversations(rows, 'ines rome', { limit: 1 });
    assert.deepEqual(
      matches.map((match) => match.row.id),
      ['1'],
    );
    assert.equal(total, 3);
  });

  it('prefers a better match to a newer one', () => {
    const rows = [
      row({ id: 'newer', variables: { name: 'Ines' }, createdAt: '2026-01-02 00:00:00' }),
      row({ id: 'better', ...customer('Ines'), createdAt: '2026-01-01 00:00:00' }),
    ];
    assert.deepEqual(ids(rows, 'ines', 1), ['better']);
  });

  it('ranks by the best matching field and returns that field', () => {
    const rows = [
      row({ id: 'assistant', assistantName: 'Aines', createdAt: '2026-01-02 00:00:00' }),
      row({ id: 'both', ...customer('Aines'), assistantName: 'Maines', createdAt: '2026-01-01 00:00:00' }),
    ];
    const { matches } = findConversations(rows, 'ines', { limit: 2 });
    assert.deepEqual(
      matches.map((match) => [match.row.id, match.fields]),
      [
        ['both', [{ kind: 'who', text: 'Aines' }]],
        ['assistant', [{ kind: 'assistant' }]],
      ],
    );
  });

  it('finds notes after the fields of the conversation', () => {
    const rows = [
      row({ id: 'noted', createdAt: '2026-01-02 00:00:00' }),
      row({ id: 'says', variables: { name: 'Ines' }, createdAt: '2026-01-01 00:00:00' }),
    ];
    const noteOf = ({ id }: Conversation): string | undefined => (id === 'noted' ? 'Inès calls back' : undefined);
    const { matches } = findConversations(rows, 'ines', { limit: 2, noteOf });
    assert.deepEqual(
      matches.map((match) => [match.row.id, match.fields]),
      [
        ['says', [{ kind: 'variable', name: 'name', value: 'Ines' }]],
        ['noted', [{ kind: 'note', text: 'Inès calls back' }]],
      ],
    );
  });

  it('returns the matching fields as sent', () => {
    const findFields = (fields: Partial<Conversation>, text: string): unknown =>
      findConversations([row({ id: '7c9e6679', ...fields })], text, { limit: 1 }).matches[0]?.fields;
    assert.deepEqual(findFields({}, ''), []);
    assert.deepEqual(findFields({}, '7c9'), [{ kind: 'id' }]);
    assert.deepEqual(findFields({}, 'e66'), [{ kind: 'id' }]);
    assert.deepEqual(findFields({}, 'clinic'), [{ kind: 'assistant' }]);
    assert.deepEqual(findFields({ customer: { name: 'Inès', phone: '+4917' } }, '4917 ines'), [
      { kind: 'who', text: '+4917' },
      { kind: 'who', text: 'Inès' },
    ]);
    assert.deepEqual(
      findFields({ customer: { name: 'Aines', phone: undefined }, externalIdentifier: 'ines-17' }, 'ines'),
      [{ kind: 'who', text: 'ines-17' }],
    );
    assert.deepEqual(findFields({ customer: { name: 'Bea', phone: '+4917' } }, '917'), [
      { kind: 'who', text: '+4917' },
    ]);
    assert.deepEqual(findFields({ variables: { a: 'x', clinic_site: { city: 'Süd' } }, assistantName: 'Bot' }, 'sud'), [
      { kind: 'variable', name: 'clinic_site.city', value: 'Süd' },
    ]);
    assert.deepEqual(findFields({ variables: { plan: 'basic', other: 'plan B' } }, 'plan'), [
      { kind: 'variable', name: 'other', value: 'plan B' },
    ]);
    assert.deepEqual(findFields({ variables: { plan: 'basic' } }, 'pla plan'), [
      { kind: 'variable', name: 'plan', value: 'basic' },
    ]);
  });

  it('returns up to the limit and counts all matches', () => {
    const rows = Array.from({ length: 500 }, () => row());
    const { matches, total } = findConversations(rows, 'clinic', { limit: 200 });
    assert.equal(matches.length, 200);
    assert.equal(total, 500);
    assert.deepEqual(findConversations(rows, 'nowhere', { limit: 200 }), { matches: [], total: 0 });
  });

  it('pauses between steps of bounded size with the same result', () => {
    const rows = sortNewestFirst(
      Array.from({ length: 1000 }, () => row()),
      'UTC',
    );
    const steps = findInSteps(rows, 'clinic', { limit: 3 });
    let pauses = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) pauses += 1;
    assert.ok(pauses >= 9, `${pauses} pauses`);
    assert.deepEqual(
      step.value,
      findConversations(
        rows.map((each) => each.row),
        'clinic',
        { limit: 3 },
      ),
    );
  });
});

describe('looksLikeId', () => {
  const texts: readonly [text: string, isId: boolean][] = [
    ['7c9e6679-7425-40de-944b-e07fc1f90ae7', true],
    ['  8D0F7780-8536-51EF-055C-F18FD2G01BF8\n', true],
    ['8d0f7780-8536-51ef-055c-f18fd2g01bf8', true],
    ['7c9e6679-7425-40de-944b-e07fc1f90ae', false],
    ['7c9e6679-7425-40de-944b-e07fc1f90ae78', false],
    ['7c9e6679', false],
    ['7c9e6679-7425-40de-944b-e07fc1f90ae7/..', false],
    ['ines of rome', false],
    ['', false],
  ];
  for (const [text, isId] of texts) {
    it(`${isId ? 'accepts' : 'rejects'} ${JSON.stringify(text)}`, () => assert.equal(looksLikeId(text), isId));
  }
});
