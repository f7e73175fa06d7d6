// Runs the tests that drive the packaged extension as a person does, in the VS Code that the environment names.
import { join } from 'node:path';
import { projectRoot } from '../host/paths';
import { runMocha } from './runMocha';

void runMocha([join(projectRoot, 'out', 'test', 'ui')], 90_000).then(({ failed }) => {
  process.exit(failed === 0 ? 0 : 1);
});
