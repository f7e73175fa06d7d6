// npm start [-- --desktop]: opens a VS Code with the extension, from a fresh clone.
import { createRequire } from 'node:module';
import { installMissing } from './install.mjs';
import { run, script } from './process.mjs';

try {
  await installMissing();
  const { makeVsix } = await import('./package.mjs');
  const vsix = await makeVsix();
  await run(...script('esbuild.mjs', '--support'));
  const { startInBrowser, startOnDesktop } = createRequire(import.meta.url)(
    '../../../out/test/support/run/openVsCode.cjs',
  );
  await (process.argv.includes('--desktop') ? startOnDesktop(vsix) : startInBrowser(vsix));
  process.exit(0);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
