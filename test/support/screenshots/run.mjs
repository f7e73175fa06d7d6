// npm run screenshots: takes the README's pictures anew, from the packaged extension in a running VS Code.
import { installMissing } from '../run/install.mjs';
import { run, script } from '../run/process.mjs';

await installMissing();
const { makeVsix } = await import('../run/package.mjs');
const vsix = await makeVsix();
await run(...script('esbuild.mjs', '--support'));
await run(...script('out/test/support/screenshots/take.cjs', vsix));
