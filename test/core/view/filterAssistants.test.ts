import assert from 'node:assert/strict';
import { assistantChoices, existingAssistants } from '../../../src/core/view/filterAssistants';
import { row } from './filterRows';

const listed = [
  { serverId: 318, uuid: 'uuid-desk', name: 'Clinic Desk' },
  { serverId: 319, uuid: 'uuid-bot', name: 'Booking Bot' },
  { serverId: 320, uuid: 'uuid-twin', name: 'clinic desk' },
];

describe('assistants to filter by', () => {
  it('are those listed and those of rows, joined by UUID, by name, the nameless last', () => {
    const rows = [
      row({ assistantId: 'uuid-bot', assistantName: 'Old Name' }),
      row({ assistantId: 'uuid-bot', assistantName: 'Old Name' }),
      row({ assistantId: 'uuid-gone', assistantName: undefined }),
      row({ assistantId: 'uuid-new', assistantName: 'Álvaro' }),
      row({ assistantId: '' }),
    ];
    assert.deepEqual(
      assistantChoices(rows, listed).map(({ uuid, name, serverId, loaded }) => [uuid, name, serverId, loaded]),
      [
        ['uuid-new', 'Álvaro', undefined, 1],
        ['uuid-bot', 'Booking Bot', 319, 2],
        ['uuid-twin', 'clinic desk', 320, 0],
        ['uuid-desk', 'Clinic Desk', 318, 0],
        ['uuid-gone', undefined, undefined, 1],
      ],
    );
  });

  it('tell which of them share a name', () =>
    assert.deepEqual(
      assistantChoices([], listed)
        .filter(({ ambiguous }) => ambiguous)
        .map(({ uuid }) => uuid),
      ['uuid-twin', 'uuid-desk'],
    ));

  it('take a name from a later row where the first has none', () =>
    assert.equal(
      assistantChoices(
        [row({ assistantId: 'a', assistantName: undefined }), row({ assistantId: 'a', assistantName: 'A' })],
        [],
      )[0]?.name,
      'A',
    ));

  it('are in one order where they share a name, or have none', () => {
    const named = (uuid: string, name: string | undefined) => row({ assistantId: uuid, assistantName: name });
    const rows = [named('n2', undefined), named('b', 'A'), named('n1', undefined), named('a', 'A'), named('c', 'A')];
    for (const each of [rows, [...rows].reverse()]) {
      assert.deepEqual(
        assistantChoices(each, []).map(({ uuid }) => uuid),
        ['a', 'b', 'c', 'n1', 'n2'],
      );
    }
  });

  it('are none where nothing is known', () => assert.deepEqual(assistantChoices([], []), []));
});

describe('assistants to start a conversation with', () => {
  const names = (...given: Parameters<typeof existingAssistants>): unknown[] =>
    existingAssistants(...given).map(({ uuid, name, ambiguous }) => [uuid, name, ambiguous]);
  const rows = [
    row({ assistantId: 'uuid-bot', assistantName: 'Booking Bot' }),
    row({ assistantId: 'uuid-old', assistantName: 'Booking Bot' }),
    row({ assistantId: 'uuid-gone', assistantName: 'Read Before' }),
    row({ assistantId: 'uuid-gone', assistantName: undefined }),
  ];

  it('are those that the server lists, without deleted ones', () => {
    const [desk, bot] = [
      { serverId: 318, uuid: 'uuid-desk', name: 'Clinic Desk' },
      { serverId: 319, uuid: 'uuid-bot', name: 'Booking Bot' },
    ];
    assert.deepEqual(
      names(rows, [desk, bot, { serverId: 320, uuid: 'uuid-old', name: 'Booking Bot', isDeleted: true }]),
      [
        ['uuid-bot', 'Booking Bot', false],
        ['uuid-desk', 'Clinic Desk', false],
      ],
    );
    assert.deepEqual(names(rows, [{ ...desk, isDeleted: true }]), []);
  });

  it('are those of loaded rows if the server lists none, without those whose name is gone', () =>
    assert.deepEqual(names(rows, []), [
      ['uuid-bot', 'Booking Bot', true],
      ['uuid-old', 'Booking Bot', true],
    ]));
});
