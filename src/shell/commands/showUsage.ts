import { commands } from '../../manifest';
import { loadedLater, type Handler, type Handlers } from './register';

/** `Show Usage`: what conversations come to, in a panel. */
export function usageCommands(load: () => Promise<Readonly<Record<typeof commands.showUsage, Handler>>>): Handlers {
  return loadedLater([commands.showUsage], load);
}
