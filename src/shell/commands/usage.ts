import { commands } from '../../manifest';
import type { App } from '../app';

/** The command that sums up what is loaded. */
export const handlers = { [commands.showUsage]: async (app: App) => (await app.usage()).show() };
