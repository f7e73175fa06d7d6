import assert from 'node:assert/strict';
import { createCsvSerializer } from '../../../src/core/export/csv';
import {
  createExportFileName,
  type ExportAbout,
  type ExportedConversation,
  type ExportSummary,
  type Serializer,
} from '../../../src/core/export/format';
import { createJsonLinesSerializer, createJsonSerializer } from '../../../src/core/export/json';
import { createMarkdownSerializer, type MarkdownExport } from '../../../src/core/export/markdown';
import { maskConversation } from '../../../src/core/export/mask';
import { decodeConversation } from '../../../src/core/api/decodeConversation';
import { decodeTranscript } from '../../../src/core/api/decodeTranscript';
import type { JsonObject } from '../../../src/core/model/json';

const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

const about: ExportAbout = {
  exportedAt: '2026-11-25T12:00:00.000Z',
  source: 'example.test',
  covers: 'filter',
  filter: 'test',
  transcripts: true,
  masked: [],
};
const summary: ExportSummary = { conversations: 1, complete: false, missed: ["1 transcript couldn't be loaded."] };

function createExported(
  row: JsonObject = {},
  history: readonly JsonObject[] | undefined = undefined,
): ExportedConversation {
  return {
    id,
    conversation: decodeConversation({
      id,
      type: 'test',
      assistant_id: 'a',
      created_at: '2026-11-23 10:00:00',
      ...row,
    }),
    transcript: history && decodeTranscript({ history }),
    missed: undefined,
  };
}

function serialize(serializer: Serializer, ...all: readonly ExportedConversation[]): string {
  return [serializer.begin(about), ...all.map((each) => serializer.add(each)), serializer.end(summary)].join('');
}

const formatCut = (missing: number): string => `… [${missing} more]`;

/** The cells of a created row without changes. */
const written = { id, type: 'test', assistant_id: 'a', created_at: '2026-11-23 10:00:00' };

/** A line with these cells in their columns; the others are empty. */
function csvLine(header: string, cells: Readonly<Record<string, string>>): string {
  const columns = header.replace(/^\ufeff/, '').split(',');
  assert.deepEqual(
    Object.keys(cells).filter((name) => !columns.includes(name)),
    [],
  );
  return columns.map((name) => cells[name] ?? '').join(',');
}

