import type { Figure } from '../support/figure';
import { runInHost } from '../support/hostRun';
import { median, repeats } from '../support/statistics';

/** How long VS Code takes to activate the packaged extension, bundle loading included, beside a hello-world in the same host. */
export async function figures(): Promise<readonly Figure[]> {
  const vsix = process.env['AIPLOYEES_VSIX'];
  if (vsix === undefined) throw new Error('AIPLOYEES_VSIX is missing.');
  const windows = Array.from({ length: repeats }, (_, turn) => ({
    AIPLOYEES_BENCH_TURN: turn % 2 === 0 ? 'even' : 'odd',
  }));
  const measured = await runInHost<Record<'ours' | 'hello' | 'firstLook', number>>({
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
      value: { amount: median(measured.map(({ ours }) => ours)), unit: 'ms' },
      control,
      atMost: 2,
      ceiling: 30,
    },
    // Without a goal: lest what activation no longer does is taken for done.
    {
      what: 'activate(), and all that a first look loads and builds',
      method: `${method}; then a command that is done at once, there and back through VS Code`,
      value: { amount: median(measured.map(({ ours, firstLook }) => ours + firstLook)), unit: 'ms' },
      control,
    },
  ];
}
