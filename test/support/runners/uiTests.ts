// Runs the tests that drive the packaged extension as a person does, in the VS Code that the environment names: those of the
// files named as arguments ("hostile" is out/test/ui/hostile.test.js), or else all of them.
import { join } from 'node:path';
import { projectRoot } from '../host/paths';
import { runMocha } from './runMocha';

const folder = join(projectRoot, 'out', 'test', 'ui');
const named = process.argv.slice(2).map((name) => join(folder, `${name}.test.js`));

void runMocha(named.length > 0 ? named : [folder], 90_000).then(({ failed }) => {
  process.exit(failed === 0 ? 0 : 1);
});
