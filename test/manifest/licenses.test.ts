import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/paths';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

describe('Bundled packages', function () {
  this.timeout(60_000);

  it('are listed with licenses that allow distribution', () => {
    const { status, stderr } = spawnSync(process.execPath, ['test/support/run/licenses.mjs', '--check'], {
      cwd: projectRoot,
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });

  it('are listed in the extension package', () => {
    assert.match(read('.vscodeignore'), /^!THIRD-PARTY-LICENSES\.md$/m);
    assert.match(read('THIRD-PARTY-LICENSES.md'), /^\| node-fetch \| \d/m);
  });

  it('are pinned to exact versions, and each download to a hash and HTTPS', () => {
    const { dependencies = {}, devDependencies } = JSON.parse(read('package.json')) as Manifest;
    assert.deepEqual(dependencies, {}, 'the bundles contain all packages');
    const unpinned = Object.entries(devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    assert.deepEqual(unpinned, []);
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Readonly<
        Record<string, { readonly integrity?: string; readonly resolved?: string; readonly link?: boolean }>
      >;
    };
    const unhashed = Object.entries(packages).filter(
      ([path, { integrity }]) => path !== '' && !/^sha512-/.test(integrity ?? ''),
    );
    assert.deepEqual(
      unhashed.map(([path]) => path),
      [],
    );
    assert.ok(
      Object.values(packages).every(({ resolved }) => resolved === undefined || resolved.startsWith('https://')),
    );
  });
});
