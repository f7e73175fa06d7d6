import { spawn } from 'node:child_process';

/** Runs a command. Rejects with its output if the exit code isn't 0. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (cause) => reject(new Error(`${command} could not be started.`, { cause })));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${code ?? signal}:\n${stderr || stdout}`));
    });
  });
}

/** Runs npm with the settings (registry, cache) of the npm that started this process. */
export function runNpm(args: readonly string[], cwd: string): Promise<string> {
  const cli = process.env['npm_execpath'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--no-update-notifier'];
  return cli?.endsWith('.js')
    ? runCommand(process.execPath, [cli, ...args, ...quiet], { cwd })
    : runCommand('npm', [...args, ...quiet], { cwd });
}
