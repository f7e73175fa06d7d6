import assert from 'node:assert/strict';
import { listAssistantChoices, listExistingAssistants } from '../../../src/core/view/filterAssistants';
import { row } from './filterRows';

const listed = [
  { serverId: 318, uuid: 'uuid-desk', name: 'Clinic Desk' },
  { serverId: 319, uuid: 'uuid-bot', name: 'Booking Bot' },
  { serverId: 320, uuid: 'uuid-twin', name: 'clinic desk' },
];

describe('listAssistantChoices', () => {
  it('merges listed assistants and those of rows by UUID, sorted by name with unnamed ones last', () => {
    const rows = [
      row({ assistantId: 'uuid-bot', assistantName: 'Old Name' }),
      row({ assistantId: 'uuid-bot', assistantName: 'Old Name' }),
      row({ assistantId: 'uuid-gone', assistantName: undefined }),
      row({ assistantId: 'uuid-new', assistantName: 'Álvaro' }),
      row({ assistantId: '' }),
    ];
    assert.deepEqual(
      listAssistantChoices(rows, listed).map(({ uuid, name, serverId, loaded }) => [uuid, name, serverId, loaded]),
      [
        ['uuid-new', 'Álvaro', undefined, 1],
        ['uuid-bot', 'Booking Bot', 319, 2],
        ['uuid-twin', 'clinic desk', 320, 0],
        ['uuid-desk', 'Clinic Desk', 318, 0],
        ['uuid-gone', undefined, undefined, 1],
      ],
    );
  });

  it('marks assistants that share a name', () =>
    assert.deepEqual(
      listAssistantChoices([], listed)
        .filter(({ ambiguous }) => ambiguous)
        .map(({ uuid }) => uuid),
      ['uuid-twin', 'uuid-desk'],
    ));

  it('uses the name of a later row if the first has none', () =>
    assert.equal(
      listAssistantChoices(
        [row({ assistantId: 'a', assistantName: undefined }), row({ assistantId: 'a', assistantName: 'A' })],
        [],
      )[0]?.name,
      'A',
    ));

  it('sorts equal names and unnamed assistants by UUID', () => {
    const createRow = (uuid: string, name: string | undefined) => row({ assistantId: uuid, assistantName: name });
    const rows = [
      createRow('n2', undefined),
      createRow('b', 'A'),
      createRow('n1', undefined),
      createRow('a', 'A'),
      createRow('c', 'A'),
    ];
    for (const each of [rows, [...rows].reverse()]) {
      assert.deepEqual(
        listAssistantChoices(each, []).map(({ uuid }) => uuid),
        ['a', 'b', 'c', 'n1', 'n2'],
      );
    }
  });

  it('is empty without rows and listed assistants', () => assert.deepEqual(listAssistantChoices([], []), []));
});

describe('listExistingAssistants', () => {
  const names = (...args: Parameters<typeof listExistingAssistants>): unknown[] =>
    listExistingAssistants(...args).map(({ uuid, name, ambiguous }) => [uuid, name, ambiguous]);
  const rows = [
    row({ assistantId: 'uuid-bot', assistantName: 'Booking Bot' }),
    row({ assistantId: 'uuid-old', assistantName: 'Booking Bot' }),
    row({ assistantId: 'uuid-gone', assistantName: 'Read Before' }),
    row({ assistantId: 'uuid-gone', assistantName: undefined }),
  ];

  it("returns the server's assistants without deleted ones", () => {
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

  it('returns named assistants of loaded rows if the server lists none', () =>
    assert.deepEqual(names(rows, []), [
      ['uuid-bot', 'Booking Bot', true],
      ['uuid-old', 'Booking Bot', true],
    ]));
});
