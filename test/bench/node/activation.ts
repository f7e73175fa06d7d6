import type { Figure } from '../support/figure';
import { runInHost } from '../support/hostRun';
import { median, repeats } from '../support/statistics';

/** How long VS Code takes to activate the packaged extension, bundle loading included, beside a hello-world in the same host. */
export async function figures(): Promise<readonly Figure[]> {
  const vsix = process.env['AIPLOYEES_VSIX'];
  if (vsix === undefined) throw new Error('AIPLOYEES_VSIX is missing.');
  const windows = Array.from({ length: repeats }, (_, turn) => ({ AIPLOYEES_BENCH_TURN: turn % 2 === 0 ? 'even' : 'odd' }));
  const measured = await runInHost<Record<'ours' | 'hello' | 'firstLook', { readonly cpu: number; readonly ms: number }>>({ folder: 'activation', windows, vsix });
  const method = `Extension.activate() in ${repeats} fresh extension hosts, in turns before and after a hello-world extension, median`;
  return [
    {
      what: 'activate(), bundle loading included',
      method: `${method}; processor time, for others may keep the processor busy`,
      value: { amount: median(measured.map(({ ours }) => ours.cpu)), unit: 'ms' },
      control: { amount: median(measured.map(({ hello }) => hello.cpu)), unit: 'ms', of: 'hello world' },
      atMost: 2,
    },
    {
      what: 'activate(), by the clock',
      method,
      value: { amount: median(measured.map(({ ours }) => ours.ms)), unit: 'ms' },
      control: { amount: median(measured.map(({ hello }) => hello.ms)), unit: 'ms', of: 'hello world' },
      atMost: 2,
      ceiling: 30,
    },
    {
      what: 'activate(), and all that a first look loads and builds, by the clock',
      method: `${method}; then a command that is done at once, there and back through VS Code`,
      value: { amount: median(measured.map(({ ours, firstLook }) => ours.ms + firstLook.ms)), unit: 'ms' },
      control: { amount: median(measured.map(({ hello }) => hello.ms)), unit: 'ms', of: 'hello world' },
      ceiling: 30,
    },
  ];
}
