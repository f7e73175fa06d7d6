import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { runCommand } from './commands';
import { projectRoot } from '../support/paths';
import { madeOnce } from './downloads';

interface BrowserProgram {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Switches off what a headless tab doesn't need. */
const quietly = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  // Windows load only from this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Returns options of a headless Chromium: the one in the environment, or an installed one, or the one from npm. */
export async function browserOptions(): Promise<LaunchOptions> {
  const program = installedBrowser() ?? (await browserFromNpm());
  return {
    executablePath: program.executable,
    args: [...quietly, ...program.args],
    env: { ...definedOnly(process.env), ...program.env },
  };
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await browserOptions());
}

function installedBrowser(): BrowserProgram | undefined {
  const named = process.env['AIPLOYEES_BROWSER'] ?? process.env['CHROME_PATH'];
  if (named !== undefined && !existsSync(named)) throw new Error(`There is no browser at ${named}.`);
  const executable = named ?? usualPlaces().find((path) => existsSync(path));
  return executable === undefined ? undefined : { executable, args: [], env: {} };
}

function usualPlaces(): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
}

/**
 * The npm package contains a headless Chromium with the libraries and fonts that a bare Linux lacks. It unpacks into the
 * temporary folder, and a killed run would leave an incomplete browser there. So it gets a folder of the project.
 */
async function browserFromNpm(): Promise<BrowserProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium was found. Install one, or name it in AIPLOYEES_BROWSER.');
  }
  const packageJson = join(projectRoot, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  const { version } = JSON.parse(await readFile(packageJson, 'utf8')) as { version: string };
  const folder = await madeOnce(`chromium-${version}`, async (staging) => {
    const script = "import('@sparticuz/chromium').then((module) => module.default.executablePath())";
    await runCommand(process.execPath, ['--eval', script], {
      cwd: projectRoot,
      // The second variable makes it unpack the system libraries too.
      env: { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
  });
  return {
    executable: join(folder, 'chromium'),
    args: ['--no-zygote'],
    env: {
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter),
      FONTCONFIG_FILE: await fontConfiguration(folder),
    },
  };
}

/** The package's own font configuration names folders of a cloud service. */
async function fontConfiguration(folder: string): Promise<string> {
  const file = join(folder, 'fonts.conf');
  if (existsSync(file)) return file;
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  await mkdir(join(folder, 'font-cache'), { recursive: true });
  const half = `${file}.${process.pid}`;
  await writeFile(
    half,
    [
      '<?xml version="1.0"?>',
      '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
      '<fontconfig>',
      ...folders.map((each) => `  <dir>${each}</dir>`),
      `  <cachedir>${join(folder, 'font-cache')}</cachedir>`,
      '</fontconfig>',
    ].join('\n'),
  );
  await rename(half, file);
  return file;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
