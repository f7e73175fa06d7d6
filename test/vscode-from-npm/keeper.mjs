// Runs a command in its own process group, and ends the group when the parent process is gone: the system closes standard
// input even if the parent is killed.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

/** The group includes this process. The handlers below make that harmless except for SIGKILL. */
function signalGroup(signal) {
  process.kill(process.platform === 'win32' ? child.pid : -process.pid, signal);
}

function end() {
  if (ending) return;
  ending = true;
  // A measured server waits until its extension hosts have written their coverage: see
  // test/support/coverage/inServer.mjs.
  const measured = args.some((argument) => argument.endsWith('inServer.mjs'));
  if (measured) child.kill('SIGUSR2');
  else signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), measured ? 60_000 : 5000);
}

process.stdin.on('end', end).on('error', end).resume();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);
child.on('error', (error) => {
  console.error(`${command} could not be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (!ending) console.error(`${command} ended by itself with ${code ?? signal}`);
  ending = true;
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), 150);
});
