import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { bytesOf, extensionBudget, firstLoaded, loadedWith, packageBudget, packedBytes } from '../support/budget';
import { projectRoot } from '../support/host/paths';

const folder = join(projectRoot, 'dist', 'parts');

describe('the bundle', function () {
  this.timeout(20_000);

  it('loads at activation one small file', () => {
    const loaded = loadedWith(firstLoaded.activation);
    assert.deepEqual(loaded, [firstLoaded.activation]);
    const bytes = bytesOf(loaded);
    assert.ok(
      bytes <= extensionBudget / 10,
      `${bytes} bytes are loaded; what activation does not need belongs in the app`,
    );
  });

  it('loads no more than its budget until the tree is shown', () => {
    const loaded = loadedWith(firstLoaded.app);
    assert.ok(loaded.includes(firstLoaded.app));
    const bytes = bytesOf([firstLoaded.activation, ...loaded]);
    assert.ok(bytes <= extensionBudget, `${bytes} bytes are loaded; load what is not needed at once with import()`);
  });

  it('leaves for later what sends requests, shows conversations, and the sample data', () => {
    const loaded = loadedWith(firstLoaded.app);
    const parts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    const text = parts.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    for (const later of ['clients', 'panels', 'inProcess', 'exportConversations', 'search', 'comparisons', 'follow']) {
      const part = parts.find((name) => name.startsWith(`${later}-`));
      assert.ok(part, `${later} is no part`);
      assert.ok(text.includes(`require("./${part}")`), `${later} is asked for by nobody`);
      assert.ok(!loaded.includes(join(folder, part)), `${later} is loaded with the app`);
    }
  });

  it('has each module once, however many parts need it', () => {
    const maps = readdirSync(folder).filter((name) => name.endsWith('.js.map'));
    assert.ok(maps.length > 0);
    const sources = maps.flatMap((name) => {
      const map = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly sources: readonly string[] };
      return map.sources
        .map((source) => normalize(join(folder, source)))
        .filter((source) => source.startsWith(join(projectRoot, 'src')));
    });
    assert.ok(sources.includes(join(projectRoot, 'src', 'core', 'store', 'store.ts')));
    assert.deepEqual(
      sources.filter((source, index) => sources.indexOf(source) !== index),
      [],
    );
  });

  it('has scripts and styles that can stand in a page', () => {
    for (const name of ['details', 'usage']) {
      const [script, style] = [`${name}.js`, `${name}-style.css`].map((file) =>
        readFileSync(join(projectRoot, 'dist', file), 'utf8'),
      );
      assert.ok(script !== undefined && script.length > 1000 && style !== undefined && style.length > 1000);
      assert.doesNotMatch(script, /<\/script|<!--/i);
      assert.doesNotMatch(style, /<\/style/i);
    }
  });

  it('makes a package within its budget', async () => {
    const bytes = await packedBytes();
    assert.ok(bytes > 50_000 && bytes <= packageBudget, `${bytes} bytes`);
  });
});
