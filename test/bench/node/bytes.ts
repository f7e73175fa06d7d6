import { statSync } from 'node:fs';
import { bytesOf, firstLoaded, loadedWith, packageBudget } from '../../support/budget';
import type { Figure } from '../support/figure';

/** Bytes of what ships. */
export function figures(): Promise<readonly Figure[]> {
  const vsix = process.env['AIPLOYEES_VSIX'];
  if (vsix === undefined) throw new Error('AIPLOYEES_VSIX is missing.');
  const files = [firstLoaded.activation, ...loadedWith(firstLoaded.app)];
  const budget = { amount: packageBudget, unit: 'B', of: 'budget' } as const;
  return Promise.resolve([
    // Without a goal: time is what counts, and the activation group holds it.
    {
      what: 'Extension bundle until the tree is shown',
      method: 'what activation loads, and what the first look at the tree loads beside it, minified',
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
