import { statSync } from 'node:fs';
import { join } from 'node:path';
import { activationBudget, bytesOf, loadedAtActivation, packageBudget } from '../../support/budget';
import { projectRoot } from '../../support/host/paths';
import type { Figure } from '../support/figure';

/** Bytes of what ships. */
export function figures(): Promise<readonly Figure[]> {
  const vsix = process.env['AIPLOYEES_VSIX'];
  if (vsix === undefined) throw new Error('AIPLOYEES_VSIX is missing.');
  const bytes = (what: string, amount: number, ceiling: number, method: string): Figure => ({
    ...{ what, method, ceiling },
    value: { amount, unit: 'B' },
    control: { amount: ceiling, unit: 'B', of: 'budget' },
  });
  const main = join(projectRoot, 'dist', 'extension.js');
  return Promise.resolve([
    bytes('Extension bundle', bytesOf(loadedAtActivation(main)), activationBudget, 'extension.js and what it requires before activate() can run, minified'),
    bytes('Package', statSync(vsix).size, packageBudget, 'the .vsix'),
  ]);
}
