import { statSync } from 'node:fs';
import { bytesOf, extensionBudget, firstLoaded, loadedWith, packageBudget } from '../../support/budget';
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
  const files = [...loadedWith(firstLoaded.activation), ...loadedWith(firstLoaded.app)];
  return Promise.resolve([
    bytes(
      'Extension bundle',
      bytesOf(files),
      extensionBudget,
      'what activation loads, and what the first look at the tree loads beside it, minified',
    ),
    bytes('Package', statSync(vsix).size, packageBudget, 'the .vsix'),
  ]);
}
