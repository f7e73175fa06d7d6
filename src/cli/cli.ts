import { readFileSync } from 'node:fs';
import { toTerminalText } from '../core/report/terminalText';
import { parseCommand, usage } from './options';
import { Printer } from './printer';
import { CliRefusal } from './cliRefusal';
import { type ExitCode, runTestCommand } from './testCommand';

/** The package's version. The bundle is at `dist/cli/cli.js` of the repository and of the package. */
function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

async function main(): Promise<ExitCode> {
  const { env, stdout, stderr } = process;
  // The tests continue if the receiver of the output ends early, as `head` does.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const hasColors = (env['NO_COLOR'] ?? '') === '';
  const output = new Printer((text) => void stdout.write(text), hasColors && stdout.isTTY);
  const messages = new Printer((text) => void stderr.write(text), hasColors && stderr.isTTY);
  const command = parseCommand(process.argv.slice(2), env['GITHUB_ACTIONS'] === 'true');
  switch (command.kind) {
    case 'help':
      stdout.write(usage);
      return 0;
    case 'version':
      output.line(readVersion());
      return 0;
    case 'wrong':
      messages.line(toTerminalText(command.reason));
      messages.line('Run aiployees-conversations --help for the options.');
      return 2;
    case 'test':
      return test(command.options, output, messages);
  }
}

async function test(
  options: Parameters<typeof runTestCommand>[0],
  output: Printer,
  messages: Printer,
): Promise<ExitCode> {
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(130);
    messages.line('Stopping after the reply. Press Ctrl+C again to stop immediately.');
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await runTestCommand(options, {
      env: process.env,
      version: readVersion(),
      output,
      messages,
      stop: stop.signal,
    });
  } catch (error) {
    if (error instanceof CliRefusal) {
      messages.line(toTerminalText(error.message));
      return stop.signal.aborted ? 130 : 2;
    }
    // Node's exit code for errors would mean that a test failed.
    messages.line(
      toTerminalText(`Unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    );
    return 3;
  }
}

process.exitCode = await main();
