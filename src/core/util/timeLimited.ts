import { createContext, Script } from 'node:vm';
import { TimeoutError } from './timeout';

const script = new Script('work()');
let context: { work: () => void } | undefined;

/**
 * Works for `ms` milliseconds at most. It is for regular expressions, whose engine nothing else interrupts: a bad one tries
 * for centuries on thirty letters, and nothing of the extension would run meanwhile.
 * @throws TimeoutError; or what the work throws
 */
export function timeLimited<T>(ms: number, work: () => T): T {
  const done: T[] = [];
  context ??= createContext({ work: () => undefined }) as { work: () => void };
  context.work = () => void done.push(work());
  try {
    script.runInContext(context, { timeout: ms });
  } catch (error) {
    if ((error as { readonly code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new TimeoutError(ms, { cause: error });
    throw error;
  } finally {
    context.work = () => undefined;
  }
  return done[0] as T;
}
