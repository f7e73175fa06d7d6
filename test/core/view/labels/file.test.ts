import assert from 'node:assert/strict';
import {
  noLabels,
  parseLabels,
  serialiseLabels,
  withAnnotations,
  type LabelsDocument,
} from '../../../../src/core/view/labels/file';
import { longestNote, type Annotation } from '../../../../src/core/model/annotation';

const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
const fileOf = (labels: unknown, more: object = {}): string => JSON.stringify({ version: 1, ...more, labels });

function read(text: string): LabelsDocument {
  const parsed = parseLabels(text);
  assert.equal(parsed.kind, 'read', JSON.stringify(parsed));
  return parsed.kind === 'read' ? parsed.document : noLabels;
}

const withAnnotation = (document: LabelsDocument, key: string, annotation: Annotation): LabelsDocument =>
  withAnnotations(document, new Map([[key, annotation]]));

describe('the labels file', () => {
  it('is written one entry a line, sorted, and read again', () => {
    let document = withAnnotation(noLabels, b, { label: 'bad', note: 'line\n"two"' });
    document = withAnnotation(document, a, { label: 'good' });
    const text = serialiseLabels(document);
    assert.equal(
      text,
      `{\n  "version": 1,\n  "labels": {\n    "${a}": {"label":"good"},\n    "${b}": {"label":"bad","note":"line\\n\\"two\\""}\n  }\n}\n`,
    );
    assert.deepEqual(read(text).annotations, document.annotations);
    assert.equal(serialiseLabels(read(text)), text);
  });

  it('loses an entry with its label and note, and is a file without any', () => {
    const document = withAnnotation(withAnnotation(noLabels, a, { note: 'x' }), a, {});
    assert.equal(serialiseLabels(document), '{\n  "version": 1,\n  "labels": {}\n}\n');
    assert.deepEqual(read(serialiseLabels(document)), noLabels);
    const unlabelled = withAnnotation(read(fileOf({ [a]: { label: 'good' } })), a, {});
    assert.equal(serialiseLabels(unlabelled), serialiseLabels(noLabels));
  });

  it('has notes as they were written, as long as they may be', () => {
    for (const note of ['x'.repeat(longestNote), 'a\ufeffb', 'x\n======= y', 'x ======= y']) {
      assert.deepEqual(read(serialiseLabels(withAnnotation(noLabels, a, { note }))).annotations.get(a), { note });
    }
  });

  it('keeps the digits of numbers that it does not understand', () => {
    const text = fileOf({ [a]: { label: 'good', by: 0 }, short: [0] }, { team: 0 }).replaceAll(
      /\b0\b(?=[\]}])|(?<="team":)0/g,
      '9007199254740993.50',
    );
    const after = serialiseLabels(withAnnotation(read(text), a, { note: 'n' }));
    assert.equal(after.match(/9007199254740993\.50/g)?.length, 3, after);
  });

  it('keeps what it does not understand: entries, fields of entries, fields of the file', () => {
    const text = fileOf(
      { [a]: { label: 'good', by: 'x' }, [b]: { label: 'superb' }, short: { label: 'bad' }, [c]: { by: 'y' } },
      { team: 'z' },
    );
    const document = read(text);
    assert.deepEqual([...document.annotations], [[a, { label: 'good' }]]);
    assert.deepEqual([...document.rejected.keys()].sort(), [b, 'short'].sort());
    const after = JSON.parse(serialiseLabels(withAnnotation(document, a, { note: 'n' }))) as unknown;
    assert.deepEqual(after, {
      version: 1,
      team: 'z',
      labels: { [a]: { note: 'n', by: 'x' }, [b]: { label: 'superb' }, [c]: { by: 'y' }, short: { label: 'bad' } },
    });
    assert.deepEqual(JSON.parse(serialiseLabels(withAnnotation(document, a, {}))), {
      version: 1,
      team: 'z',
      labels: { [a]: { by: 'x' }, [b]: { label: 'superb' }, [c]: { by: 'y' }, short: { label: 'bad' } },
    });
  });

  it('keeps fields and entries that share a name, in their order', () => {
    const text = [
      '{',
      '  "version": 1,',
      '  "team": "x",',
      '  "team": "y",',
      '  "labels": {',
      `    "${a}": {"note":"n","by":1,"by":2,"7":9007199254740993},`,
      `    "${b}": {"label":"good","label":"bad"},`,
      '    "short": {"label":"bad"},',
      '    "short": 12.50',
      '  }',
      '}',
      '',
    ].join('\n');
    const document = read(text);
    assert.deepEqual([...document.annotations], [[a, { note: 'n' }]]);
    assert.equal(serialiseLabels(document), text);
    assert.equal(
      serialiseLabels(withAnnotation(document, a, { label: 'good', note: 'n' })),
      text.replace('"note"', '"label":"good","note"'),
    );
  });

  it('is none where it is nested so deeply that it could not be written again', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const text of [
      `{"version":1,"deep":${deep},"labels":{}}`,
      `{"version":1,"labels":{"short":${deep}}}`,
      `{"version":1,"labels":{"${a}":{"by":${deep}}}}`,
    ]) {
      assert.deepEqual(parseLabels(text), { kind: 'broken', problem: { kind: 'shape' } });
    }
  });

  it('is read with a byte order mark and with CRLF, which it keeps', () => {
    const text = serialiseLabels(withAnnotation(noLabels, a, { label: 'unsure' })).replaceAll('\n', '\r\n');
    const document = read(`\ufeff${text}`);
    assert.deepEqual([...document.annotations], [[a, { label: 'unsure' }]]);
    assert.equal(serialiseLabels(document), text);
  });

  const rejected: readonly (readonly [string, unknown])[] = [
    ['a label of another kind', { label: 7 }],
    ['a label that every object has', { label: 'constructor' }],
    ['a note of another kind', { note: {} }],
    ['an empty note', { note: '  ' }],
    ['a note that is too long', { note: 'x'.repeat(longestNote + 1) }],
    ['no object', 'good'],
    ['a list', ['good']],
    ['nothing', null],
  ];
  for (const [name, entry] of rejected) {
    it(`leaves out, and keeps, an entry with ${name}`, () => {
      const document = read(fileOf({ [a]: entry, [b]: { label: 'good' } }));
      assert.deepEqual([...document.annotations.keys()], [b]);
      assert.deepEqual(JSON.parse(serialiseLabels(document)), {
        version: 1,
        labels: { [a]: entry, [b]: { label: 'good' } },
      });
    });
  }

  it('is not harmed by __proto__', () => {
    const text = `{"version":1,"__proto__":{"polluted":1},"labels":{"__proto__":{"label":"good"},"${a}":{"__proto__":{"label":"bad"},"note":"n"}}}`;
    const document = read(text);
    assert.deepEqual([...document.annotations], [[a, { note: 'n' }]]);
    const again = serialiseLabels(document);
    assert.ok(again.includes('"__proto__": {"polluted":1}') && again.includes('"__proto__": {"label":"good"}'));
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('can be large', () => {
    const labels = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index) => [index.toString(16).padStart(64, '0'), { label: 'good' }]),
    );
    assert.equal(read(fileOf(labels)).annotations.size, 50_000);
  });

  const broken: readonly (readonly [string, string, unknown])[] = [
    ['of no text', '', { kind: 'notJson', line: undefined }],
    ['cut short', `{"version": 1, "labels": {`, undefined],
    ['with a comma too many', `{\n  "version": 1,\n  "labels": {},\n}`, { kind: 'notJson', line: 4 }],
    ['with a line of marks that are no conflict’s', `{\n=======x\n> x\n}`, { kind: 'notJson', line: 2 }],
    ['with the middle of a merge conflict', `{\n=======\n}`, { kind: 'conflict', line: 2 }],
    [
      'with a merge conflict',
      `{\n"version": 1,\n<<<<<<< HEAD\n"labels": {}\n=======\n>>>>>>> x\n}`,
      { kind: 'conflict', line: 3 },
    ],
    ['with a merge conflict and CRLF', `{\r\n=======\r\n}`, { kind: 'conflict', line: 2 }],
    ['that is a list', '[]', { kind: 'shape' }],
    ['that is null', 'null', { kind: 'shape' }],
    ['without a version', '{"labels": {}}', { kind: 'shape' }],
    ['whose labels are a list', fileOf([]), { kind: 'shape' }],
    ['whose version is text', '{"version": "2", "labels": {}}', { kind: 'shape' }],
    ['of a newer version', '{"version": 2}', { kind: 'newer' }],
    [
      'with a key twice',
      `{"version":1,"labels":{\n"${a}":{"label":"good"},\n"${a}":{"label":"bad"}}}`,
      { kind: 'twice', line: 3 },
    ],
    ['with its labels twice', `{"version":1,"labels":{},\n"labels":{"${a}":{}}}`, { kind: 'twice', line: 2 }],
    [
      'with a key twice, and blanks behind it',
      `{"version":1,"labels":{\n"${a}" : {"label":"good"},\n"${a}" : {"label":"bad"}}}`,
      { kind: 'twice', line: 3 },
    ],
  ];
  for (const [name, text, problem] of broken) {
    it(`is broken: one ${name}`, () => {
      const parsed = parseLabels(text);
      assert.equal(parsed.kind, 'broken');
      if (parsed.kind !== 'broken') return;
      if (problem === undefined) assert.equal(parsed.problem.kind, 'notJson');
      else assert.deepEqual(parsed.problem, problem);
    });
  }

  it('takes a key within a note for what it is', () => {
    const document = withAnnotation(withAnnotation(noLabels, a, { label: 'good' }), b, { note: `"${a}": =======` });
    assert.equal(read(serialiseLabels(document)).annotations.size, 2);
  });
});
