import { commands } from '../../manifest';
import type { App } from '../app';

export const handlers = { [commands.showUsage]: (app: App) => app.usage.show(app) };
