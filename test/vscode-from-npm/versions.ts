import pinned from './versions.json';

/** A package of the npm registry with version and hash. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Hash of the tarball, as `npm view NAME@VERSION dist.integrity` prints it. */
  readonly integrity: string;
}

/** A VS Code server, which the npm package `code-server` contains in `lib/vscode`. */
export interface VsCodeBuild {
  readonly version: string;
  readonly codeServer: PinnedPackage;
  /** Major versions of Node that the server runs on. */
  readonly nodeMajors: readonly number[];
}

/** The version that `engines.vscode` of package.json promises. */
export const oldest: VsCodeBuild = pinned.oldest;
export const newest: VsCodeBuild = pinned.newest;

/** The search program of all platforms, in `bin/PLATFORM-ARCH`. */
export const ripgrep: PinnedPackage = pinned.ripgrep;

/** Node 24 as an npm package, by `process.platform-process.arch`. */
export const node24: Readonly<Record<string, PinnedPackage>> = pinned.node24;

/** The build of a version such as `1.100.3`. Throws for a version that isn't pinned. */
export function findBuild(version: string): VsCodeBuild {
  const build = [oldest, newest].find((each) => each.version === version);
  if (build === undefined) throw new Error(`versions.json has no VS Code ${version}.`);
  return build;
}
