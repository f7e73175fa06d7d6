import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { appOutputs, bytesOf, firstLoaded, loadedWith, packageBudget, packedBytes } from '../support/budget';
import { projectRoot } from '../support/paths';

describe('The bundle', function () {
  this.timeout(20_000);

  it('loads one small file at activation', () => {
    const bytes = bytesOf([firstLoaded.activation]);
    assert.ok(bytes <= 10_000, `${bytes} bytes are loaded; move what activation does not need into the app`);
    assert.match(readFileSync(firstLoaded.activation, 'utf8'), /\bimport\("\.\/app\.js"\)/);
  });

  it('loads the client, panels, and sample data later', () => {
    const loaded = loadedWith(firstLoaded.app);
    assert.ok(loaded.includes(firstLoaded.app));
    const chunks = Object.keys(appOutputs());
    for (const later of ['clients', 'panels', 'inProcess', 'export', 'search', 'documents', 'testing']) {
      const chunk = chunks.find((path) => basename(path).startsWith(`${later}-`));
      assert.ok(chunk, `${later} is not a chunk`);
      assert.ok(!loaded.includes(join(projectRoot, chunk)), `${later} is loaded with the app`);
    }
    const inputs = loaded.flatMap((path) => Object.keys(appOutputs()[relative(projectRoot, path)]?.inputs ?? {}));
    assert.deepEqual(
      inputs.filter((input) => input.includes('node_modules/yaml/')),
      [],
    );
  });

  it('has at most 12 chunks', () => {
    const chunks = Object.keys(appOutputs());
    assert.ok(chunks.length <= 12, chunks.join('\n'));
  });

  it('contains each module once, however many chunks need it', () => {
    const sources = Object.values(appOutputs()).flatMap(({ inputs }) =>
      Object.keys(inputs).filter((input) => input.startsWith('src/')),
    );
    assert.ok(sources.includes('src/core/store/store.ts'));
    assert.deepEqual(
      sources.filter((source, index) => sources.indexOf(source) !== index),
      [],
    );
  });

  it('has scripts and styles that can be inlined in a page', () => {
    for (const name of ['details', 'usage']) {
      const [script, style] = [`${name}.js`, `${name}-style.css`].map((file) =>
        readFileSync(join(projectRoot, 'dist', file), 'utf8'),
      );
      assert.ok(script !== undefined && script.length > 1000 && style !== undefined && style.length > 1000);
      assert.doesNotMatch(script, /<\/script|<!--/i);
      assert.doesNotMatch(style, /<\/style/i);
    }
  });

  it('stays within the budget of the package size', async () => {
    const bytes = await packedBytes();
    assert.ok(bytes > 50_000 && bytes <= packageBudget, `${bytes} bytes`);
  });
});
