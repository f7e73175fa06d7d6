// Loaded into VS Code's server before its own code. An extension host writes its coverage only when it exits by itself,
// and the server doesn't pass NODE_OPTIONS to it. So each host loads `inHost.mjs`, and on SIGUSR2 the server ends its
// hosts, waits for them, and exits.
import childProcess from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { findFile } from './extensionFiles.mjs';

const inHost = new URL('./inHost.mjs', import.meta.url).href;
const folder = process.env.AIPLOYEES_HOST_COVERAGE;
const { fork } = childProcess;
const exit = process.exit.bind(process);
const running = new Set();

childProcess.fork = (module, args, options) => {
  if (!args?.includes('--type=extensionHost')) return fork(module, args, options);
  const host = fork(module, args, {
    ...options,
    execArgv: ['--import', inHost, ...withoutThis(options.execArgv ?? [])],
    env: { ...options.env, NODE_V8_COVERAGE: folder },
  });
  running.add(host);
  host.on('exit', () => {
    removeOtherScripts(host.pid);
    running.delete(host);
  });
  return host;
};
syncBuiltinESMExports();

process.on('SIGUSR2', () => {
  const ended = [...running].map((host) => new Promise((resolve) => host.on('exit', resolve)));
  for (const host of running) host.kill();
  void Promise.all(ended).then(() => exit());
});

/** VS Code passes on its own arguments. */
function withoutThis(args) {
  const at = args.findIndex((argument) => argument.endsWith('inServer.mjs'));
  return at < 1 ? args : args.toSpliced(at - 1, 2);
}

/** Most of the coverage belongs to VS Code's own scripts: megabytes per window. */
function removeOtherScripts(pid) {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(`coverage-${pid}-`))) {
    const file = join(folder, name);
    const { result } = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ result: result.filter(({ url }) => findFile(url) !== undefined) }));
  }
}
