// npm run screenshots: takes the README's screenshots of the packaged extension in VS Code.
import { installMissing } from '../run/install.mjs';
import { run, script } from '../run/process.mjs';

await installMissing();
const { makeVsix } = await import('../run/package.mjs');
const vsix = await makeVsix();
await run(...script('esbuild.mjs', '--support'));
await run(...script('out/test/support/screenshots/take.cjs', vsix));
