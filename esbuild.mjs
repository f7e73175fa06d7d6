// Builds the extension (dist/), with --production for the package; with --tests also the tests (out/), with --support
// only their part that runs VS Code, and with --watch repeatedly, for debugging. With --inputs it builds nothing, and
// prints the source files of the extension (JSON).
import { build, context } from 'esbuild';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const flags = new Set(process.argv.slice(2));
const watch = flags.has('--watch');

/**
 * node-fetch has its own web streams, blobs, and forms for runtimes without them. VS Code 1.100 and later has them, and
 * they are two thirds of node-fetch's size in the bundle. The remaining uses are replaced by the platform's own; its
 * other features (files as blobs, `data:` URLs, forms in responses) aren't used.
 */
const withoutPolyfills = {
  name: 'without-polyfills',
  setup(builder) {
    const polyfills =
      /^(?:web-streams-polyfill|fetch-blob|formdata-polyfill|data-uri-to-buffer)(?:$|\/)|^\.\/utils\/multipart-parser\.js$/;
    // An external import makes no chunk. It would load the parser of forms, and no response is a form.
    builder.onResolve({ filter: polyfills }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : { path, namespace: 'platform' },
    );
    builder.onLoad({ filter: /^web-streams-polyfill/, namespace: 'platform' }, () => ({
      contents: 'module.exports = {};',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'platform' }, () => ({
      contents: `export const { Blob, File, FormData } = globalThis;
        export default Blob;
        export const [formDataToBlob, fileFromSync, fileFrom, blobFromSync, blobFrom] = [];`,
    }));
  },
};

/** Bundles the ES module of `yaml`, which is smaller. For Node, the package offers only CommonJS. */
const withYamlModule = {
  name: 'with-yaml-module',
  setup(builder) {
    builder.onResolve({ filter: /^yaml$/ }, () => ({ path: join(root, 'node_modules/yaml/browser/index.js') }));
  },
};

/** Replaces `import()` of a module by the file that it is built as. */
function builtByItself(module, file) {
  return {
    name: 'built-by-itself',
    setup(builder) {
      builder.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) =>
        kind === 'dynamic-import' && path === module ? { path: file, external: true } : undefined,
      );
    },
  };
}

/**
 * Declares to esbuild that the app is loaded before any of its chunks, so that it puts the code they share with the app
 * in one chunk instead of one for each combination of chunks.
 */
function withAppLoaded(entry) {
  return {
    name: 'with-app-loaded',
    setup(builder) {
      builder.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const found = await builder.resolve(path, { kind: 'import-statement', importer, resolveDir });
        return found.errors.length > 0 || found.external ? found : { path: found.path, namespace: 'chunk' };
      });
      builder.onLoad({ filter: /./, namespace: 'chunk' }, ({ path }) => ({
        contents: `export * from ${JSON.stringify(path)}; import ${JSON.stringify(join(root, entry))};`,
        resolveDir: dirname(path),
      }));
    },
  };
}

/** Writes the contents of each chunk, for the tests of the bundle's limits. */
function metafileAt(file) {
  return {
    name: 'metafile-at',
    setup: (builder) =>
      builder.onEnd(({ metafile }) => metafile && writeFileSync(join(root, file), JSON.stringify(metafile))),
  };
}

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: !watch,
  // Keeps characters as they are: escapes are longer, and most UI strings have an apostrophe or ellipsis.
  charset: 'utf8',
  // The package has no source maps and doesn't refer to them; coverage needs them to report lines of the sources.
  sourcemap: flags.has('--production') ? 'external' : true,
  sourcesContent: false,
  logLevel: 'info',
};

/** @type {import('esbuild').BuildOptions} */
const inHost = { ...shared, outdir: 'dist', platform: 'node', target: 'node20', external: ['vscode'] };

/**
 * The file that VS Code activates. It stays CommonJS: as an ES module, a hello world takes 3 to 15 ms longer.
 * @type {import('esbuild').BuildOptions}
 */
const activation = {
  ...inHost,
  entryPoints: { extension: 'src/extension.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  plugins: [builtByItself('./app', './app.js')],
};

/** @type {import('esbuild').BuildOptions} */
const app = {
  ...inHost,
  entryPoints: { app: 'src/app.ts' },
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
  plugins: [withoutPolyfills, withYamlModule, withAppLoaded('src/app.ts'), metafileAt('dist/app.meta.json')],
};

/**
 * The command line, one file without dependencies, which is in a package of its own.
 * @type {import('esbuild').BuildOptions}
 */
const cli = {
  ...inHost,
  external: [],
  entryPoints: { 'cli/cli': 'src/cli/cli.ts' },
  format: 'esm',
  banner: { js: '#!/usr/bin/env node' },
  plugins: [withoutPolyfills, withYamlModule],
};

/** @type {import('esbuild').BuildOptions} */
const pages = {
  ...shared,
  entryPoints: {
    details: 'media/details/main.ts',
    'details-markdown': 'media/details/markdownSyntax.ts',
    'details-style': 'media/details/style.css',
    usage: 'media/usage/main.ts',
    'usage-style': 'media/usage/style.css',
  },
  outdir: 'dist',
  platform: 'browser',
  target: 'chrome128',
  format: 'iife',
  loader: { '.svg': 'text' },
};

/** @type {import('esbuild').BuildOptions} */
const tests = {
  ...shared,
  minify: false,
  sourcemap: 'inline',
  logLevel: 'warning',
  entryPoints: readdirSync(new URL('test', import.meta.url), { recursive: true })
    // Playwright loads the UI tests from their sources.
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !/^(?:ui|support\/ui)\//.test(path))
    .map((path) => `test/${path}`),
  outdir: 'out/test',
  outbase: 'test',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  external: ['vscode', 'mocha', 'playwright-core', '@sparticuz/chromium', '@vscode/vsce', 'esbuild', 'typescript'],
  plugins: [withoutPolyfills],
};

/** Tests of error messages and prompts. They are minified like the package, and use the stub of VS Code. */
const usesVscodeStub = (path) => path.startsWith('test/faults/') || path.startsWith('test/shell/');

/** @type {import('esbuild').BuildOptions} */
const faults = {
  ...tests,
  minify: true,
  entryPoints: tests.entryPoints.filter(usesVscodeStub),
  external: tests.external.filter((name) => name !== 'vscode'),
  alias: { vscode: './test/support/vscodeStub.ts' },
};
tests.entryPoints = tests.entryPoints.filter((path) => !usesVscodeStub(path));

/** @type {import('esbuild').BuildOptions} */
const support = { ...tests, entryPoints: tests.entryPoints.filter((path) => path.startsWith('test/support/')) };

const shipped = flags.has('--support') ? [] : [activation, app, cli, pages];
const tested = flags.has('--tests') ? [tests, faults] : flags.has('--support') ? [support] : [];
const builds = [...shipped, ...tested];
if (flags.has('--inputs')) {
  const made = await Promise.all(
    shipped.map((options) => build({ ...options, write: false, metafile: true, logLevel: 'error' })),
  );
  console.log(JSON.stringify(made.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
} else if (watch) {
  const contexts = await Promise.all(builds.map((options) => context(options)));
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  if (flags.has('--tests')) rmSync(new URL('out/test', import.meta.url), { recursive: true, force: true });
  if (shipped.length > 0) rmSync(new URL('dist', import.meta.url), { recursive: true, force: true });
  await Promise.all(builds.map((options) => build(options)));
}