/** An independent RFC 4180 parser. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text
    .replace(/^\ufeff/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}

describe('An export', () => {
  it('as CSV quotes only cells that need it and keeps numbers as numbers', () => {
    const row = {
      assistant_name: 'Clinic Desk, night',
      total_cost: -0.5,
      message_count: 3,
      external_identifier: ' 7 ',
      variables: {},
      ai_enabled: true,
    };
    const conversation = createExported({ ...row, customer: { name: '=1', phone: 'a "b"' } });
    const [header = '', line, last] = serialize(
      createCsvSerializer(() => 'partial, of one', formatCut),
      conversation,
    ).split('\r\n');
    assert.equal(
      line,
      csvLine(header, {
        ...written,
        assistant_name: '"Clinic Desk, night"',
        message_count: '3',
        total_cost: '-0.5',
        ai_enabled: 'true',
        external_identifier: '" 7 "',
        customer_name: "'=1",
        customer_phone: '"a ""b"""',
        variables: '{}',
      }),
    );
    assert.equal(last, `"# partial, of one"${','.repeat(header.split(',').length - 1)}`);
  });

  it('as CSV leaves missing fields empty', () => {
    const [header = '', line] = serialize(
      createCsvSerializer(() => '', formatCut),
      createExported({ variables: { none: null } }),
    ).split('\r\n');
    assert.equal(line, csvLine(header, { ...written, variables: '"{""none"":null}"' }));
  });

  it('as CSV keeps numbers as written', () => {
    const [header = [], row = []] = parseCsv(
      serialize(
        createCsvSerializer(() => '', formatCut),
        createExported({ total_cost: -1e-7, message_count: 3 }),
      ),
    );
    assert.deepEqual([row[header.indexOf('total_cost')], row[header.indexOf('message_count')]], ['-1e-7', '3']);
  });

  it('as JSON contains the filter and why a transcript is missing, and escapes Unicode line separators', () => {
    const all = { ...createExported({ assistant_name: 'a\u2028b\u2029c' }), missed: 'It is gone.' };
    const lines = serialize(createJsonLinesSerializer(), all).trimEnd().split('\n');
    assert.ok(lines.some((line) => line.includes('a\\u2028b\\u2029c')));
    const [header, first] = lines.map((line) => JSON.parse(line) as JsonObject);
    assert.equal((header?.['about'] as JsonObject | undefined)?.['filter'], 'test');
    assert.equal(first?.['transcript_missed'], 'It is gone.');
    assert.ok(!serialize(createJsonLinesSerializer(), createExported()).includes('transcript_missed'));
    assert.match(createJsonSerializer().begin({ ...about, filter: '' }), /"filter": ?null/);
  });

  it('as JSON is one document with a header and a summary', () => {
    for (const count of [0, 1, 3]) {
      const all = Array.from({ length: count }, () =>
        createExported({ message_count: 2, odd: 1 }, [{ role: 'user', content: 'Hi “you”' }]),
      );
      const read = JSON.parse(serialize(createJsonSerializer(), ...all)) as Record<string, unknown>;
      assert.deepEqual(Object.keys(read), ['about', 'conversations', 'summary']);
      assert.deepEqual(read['summary'], {
        conversations: 1,
        complete: false,
        missed: ["1 transcript couldn't be loaded."],
      });
      const conversations = read['conversations'] as { conversation: JsonObject; transcript: JsonObject }[];
      assert.equal(conversations.length, count);
      for (const { conversation, transcript } of conversations) {
        assert.deepEqual([conversation['id'], conversation['odd']], [id, 1]);
        assert.deepEqual(transcript, { history: [{ role: 'user', content: 'Hi “you”' }] });
      }
    }
  });

  it('as JSON Lines has one record per line, even with other line separators in the text', () => {
    const text = serialize(
      createJsonLinesSerializer(),
      createExported({}, [{ role: 'user', content: 'one\ntwo\u2028three\r\nfour' }]),
    );
    assert.equal(text.split(/\r\n|[\n\r\u2028\u2029\u0085]/).length, 4);
    const [first, row, last] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, JsonObject>);
    assert.equal(first?.['about']?.['covers'], 'filter');
    assert.deepEqual(
      (row?.['transcript']?.['history'] as readonly JsonObject[])[0]?.['content'],
      'one\ntwo\u2028three\r\nfour',
    );
    assert.equal(last?.['summary']?.['complete'], false);
  });

  it('as CSV has rows of equal length, with quotes, commas, and line breaks inside cells', () => {
    const text = 'He said "no", twice;\r\nthen\tleft';
    const rows = parseCsv(
      serialize(
        createCsvSerializer(() => 'all, "whole"', formatCut),
        createExported({ assistant_name: 'A, "B"', total_cost: -0.5 }, [{ role: 'user', content: text }]),
      ),
    );
    assert.equal(rows.length, 3);
    const [header = [], row = [], last = []] = rows;
    assert.deepEqual([row.length, last.length], [header.length, header.length]);
    const cell = (name: string): string | undefined => row[header.indexOf(name)];
    assert.deepEqual(
      [cell('assistant_name'), cell('transcript'), cell('total_cost')],
      ['A, "B"', `user: ${text}`, '-0.5'],
    );
    assert.equal(last[0], '# all, "whole"');
  });

  it('as CSV contains tool calls with their arguments and results', () => {
    const calls = [
      { name: 'find', arguments: { day: 'monday' }, result: ['09:00'] },
      { name: 'book', arguments: 'tomorrow', result: 'done' },
      { name: 'end' },
    ];
    const turns = [
      { role: 'assistant', content: 'One moment.', function_calls: calls },
      { role: 'user', content: 'Fine' },
    ];
    const [header = [], row = []] = parseCsv(
      serialize(
        createCsvSerializer(() => '', formatCut),
        createExported({ variables: { a: [1] } }, turns),
      ),
    );
    assert.equal(
      row[header.indexOf('transcript')],
      'assistant: One moment.\nfind({"day":"monday"}) → ["09:00"]\nbook(tomorrow) → done\nend()\nuser: Fine',
    );
    assert.equal(row[header.indexOf('variables')], '{"a":[1]}');
  });

  it('as CSV has no transcript columns if none are requested, and only the ID of an unknown conversation', () => {
    const serializer = createCsvSerializer(() => '', formatCut);
    const text =
      serializer.begin({ ...about, transcripts: false }) +
      serializer.add({ ...createExported(), conversation: undefined });
    const [header = [], row = []] = parseCsv(text);
    assert.ok(!header.includes('transcript') && !header.includes('transcript_missed'));
    assert.equal(row.length, header.length);
    assert.deepEqual(
      row.filter((cell) => cell !== ''),
      [id],
    );
  });

  it('as JSON has only the ID of an unknown conversation', () => {
    const read = JSON.parse(serialize(createJsonSerializer(), { ...createExported(), conversation: undefined })) as {
      conversations: { conversation: JsonObject }[];
    };
    assert.deepEqual(read.conversations[0]?.conversation, { id });
  });

  it('as Markdown has a header and a summary, escaped as plain text', () => {
    const labels: MarkdownExport = {
      title: () => 'All *of* it',
      about: ({ filter }) => [`filter <${filter}>`, 'two'],
      conversation: (each) => `# ${each.id}`,
      summaryTitle: () => 'Summary',
      summary: ({ missed }) => missed,
    };
    assert.equal(
      serialize(createMarkdownSerializer(labels), createExported(), createExported()),
      `# All \\*of\\* it\n\n- filter \\<test\\>\n- two\n\n# ${id}\n\n# ${id}\n\n# Summary\n\n- 1 transcript couldn't be loaded.\n`,
    );
  });

  for (const start of [
    '=1+1',
    '+49 170',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '"=1',
    ' =1',
    "'=1",
    '＝1',
    '-',
    '--5',
  ]) {
    it(`as CSV keeps ${JSON.stringify(start)} from starting a formula`, () => {
      const [header = [], row = []] = parseCsv(
        serialize(
          createCsvSerializer(() => '', formatCut),
          createExported({
            assistant_name: start,
            external_identifier: start,
            customer: { name: start, phone: start },
          }),
        ),
      );
      for (const name of ['assistant_name', 'external_identifier', 'customer_name', 'customer_phone']) {
        const cell = row[header.indexOf(name)] ?? '';
        assert.ok(cell === '' || cell.startsWith("'"), `${name}: ${JSON.stringify(cell)}`);
      }
      const written = row[header.indexOf('assistant_name')] ?? '';
      assert.ok(written.startsWith("'"), written);
      assert.equal(written.replaceAll("'", ''), start.replaceAll("'", ''));
    });
  }

  it('as CSV starts no formula inside a cell after a semicolon, tab, or line break', () => {
    const texts = [
      "Ada;=1+cmd|' /C calc'!A0;x",
      "Hi\n=2+cmd|' /C calc'!A0",
      'a\t@SUM(A1)',
      'a;+49 170',
      "a\n-2+cmd|'x'!A0",
      'a; "=1',
      "a\n- 1+cmd|'x'!A0",
      'a\n- SUM(A1)',
      'a;-',
      'a\r\n＝1',
      ';=1;=2',
    ];
    for (const text of texts) {
      const file = serialize(
        createCsvSerializer(() => '', formatCut),
        createExported({ assistant_name: text }, [{ role: 'user', content: text, function_calls: [] }]),
      );
      for (const cell of file.split(/[;\t\r\n]/)) assert.doesNotMatch(cell, /^[\s"]*[=+\-@＝]/, JSON.stringify(text));
    }
  });

  it('as CSV writes a cell with very many empty lines quickly', () => {
    // Quadratic time would take minutes here.
    const text = `a${'\n'.repeat(30_000)}b`;
    const [header = [], row = []] = parseCsv(
      serialize(
        createCsvSerializer(() => '', formatCut),
        createExported({ assistant_name: text }),
      ),
    );
    assert.equal(row[header.indexOf('assistant_name')], text);
  });

  it('as CSV leaves lists and negative numbers in text unchanged', () => {
    const text = 'You can:\n- come on Monday\n- or call; -5 degrees';
    const [header = [], row = []] = parseCsv(
      serialize(
        createCsvSerializer(() => '', formatCut),
        createExported({ assistant_name: text }),
      ),
    );
    assert.equal(row[header.indexOf('assistant_name')], text.replace('; -5', "; '-5"));
  });

  it('as CSV keeps identifiers and phone numbers from being converted by a spreadsheet', () => {
    const convertible = [
      '00123456',
      '12345678901234567890',
      '12E5',
      '3-11',
      '01717654321',
      '491717654321',
      '1.10',
      '10:30',
      'MAR1',
      "'x",
      '3.11',
      '-05',
      '+049170',
    ];
    for (const [texts, before] of [
      [convertible, "'"],
      [['123456', 'crm-77', 'A-1', 'Marc 5 Main Street'], ''],
    ] as const) {
      for (const text of texts) {
        const [header = [], row = []] = parseCsv(
          serialize(
            createCsvSerializer(() => '', formatCut),
            createExported({ external_identifier: text, total_cost: '0.00450000' }),
          ),
        );
        assert.deepEqual(
          [row[header.indexOf('external_identifier')], row[header.indexOf('total_cost')]],
          [`${before}${text}`, '0.00450000'],
        );
      }
    }
  });

  it('as CSV cuts a cell at the spreadsheet limit, shows how much is missing, and splits no character', () => {
    const maxCellChars = 32_767;
    const formatCell = (name: string, row: JsonObject, history?: readonly JsonObject[]): string => {
      const [header = [], values = []] = parseCsv(
        serialize(
          createCsvSerializer(() => '', formatCut),
          createExported(row, history),
        ),
      );
      return values[header.indexOf(name)] ?? '';
    };
    assert.equal(formatCell('assistant_name', { assistant_name: 'a'.repeat(maxCellChars) }), 'a'.repeat(maxCellChars));
    for (const text of [
      'a'.repeat(maxCellChars + 1),
      `=${'a'.repeat(maxCellChars)}`,
      '😀'.repeat(20_000),
      `a${'😀'.repeat(20_000)}`,
      '"\n;='.repeat(9_000),
    ]) {
      const cells = [
        formatCell('assistant_name', { assistant_name: text }),
        formatCell('transcript', {}, [{ role: 'user', content: text }]),
        formatCell('variables', { variables: { text } }),
      ];
      for (const cell of cells) {
        const [, start = '', missing] = /^([^]*)… \[(\d+) more\]$/.exec(cell) ?? [];
        assert.ok(cell.length <= maxCellChars && cell.length >= maxCellChars - 3, String(cell.length));
        assert.doesNotMatch(cell, /\p{Surrogate}/u);
        assert.ok(start.length + Number(missing) >= text.length, missing);
      }
    }
  });

  it('has a file name without path separators', () => {
    assert.equal(createExportFileName('2026-11-25', 'jsonl'), 'conversations-2026-11-25.jsonl');
    assert.equal(createExportFileName('../../2026/11', 'markdown'), 'conversations-202611.md');
  });
});

describe('Masking', () => {
  const phone = '+49 170 1234567';
  const conversation = createExported(
    {
      customer: { name: phone, phone },
      whatsapp_sender: { name: 'Us', phone: '0049301112233' },
      external_identifier: '491701234567',
      variables: {
        mobile: 491709999988,
        note: `call +491701234567, see ${id}`,
        day: '2026-11-23',
        other: '+31 6 11112222',
      },
    },
    [
      {
        role: 'user',
        content: `I am ${phone}. Or 0170 / 1234567. Room 12.`,
        function_calls: [{ name: 'f', arguments: { phone_number: '017055', id }, result: null }],
      },
    ],
  );
  const textOf = (value: unknown): string => JSON.stringify(value);

  it('leaves two digits of phone numbers in fields and in text that repeats them', () => {
    const text = textOf(maskConversation(conversation, ['phones']));
    for (const hidden of [
      phone,
      '491701234567',
      '0049301112233',
      '491709999988',
      '017055',
      '11112222',
      '0170 / 1234567',
    ])
      assert.ok(!text.includes(hidden), hidden);
    for (const visible of ['…67', '…33', '…88', '…22', '2026-11-23', 'Room 12', id])
      assert.ok(text.includes(visible), visible);
  });

  it('leaves eight characters of IDs and half of short ones', () => {
    const text = textOf(maskConversation(conversation, ['ids']));
    assert.ok(!text.includes(id) && text.includes('7c9e6679…') && text.includes(phone));
    assert.equal(maskConversation({ ...conversation, id: 'abcd', conversation: undefined }, ['ids']).id, 'ab…');
  });

  it('changes nothing without fields to mask', () => {
    assert.equal(maskConversation(conversation, []), conversation);
  });
});
