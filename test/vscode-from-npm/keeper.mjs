// Runs a command in a process group of its own and ends the whole group when whoever asked for it is gone: standard
// input is the leash, and the system lets go of it even when the asker is killed.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

/** A signal to this very process comes with it; the handlers below make that harmless for anything but SIGKILL. */
function signalGroup(signal) {
  process.kill(process.platform === 'win32' ? child.pid : -process.pid, signal);
}

function end() {
  if (ending) return;
  ending = true;
  // Where extension hosts are measured, the server first waits for what they write: see test/support/coverage/inServer.mjs.
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
