import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../paths';

/** Packages the extension and creates the folder for the workers' findings. Environment variables name both. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const findings = await mkdtemp(join(tmpdir(), 'aiployees-findings-'));
  process.env['AIPLOYEES_RUN_FINDINGS'] = findings;
  if (process.env['AIPLOYEES_VSIX'] === undefined) {
    const { href } = pathToFileURL(join(projectRoot, 'test', 'support', 'run', 'package.mjs'));
    const { makeVsix } = (await import(href)) as { makeVsix: () => Promise<string> };
    process.env['AIPLOYEES_VSIX'] = await makeVsix();
  }
  return () => rm(findings, { recursive: true, force: true });
}
