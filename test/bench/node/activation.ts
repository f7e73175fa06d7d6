import type { Figure } from '../support/figure';
import { runInHost } from '../support/hostRun';
import { median, repeats } from '../support/statistics';

/** How long VS Code takes to activate the packaged extension, bundle loading included, beside a hello-world in the same host. */
export async function figures(): Promise<readonly Figure[]> {
  const vsix = process.env['AIPLOYEES_VSIX'];
  if (vsix === undefined) throw new Error('AIPLOYEES_VSIX is missing.');
  const windows = Array.from({ length: repeats }, (_, turn) => ({ AIPLOYEES_BENCH_TURN: turn % 2 === 0 ? 'even' : 'odd' }));
  const measured = await runInHost<Record<'ours' | 'hello', number>>({ folder: 'activation', windows, vsix });
  return [
    {
      what: 'activate(), bundle loading included',
      method: `Extension.activate() in ${repeats} fresh extension hosts, in turns before and after a hello-world extension, median`,
      value: { amount: median(measured.map(({ ours }) => ours)), unit: 'ms' },
      control: { amount: median(measured.map(({ hello }) => hello)), unit: 'ms', of: 'hello world' },
      atMost: 2,
      ceiling: 30,
    },
  ];
}
