import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/paths';
import { bundleOf, usedStrings } from '../support/l10n/strings';

describe('The UI strings', () => {
  const used = usedStrings(projectRoot);

  it('are literals, so that they can be translated', () => {
    assert.deepEqual(used.untranslatable, []);
    assert.ok(used.strings.length > 50, 'no strings were found');
  });

  it('are exactly those of the bundle (see test/support/l10n/export.ts)', () => {
    const bundle = JSON.parse(readFileSync(join(projectRoot, 'l10n', 'bundle.l10n.json'), 'utf8')) as object;
    assert.deepEqual(Object.keys(bundle).sort(), used.strings);
    assert.equal(readFileSync(join(projectRoot, 'l10n', 'bundle.l10n.json'), 'utf8'), bundleOf(used.strings));
  });

  it('have placeholders numbered without gaps', () => {
    for (const string of used.strings) {
      const numbers = new Set([...string.matchAll(/\{(\d+)\}/g)].map(([, number]) => Number(number)));
      assert.deepEqual(
        [...numbers].sort(),
        [...numbers].sort().map((_, index) => index),
        string,
      );
    }
  });
});
