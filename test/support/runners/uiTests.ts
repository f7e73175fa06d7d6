// Runs the tests that drive the packaged extension as a person does, in the VS Code that the environment names: those of the
// files named as arguments ("hostile" is out/test/ui/hostile.test.cjs), or else all of them. Forked, it is told one file after
// the other, as `{ file, results }`, answers each, and ends when it is let go.
import { join } from 'node:path';
import { projectRoot } from '../host/paths';
import { endSharedVsCode } from '../ui/sharedVsCode';
import { runMocha } from './runMocha';

const folder = join(projectRoot, 'out', 'test', 'ui');
const timeout = 90_000;
const pathOf = (name: string): string => join(folder, `${name}.test.cjs`);

interface Job {
  readonly file: string;
  /** Path of the file for the counts. */
  readonly results: string;
}

if (process.send) {
  process.on('message', ({ file, results }: Job) => {
    void runMocha([pathOf(file)], timeout, results).then(() => process.send?.('done'));
  });
  process.once('disconnect', () => void endSharedVsCode().then(() => process.exit(0)));
} else {
  const named = process.argv.slice(2).map(pathOf);
  void runMocha(named.length > 0 ? named : [folder], timeout)
    .finally(endSharedVsCode)
    .then(({ failed }) => process.exit(failed === 0 ? 0 : 1));
}
