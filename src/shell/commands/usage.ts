import { commands } from '../../manifest';
import type { App } from '../app';

export const handlers = { [commands.showUsage]: async (app: App) => (await app.usage()).show() };
