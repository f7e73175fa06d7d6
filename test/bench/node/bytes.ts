import { statSync } from 'node:fs';
import { bytesOf, firstLoaded, loadedWith, packageBudget } from '../../support/budget';
import type { Figure } from '../support/figure';

/** Measures the size of the bundle and the package. */
export function figures(): Promise<readonly Figure[]> {
  const vsix = process.env['AIPLOYEES_VSIX'];
  if (vsix === undefined) throw new Error('AIPLOYEES_VSIX is missing.');
  const files = [firstLoaded.activation, ...loadedWith(firstLoaded.app)];
  const budget = { amount: packageBudget, unit: 'B', of: 'budget' } as const;
  return Promise.resolve([
    // No goal: the activation group checks the time instead.
    {
      what: 'Extension bundle until the tree is shown',
      method: 'files loaded by activation and by showing the tree, minified',
      value: { amount: bytesOf(files), unit: 'B' },
      control: { amount: statSync(vsix).size, unit: 'B', of: 'package' },
    },
    {
      what: 'Package',
      method: 'the .vsix',
      value: { amount: statSync(vsix).size, unit: 'B' },
      control: budget,
      ceiling: packageBudget,
    },
  ]);
}
