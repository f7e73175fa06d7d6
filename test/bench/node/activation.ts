import type { Figure } from '../support/figure';
import { runInHost } from '../support/hostRun';
import { median, repeats } from '../support/statistics';

/**
 * Measures how long VS Code takes to activate the packaged extension, including loading the bundle, against a hello-
 * world extension.
 */
export async function figures(): Promise<readonly Figure[]> {
  const vsix = process.env['AIPLOYEES_VSIX'];
  if (vsix === undefined) throw new Error('AIPLOYEES_VSIX is missing.');
  const windows = Array.from({ length: repeats }, (_, index) => ({
    AIPLOYEES_BENCH_TURN: index % 2 === 0 ? 'even' : 'odd',
  }));
  const measured = await runInHost<Record<'product' | 'hello' | 'firstLook', number>>({
    folder: 'activation',
    windows,
    vsix,
  });
  const method = `Extension.activate() in ${repeats} fresh extension hosts, in turns before and after a hello-world extension, median`;
  const control = { amount: median(measured.map(({ hello }) => hello)), unit: 'ms', of: 'hello world' } as const;
  return [
    {
      what: 'activate(), bundle loading included',
      method,
      value: { amount: median(measured.map(({ product }) => product)), unit: 'ms' },
      control,
      atMost: 2,
      ceiling: 30,
    },
    // No goal: it shows that work removed from activation isn't only postponed.
    {
      what: 'activate(), plus everything that the first use loads',
      method: `${method}; then a command that returns immediately, through VS Code`,
      value: { amount: median(measured.map(({ product, firstLook }) => product + firstLook)), unit: 'ms' },
      control,
    },
  ];
}
