// npm run laravel: builds the tests and runs lists and exports against a real Laravel.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installMissing } from '../support/run/install.mjs';
import { exitCodeOf, run, script, tool } from '../support/run/process.mjs';

const framework = '/usr/share/php/Illuminate/autoload.php';

if (spawnSync('php', ['-r', 'exit(extension_loaded("pdo_sqlite") ? 0 : 1);']).status !== 0 || !existsSync(framework)) {
  console.error(
    'Not run: a real Laravel is not installed. On Debian or Ubuntu: apt-get install php-cli php-sqlite3 php-laravel-framework',
  );
  process.exitCode = 1;
} else {
  await installMissing();
  await run(...script('esbuild.mjs', '--tests'));
  const mocha = tool(
    'mocha/bin/mocha.js',
    '--no-config',
    '--timeout',
    '10000',
    '--exit',
    'out/test/laravel/**/*.test.cjs',
  );
  process.exitCode = await exitCodeOf(...mocha, {});
}
