// npm run monkey [-- --actions N] [--seed S] [--vscode VERSION] [--replay FILE]: builds, packages, and runs random plans.
import { installMissing } from './install.mjs';
import { exitCodeOf, run, script } from './process.mjs';

try {
  await installMissing();
  const { makeVsix } = await import('./package.mjs');
  const vsix = await makeVsix();
  await run(...script('esbuild.mjs', '--tests'));
  process.exitCode = await exitCodeOf(...script('out/test/monkey/main.cjs', ...process.argv.slice(2)), {
    AIPLOYEES_VSIX: vsix,
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
