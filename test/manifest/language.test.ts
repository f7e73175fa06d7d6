import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../support/paths';

interface Text {
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

interface Finding extends Text {
  readonly match: string;
  readonly instead: string;
}

describe('the language of the project', function () {
  // Parses every file of the project.
  this.timeout(60_000);

  it('follows the style guide in UI strings, docs, comments, test titles and names (npm run language)', async () => {
    const { counts, findings, projectTexts } = await language();
    const texts = projectTexts();
    const checked = Object.entries(counts(texts)).map(([kind, count]) => `${kind} ${count}`);
    process.stdout.write(`      Checked: ${checked.join(', ')}\n`);
    const found = texts.flatMap(findings);
    assert.equal(found.length, 0, found.slice(0, 50).map(describeFinding).join('\n'));
  });

  it('is collected from strings, comments, titles and declarations, but not from code', async () => {
    const { fileTexts } = await language();
    const source = [
      '/** Returns `it`. */',
      "const label = vscode.l10n.t('Open {0}', name); // At the end",
      '// of the line.',
      "function count(rows: string[]) { return /\\/\\/ no comment/.test('// nor this'); }",
      "it(`counts ${rows} rows`, () => plural(rows, '{0} row', '{0} rows'));",
    ].join('\n');
    assert.deepEqual(
      fileTexts('test/sample.ts', source).map(({ kind, line, text }) => [
        kind,
        line,
        text.replaceAll(/\s+/g, ' ').trim(),
      ]),
      [
        ['names', 1, 'sample'],
        ['names', 2, 'label'],
        ['ui', 2, 'Open {0}'],
        ['names', 4, 'count'],
        ['names', 4, 'rows'],
        ['titles', 5, 'counts {} rows'],
        ['ui', 5, '{0} row'],
        ['ui', 5, '{0} rows'],
        ['comments', 1, 'Returns .'],
        ['comments', 2, 'At the end of the line.'],
      ],
    );
  });

  it('is checked word by word in names, and across line breaks in sentences', async () => {
    const { findings } = await language();
    const check = (kind: string, text: string): string[] =>
      findings({ kind, file: 'src/a.ts', line: 1, text }).map(({ line, match }) => `${line} ${match}`);
    assert.deepEqual(check('names', 'toldOfBadAddress'), ['1 told']);
    assert.deepEqual(check('names', 'untold'), []);
    assert.deepEqual(check('comments', 'Loads the\nlist anew if it has\nno rows.'), ['2 anew']);
    assert.deepEqual(check('comments', 'Loads the list again if it has no rows.'), []);
    assert.deepEqual(check('ui', 'It cannot be saved.'), ['1 cannot']);
  });

  it('can be judged by a random sample, which a seed repeats', async () => {
    const { sampleTexts } = await language();
    const texts = Array.from({ length: 200 }, (_, line) => ({ kind: 'ui', file: 'a.ts', line, text: `Text ${line}` }));
    const sample = sampleTexts(texts, 'ui', 50, 7);
    assert.equal(new Set(sample.map(({ text }) => text)).size, 50);
    assert.deepEqual(sampleTexts(texts, 'ui', 50, 7), sample);
    assert.notDeepEqual(sampleTexts(texts, 'ui', 50, 8), sample);
    assert.deepEqual(sampleTexts(texts, 'names', 50, 7), []);
  });
});

function describeFinding({ file, line, text, match, instead }: Finding): string {
  return `${file}:${line}  [${match}] ${text} -> ${instead}`;
}

interface Language {
  readonly projectTexts: () => Text[];
  readonly fileTexts: (file: string, source: string) => Text[];
  readonly findings: (text: Text) => Finding[];
  readonly counts: (texts: readonly Text[]) => Record<string, number>;
  readonly sampleTexts: (texts: readonly Text[], kind: string, count: number, seed: number) => Text[];
}

async function language(): Promise<Language> {
  const modules = await Promise.all(
    ['texts', 'check', 'sample'].map(
      (name) =>
        import(pathToFileURL(join(projectRoot, 'test', 'support', 'language', `${name}.mjs`)).href) as Promise<object>,
    ),
  );
  return Object.assign({}, ...modules) as Language;
}
