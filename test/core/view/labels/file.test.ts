import assert from 'node:assert/strict';
import {
  noLabels,
  parseLabels,
  serializeLabels,
  withAnnotations,
  type LabelsDocument,
} from '../../../../src/core/view/labelsFile';
import { maxNoteChars, type Annotation } from '../../../../src/core/model/annotation';

const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
const formatFile = (labels: unknown, more: object = {}): string => JSON.stringify({ version: 1, ...more, labels });

function parseFile(text: string): LabelsDocument {
  const parsed = parseLabels(text);
  assert.equal(parsed.kind, 'read', JSON.stringify(parsed));
  return parsed.kind === 'read' ? parsed.document : noLabels;
}

const withAnnotation = (document: LabelsDocument, key: string, annotation: Annotation): LabelsDocument =>
  withAnnotations(document, new Map([[key, annotation]]));

describe('The labels file', () => {
  it('is written sorted, one entry per line, and can be parsed again', () => {
    let document = withAnnotation(noLabels, b, { label: 'bad', note: 'line\n"two"' });
    document = withAnnotation(document, a, { label: 'good' });
    const text = serializeLabels(document);
    assert.equal(
      text,
      `{\n  "version": 1,\n  "labels": {\n    "${a}": {"label":"good"},\n    "${b}": {"label":"bad","note":"line\\n\\"two\\""}\n  }\n}\n`,
    );
    assert.deepEqual(parseFile(text).annotations, document.annotations);
    assert.equal(serializeLabels(parseFile(text)), text);
  });

  it('drops an entry when its label and note are removed, even the last one', () => {
    const document = withAnnotation(withAnnotation(noLabels, a, { note: 'x' }), a, {});
    assert.equal(serializeLabels(document), '{\n  "version": 1,\n  "labels": {}\n}\n');
    assert.deepEqual(parseFile(serializeLabels(document)), noLabels);
    const unlabelled = withAnnotation(parseFile(formatFile({ [a]: { label: 'good' } })), a, {});
    assert.equal(serializeLabels(unlabelled), serializeLabels(noLabels));
  });

  it('keeps notes up to the maximum length unchanged', () => {
    for (const note of ['x'.repeat(maxNoteChars), 'a\ufeffb', 'x\n======= y', 'x ======= y']) {
      assert.deepEqual(parseFile(serializeLabels(withAnnotation(noLabels, a, { note }))).annotations.get(a), { note });
    }
  });

  it('keeps the digits of unknown numbers', () => {
    const text = formatFile({ [a]: { label: 'good', by: 0 }, short: [0] }, { team: 0 }).replaceAll(
      /\b0\b(?=[\]}])|(?<="team":)0/g,
      '9007199254740993.50',
    );
    const after = serializeLabels(withAnnotation(parseFile(text), a, { note: 'n' }));
    assert.equal(after.match(/9007199254740993\.50/g)?.length, 3, after);
  });

  it('keeps unknown entries, fields of entries, and fields of the file', () => {
    const text = formatFile(
      { [a]: { label: 'good', by: 'x' }, [b]: { label: 'superb' }, short: { label: 'bad' }, [c]: { by: 'y' } },
      { team: 'z' },
    );
    const document = parseFile(text);
    assert.deepEqual([...document.annotations], [[a, { label: 'good' }]]);
    assert.deepEqual([...document.rejected.keys()].sort(), [b, 'short'].sort());
    const after = JSON.parse(serializeLabels(withAnnotation(document, a, { note: 'n' }))) as unknown;
    assert.deepEqual(after, {
      version: 1,
      team: 'z',
      labels: { [a]: { note: 'n', by: 'x' }, [b]: { label: 'superb' }, [c]: { by: 'y' }, short: { label: 'bad' } },
    });
    assert.deepEqual(JSON.parse(serializeLabels(withAnnotation(document, a, {}))), {
      version: 1,
      team: 'z',
      labels: { [a]: { by: 'x' }, [b]: { label: 'superb' }, [c]: { by: 'y' }, short: { label: 'bad' } },
    });
  });

  it('keeps duplicate fields and entries in order', () => {
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
    const document = parseFile(text);
    assert.deepEqual([...document.annotations], [[a, { note: 'n' }]]);
    assert.equal(serializeLabels(document), text);
    assert.equal(
      serializeLabels(withAnnotation(document, a, { label: 'good', note: 'n' })),
      text.replace('"note"', '"label":"good","note"'),
    );
  });

  it('is rejected if it is nested too deep to be written', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const text of [
      `{"version":1,"deep":${deep},"labels":{}}`,
      `{"version":1,"labels":{"short":${deep}}}`,
      `{"version":1,"labels":{"${a}":{"by":${deep}}}}`,
    ]) {
      assert.deepEqual(parseLabels(text), { kind: 'broken', problem: { kind: 'shape' } });
    }
  });

  it('is parsed with a byte order mark and with CRLF, which it keeps', () => {
    const text = serializeLabels(withAnnotation(noLabels, a, { label: 'unsure' })).replaceAll('\n', '\r\n');
    const document = parseFile(`\ufeff${text}`);
    assert.deepEqual([...document.annotations], [[a, { label: 'unsure' }]]);
    assert.equal(serializeLabels(document), text);
  });

  const rejected: readonly (readonly [string, unknown])[] = [
    ['a label that is not text', { label: 7 }],
    ['a label named like an inherited property', { label: 'constructor' }],
    ['a note that is not text', { note: {} }],
    ['an empty note', { note: '  ' }],
    ['a note that is too long', { note: 'x'.repeat(maxNoteChars + 1) }],
    ['text instead of an object', 'good'],
    ['a list instead of an object', ['good']],
    ['null instead of an object', null],
  ];
  for (const [name, entry] of rejected) {
    it(`ignores but keeps an entry with ${name}`, () => {
      const document = parseFile(formatFile({ [a]: entry, [b]: { label: 'good' } }));
      assert.deepEqual([...document.annotations.keys()], [b]);
      assert.deepEqual(JSON.parse(serializeLabels(document)), {
        version: 1,
        labels: { [a]: entry, [b]: { label: 'good' } },
      });
    });
  }

  it('handles __proto__ safely', () => {
    const text = `{"version":1,"__proto__":{"polluted":1},"labels":{"__proto__":{"label":"good"},"${a}":{"__proto__":{"label":"bad"},"note":"n"}}}`;
    const document = parseFile(text);
    assert.deepEqual([...document.annotations], [[a, { note: 'n' }]]);
    const rewritten = serializeLabels(document);
    assert.ok(rewritten.includes('"__proto__": {"polluted":1}') && rewritten.includes('"__proto__": {"label":"good"}'));
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('can be large', () => {
    const labels = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index) => [index.toString(16).padStart(64, '0'), { label: 'good' }]),
    );
    assert.equal(parseFile(formatFile(labels)).annotations.size, 50_000);
  });

  const broken: readonly (readonly [string, string, unknown])[] = [
    ['that is empty', '', { kind: 'notJson', line: undefined }],
    ['that is cut off', `{"version": 1, "labels": {`, undefined],
    ['with a trailing comma', `{\n  "version": 1,\n  "labels": {},\n}`, { kind: 'notJson', line: 4 }],
    ['with a line that only looks like a conflict marker', `{\n=======x\n> x\n}`, { kind: 'notJson', line: 2 }],
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
    ['whose labels are a list', formatFile([]), { kind: 'shape' }],
    ['whose version is text', '{"version": "2", "labels": {}}', { kind: 'shape' }],
    ['of a newer version', '{"version": 2}', { kind: 'newer' }],
    [
      'with a duplicate key',
      `{"version":1,"labels":{\n"${a}":{"label":"good"},\n"${a}":{"label":"bad"}}}`,
      { kind: 'twice', line: 3 },
    ],
    ['with duplicate labels', `{"version":1,"labels":{},\n"labels":{"${a}":{}}}`, { kind: 'twice', line: 2 }],
    [
      'with a duplicate key followed by a space',
      `{"version":1,"labels":{\n"${a}" : {"label":"good"},\n"${a}" : {"label":"bad"}}}`,
      { kind: 'twice', line: 3 },
    ],
  ];
  for (const [name, text, problem] of broken) {
    it(`reports a file ${name} as broken`, () => {
      const parsed = parseLabels(text);
      assert.equal(parsed.kind, 'broken');
      if (parsed.kind !== 'broken') return;
      if (problem === undefined) assert.equal(parsed.problem.kind, 'notJson');
      else assert.deepEqual(parsed.problem, problem);
    });
  }

  it("doesn't mistake text in a note for a key", () => {
    const document = withAnnotation(withAnnotation(noLabels, a, { label: 'good' }), b, { note: `"${a}": =======` });
    assert.equal(parseFile(serializeLabels(document)).annotations.size, 2);
  });
});
