import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './commands';
import { findBuild } from './versions';
import { projectRoot } from '../support/paths';
import { extensionsForTests, installBuild, type InstalledBuild } from './install';

export interface ServerOptions {
  /** One of the versions in `versions.json`. */
  readonly version: string;
  /** Profile folder: settings, state, logs. */
  readonly userDataDir: string;
  /** Defaults to a folder inside `userDataDir`. */
  readonly extensionsDir?: string;
  /** A packaged extension to install before the start. */
  readonly vsix?: string;
  /** Content of `Machine/settings.json`, for `machine`-scoped settings such as `aiployees.baseUrl`. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Extensions under development need it. With it, VS Code 1.139 shows no notification toasts. */
  readonly smokeDriver?: boolean;
  /** `for tests`: without the built-in extensions that start in each window. */
  readonly builtinExtensions?: 'all' | 'for tests';
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Arguments of Node, also for the extension hosts. */
  readonly nodeArguments?: readonly string[];
  /** Whether a run that measures coverage measures the extension hosts of this server. True by default. */
  readonly coverage?: boolean;
  /** Added to the environment of this process, also for the extension hosts. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface VsCodeServer {
  readonly version: string;
  readonly url: string;
  readonly port: number;
  readonly userDataDir: string;
  /** Output of the server so far. */
  log(): string;
  /** Resolves when the server has exited. */
  readonly ended: Promise<void>;
  /** Stops the server and all its processes. */
  dispose(): Promise<void>;
}

const started = /Extension host agent listening on (\d+)/;

/** Starts a VS Code server on 127.0.0.1, and resolves when it accepts connections. It ends with this process. */
export async function startServer(options: ServerOptions): Promise<VsCodeServer> {
  const build = await installBuild(findBuild(options.version));
  const folders = await prepareFolders(options);
  if (options.vsix !== undefined)
    await runServerOnce(build, [...folders, '--install-extension', options.vsix, '--force']);
  const child = spawn(
    process.execPath,
    [
      join(projectRoot, 'test', 'vscode-from-npm', 'keeper.mjs'),
      build.node,
      ...(options.coverage === false ? [] : measuring()),
      ...(options.nodeArguments ?? []),
      build.serverMain,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'],
      ...(options.smokeDriver === true ? ['--enable-smoke-test-driver'] : []),
      ...(options.builtinExtensions === 'for tests'
        ? ['--builtin-extensions-dir', await extensionsForTests(build)]
        : []),
      ...folders,
    ],
    { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: { ...serverEnvironment(), ...options.env } },
  );
  return whenListening(child, options);
}

async function prepareFolders(options: ServerOptions): Promise<string[]> {
  const extensionsDir = options.extensionsDir ?? join(options.userDataDir, 'extensions');
  const machine = join(options.userDataDir, 'Machine');
  await mkdir(extensionsDir, { recursive: true });
  await mkdir(machine, { recursive: true });
  if (options.machineSettings) {
    await writeFile(join(machine, 'settings.json'), JSON.stringify(options.machineSettings, undefined, 2));
  }
  return [
    ...['--extensions-dir', extensionsDir],
    ...['--server-data-dir', options.userDataDir],
    ...['--user-data-dir', options.userDataDir],
  ];
}

async function runServerOnce(build: InstalledBuild, args: readonly string[]): Promise<void> {
  await runCommand(build.node, [build.serverMain, '--accept-server-license-terms', ...args], {
    env: serverEnvironment(),
  });
}

/**
 * In a VS Code terminal, the server would take itself for a part of that window. Without a gallery, it sends no requests
 * to other machines.
 */
function serverEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => name === 'VSCODE_TEST_OPTIONS' || !/^(?:VSCODE_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{}' };
}

/** Arguments that make extension hosts write their coverage, if the run measures it. */
function measuring(): string[] {
  const wanted = (process.env['AIPLOYEES_HOST_COVERAGE'] ?? '') !== '' && process.platform !== 'win32';
  return wanted ? ['--import', join(projectRoot, 'test', 'support', 'coverage', 'inServer.mjs')] : [];
}

function whenListening(child: ChildProcess, options: ServerOptions): Promise<VsCodeServer> {
  let log = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const dispose = (): Promise<void> => {
    child.stdin?.end();
    return ended;
  };
  return new Promise((resolve, reject) => {
    const collect = (chunk: string): void => {
      const before = log;
      log += chunk;
      const port = started.exec(log)?.[1];
      if (port === undefined || started.test(before)) return;
      const { version, userDataDir } = options;
      const url = `http://127.0.0.1:${port}`;
      resolve({ version, url, port: Number(port), userDataDir, log: () => log, ended, dispose });
    };
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);
    child.stdin?.on('error', () => undefined); // The keeper has exited already, which `ended` reports.
    child.once('error', reject);
    void ended.then(() => reject(new Error(`VS Code ${options.version} did not start:\n${log}`)));
  });
}
