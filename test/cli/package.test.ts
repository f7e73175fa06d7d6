import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { usage } from '../../src/cli/options';
import { projectRoot } from '../support/paths';
import { Folder, writeSuite } from './support';

const execute = promisify(execFile);
const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

describe('The package of the command line', function () {
  this.timeout(120_000);
  let folder: Folder;
  let file: string;

  before(async () => {
    folder = new Folder();
    const { makeTgz } = (await import(
      pathToFileURL(join(projectRoot, 'test', 'support', 'run', 'package.mjs')).href
    )) as { makeTgz: (destination: string) => Promise<string> };
    file = await makeTgz(folder.path);
  });
  after(() => folder.remove());

  it('runs by npm exec, without other packages', async () => {
    folder.write('a.conversation.yaml', writeSuite([{ description: 'talks', turns: [['Hi']] }]));
    const exec = ['exec', '--yes', '--offline', `--package=${file}`, '--', 'aiployees-conversations'];
    const { stdout } = await execute('npm', [...exec, 'test', '--dry-run'], { cwd: folder.path });
    assert.match(stdout, /^1 test in 1 file: 1 message in 1 test conversation\n {2}a\.conversation\.yaml › talks\n/);
    await assert.rejects(
      execute('npm', [...exec, 'test'], { cwd: folder.path, env: { ...process.env, AIPLOYEES_API_KEY: '' } }),
      {
        code: 2,
      },
    );
  });

  it('has one file, its manifest, its docs, and the licenses', async () => {
    const { stdout } = await execute('tar', ['-tzf', file]);
    assert.deepEqual(stdout.trim().split('\n').sort(), [
      'package/LICENSE',
      'package/README.md',
      'package/THIRD-PARTY-LICENSES.md',
      'package/dist/cli/cli.js',
      'package/package.json',
    ]);
    const { stdout: text } = await execute('tar', ['-xzOf', file, 'package/package.json']);
    const manifest = JSON.parse(text) as Record<string, unknown>;
    const { version } = JSON.parse(read('package.json')) as { version: string };
    assert.deepEqual([manifest['name'], manifest['version']], ['aiployees-conversations', version]);
    assert.deepEqual(manifest['bin'], { 'aiployees-conversations': 'dist/cli/cli.js' });
    assert.deepEqual(manifest['engines'], { node: '>=20' });
    for (const field of ['dependencies', 'scripts', 'private', 'devDependencies'])
      assert.equal(manifest[field], undefined);
  });

  it("isn't in the extension's package", async () => {
    const { listFiles, PackageManager } = await import('@vscode/vsce');
    const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
    assert.ok(files.includes('dist/app.js') && files.some((path) => path.startsWith('dist/chunks/')));
    assert.deepEqual(
      files.filter((path) => path.includes('cli/')),
      [],
    );
  });

  it('is documented with all options, exit codes, and environment variables', () => {
    const docs = read('docs/command-line.md');
    const names = [...usage.matchAll(/--[a-z-]+|AIPLOYEES_\w+|NO_COLOR/g)].map(([name]) => name);
    assert.ok(names.length > 15);
    for (const name of names.filter((each) => each !== '--help' && each !== '--version')) {
      assert.ok(docs.includes(`\`${name}`), `${name} is missing in docs/command-line.md`);
    }
    for (const code of [0, 1, 2, 3, 130]) assert.match(docs, new RegExp(`^\\| ${code} +\\|`, 'm'));
  });

  it('has a workflow for GitHub Actions that passes the key only to the tests', () => {
    const { jobs } = parse(read('docs/github-actions.yml')) as {
      jobs: Record<string, { steps: { run?: string; env?: Record<string, string> }[] }>;
    };
    assert.deepEqual(
      Object.entries(jobs).map(([name, { steps }]) => [name, steps.filter(({ env }) => env !== undefined).length]),
      [
        ['check', 0],
        ['test', 1],
      ],
    );
    const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    for (const command of commands) assert.match(command, /-- ?\n?aiployees-conversations test/);
  });
});
