import pinned from './versions.json';

/** One package of the npm registry, by exact version and content. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity (sha512) of the tarball, as `npm view NAME@VERSION dist.integrity` tells. */
  readonly integrity: string;
}

/** A VS Code to run: the server that the npm package `code-server` carries under `lib/vscode`. */
export interface VsCodeBuild {
  readonly version: string;
  readonly codeServer: PinnedPackage;
  /** Major versions of Node that the server is known to run on. */
  readonly nodeMajors: readonly number[];
}

/** The version that `engines.vscode` of package.json promises. */
export const oldest: VsCodeBuild = pinned.oldest;
export const newest: VsCodeBuild = pinned.newest;

/** Node 24 as an npm package, by `process.platform-process.arch`. */
export const node24: Readonly<Record<string, PinnedPackage>> = pinned.node24;

/** The build of a version such as `1.100.3`. Throws for a version that isn't pinned. */
export function buildOf(version: string): VsCodeBuild {
  const build = [oldest, newest].find((each) => each.version === version);
  if (build === undefined) throw new Error(`versions.json has no VS Code ${version}.`);
  return build;
}
