import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newest, oldest } from '../../vscode-from-npm/versions';
import { downloads } from '../paths';
import { startProxy } from './proxy';
import { secretKeyLength } from '../../vscode-from-npm/secretKey';
import { startServer, type VsCodeServer } from '../../vscode-from-npm/server';
import { startSampleServer, type SampleServer } from '../sampleServer';
import { quietSettings } from '../../vscode-from-npm/window';

const preferredPort = 8137;
const preferredSamplePort = 8138;
const home = join(downloads, 'start');
/** Makes the extension start with sample data, unless an account was selected. */
const onSampleData = { AIPLOYEES_SAMPLE: '1' };

/** Opens a VS Code in the browser with the packaged extension installed. Resolves when it ends or is interrupted. */
export async function startInBrowser(vsix: string): Promise<void> {
  const userDataDir = join(home, 'profile');
  await writeOnce(join(userDataDir, 'User', 'settings.json'), JSON.stringify(quietSettings, undefined, 2));
  const server = await startNewest(userDataDir, vsix);
  const secretKey = Buffer.from(
    await writeOnce(join(home, 'secret-key'), randomBytes(secretKeyLength).toString('hex')),
    'hex',
  );
  const proxy = await startProxy({ targetPort: server.port, preferredPort, secretKey });
  const sample = await startSampleAccount();
  const url = `${proxy.url}?ew=true`;
  console.log(
    [
      '',
      `VS Code ${server.version} with the extension is at`,
      '',
      `    ${url}`,
      '',
      'Click the AIployees icon in the activity bar: it shows sample data.',
      'For your own conversations run "AIployees: Set API Key…" from the command palette (F1).',
      `To try accounts, keys and errors without a server of yours, run "AIployees: Add Account…" with ${sample.url}`,
      'and any key such as 1|try: the sample data, over HTTP.',
      '',
      'Ctrl+C ends it.',
      '',
    ].join('\n'),
  );
  openInBrowser(url);
  await Promise.race([waitForInterrupt(), server.ended]);
  proxy.close();
  await sample.close();
  await server.dispose();
}

/** Opens the installed `code` with the packaged extension in its own profile. Resolves when the window is closed. */
export async function startOnDesktop(vsix: string): Promise<void> {
  const profile = [
    ...['--user-data-dir', join(home, 'desktop')],
    ...['--extensions-dir', join(home, 'desktop-extensions')],
  ];
  await runCode([...profile, '--install-extension', vsix, '--force']);
  console.log('Opening VS Code. Click the AIployees icon in the activity bar. Ctrl+C here ends it.');
  // --verbose keeps the command running as long as its window.
  await runCode([...profile, '--new-window', '--skip-welcome', '--verbose']);
}

async function startNewest(userDataDir: string, vsix: string): Promise<VsCodeServer> {
  const options = { userDataDir, vsix, env: onSampleData };
  try {
    return await startServer({ ...options, version: newest.version });
  } catch (error) {
    console.error(`VS Code ${newest.version} can't run here (${(error as Error).message}); taking ${oldest.version}.`);
    return startServer({ ...options, version: oldest.version });
  }
}

/** Prefers a constant port, so that an added account still works after the next start. */
async function startSampleAccount(): Promise<SampleServer> {
  try {
    return await startSampleServer({ port: preferredSamplePort });
  } catch {
    return startSampleServer();
  }
}

/** Returns the file's content. Writes `content` first if there is no file. */
async function writeOnce(file: string, content: string): Promise<string> {
  if (existsSync(file)) return readFile(file, 'utf8');
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, content, { mode: 0o600 });
  return content;
}

function waitForInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/** Without a browser, the user has the printed URL. */
function openInBrowser(url: string): void {
  const usual = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(process.env['BROWSER'] ?? usual, [url], { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
}

function runCode(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('code', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...onSampleData },
      shell: process.platform === 'win32',
    });
    let ending = false;
    void waitForInterrupt().then(() => {
      ending = true;
      child.kill();
    });
    child.on('error', () => {
      reject(
        new Error(
          'There is no `code` command. Install VS Code, run "Shell Command: Install \'code\' command in PATH" in it, ' +
            'and try again; or use `npm start` without --desktop.',
        ),
      );
    });
    child.on('close', (code) => {
      if (code === 0 || ending) resolve();
      else reject(new Error(`code ended with ${code}.`));
    });
  });
}
