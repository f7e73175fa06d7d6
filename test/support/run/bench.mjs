// npm run bench [-- GROUP…]: builds, packages, and measures against controls of the same run.
import { installMissing } from './install.mjs';
import { exitCodeOf, run, script } from './process.mjs';

try {
  await installMissing();
  const { makeVsix } = await import('./package.mjs');
  await run(...script('esbuild.mjs', '--tests'));
  const vsix = await makeVsix();
  process.exitCode = await exitCodeOf(...script('out/test/bench/main.cjs', ...process.argv.slice(2)), {
    AIPLOYEES_VSIX: vsix,
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
