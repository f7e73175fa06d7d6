import { transform } from 'esbuild';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/**
 * What is loaded at run time is asked for by `require`: VS Code gives `vscode` to that alone in each of its versions.
 * @type {import('esbuild').BuildOptions}
 */
export const requiring = { format: 'cjs', supported: { 'dynamic-import': false } };

/** Leaves an `import()` to a file that is built by itself. */
export function asFile(module, file) {
  return {
    name: 'as-file',
    setup(builder) {
      builder.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) =>
        kind === 'dynamic-import' && path === module ? { path: file, external: true } : undefined,
      );
    },
  };
}

/** The part that an `import()` asks for; its namespace tells it from the module itself, which may be imported elsewhere. */
const part = 'part';

/**
 * Splits the app where it says `import()`: what it needs at once, and parts that are loaded when they are first used.
 * esbuild splits modules of the web's kind only, and VS Code wants `require`; so what it made is written as the other kind.
 * @param entry path of the app's first file
 */
export function inParts(entry) {
  return {
    name: 'in-parts',
    setup(builder) {
      const options = builder.initialOptions;
      const maps = options.sourcemap;
      Object.assign(options, { format: 'esm', splitting: true, chunkNames: 'parts/[name]-[hash]', write: false });
      if (maps) options.sourcemap = 'inline';

      builder.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const found = await builder.resolve(path, { kind: 'import-statement', importer, resolveDir });
        return found.errors.length > 0 || found.external ? found : { path: found.path, namespace: part };
      });
      // With all that is there at once behind each part, esbuild keeps that together: one file instead of dozens.
      builder.onLoad({ filter: /./, namespace: part }, ({ path }) => ({
        contents: `export * from ${JSON.stringify(path)}; import ${JSON.stringify(resolve(options.absWorkingDir, entry))};`,
        resolveDir: dirname(path),
      }));

      let before = [];
      builder.onEnd(async ({ outputFiles = [] }) => {
        const written = (
          await Promise.all(outputFiles.map(({ path, text }) => asCommonJs(path, text, options, maps)))
        ).flat();
        const now = new Set(written.map(([path]) => path));
        for (const path of before) if (!now.has(path)) rmSync(path, { force: true });
        before = [...now];
        for (const [path, text] of written) {
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, text);
        }
      });
    },
  };
}

/** @returns the files to write, each with its text */
async function asCommonJs(path, text, { minify, charset, target, sourcesContent }, maps) {
  const { code, map } = await transform(text, {
    ...requiring,
    minify,
    charset,
    target,
    ...(maps && { sourcemap: 'external', sourcesContent, sourcefile: path }),
  });
  const asRequired = withoutCopies(code);
  if (!maps) return [[path, asRequired]];
  return [
    [path, `${asRequired}//# sourceMappingURL=${basename(path)}.map\n`],
    [`${path}.map`, map],
  ];
}

/**
 * What `require` gives is copied by esbuild, name by name, wherever a module says `import * as` or `import()`: for code that may
 * mix the two kinds of modules. Nothing here does, and the hundreds of names of `vscode`, copied by dozens of modules,
 * were a third of what activation took. The text keeps its length, so that its source map stays right.
 */
function withoutCopies(code) {
  return code.replace(
    /([\w$]+)(\(require\("(?:vscode|\.[^"]*)"\)\))|(?<=module\.exports=)([\w$]+)(\([\w$]+\))/g,
    (_, ...groups) => {
      const [copying, what] = groups[0] === undefined ? [groups[2], groups[3]] : groups;
      return ' '.repeat(copying.length) + what;
    },
  );
}
