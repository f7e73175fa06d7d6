// Runs, in plain Node, the tests of the folders named as arguments (under out/test), or else of every folder that needs no VS Code.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../host/paths';
import { runMocha } from './runMocha';

const compiled = join(projectRoot, 'out', 'test');
const elsewhere = new Set(['bench', 'host', 'laravel', 'ui', 'support']);
const named = process.argv.slice(2);
const folders =
  named.length > 0 ? named : readdirSync(compiled).filter((name) => !elsewhere.has(name) && !name.includes('.'));

void runMocha(
  folders.map((folder) => join(compiled, folder)),
  10_000,
).then(({ failed }) => {
  // What a failed test left open (a server, a timer) must not keep the run from ending.
  process.exit(failed === 0 ? 0 : 1);
});
