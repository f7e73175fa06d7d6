export { launchBrowser } from './browser';
export { eventually } from './eventually';
export { newest, oldest } from './packages';
export { packagedExtension, projectRoot, testResults } from './paths';
export { startServer, type ServerOptions, type VsCodeServer } from './server';
export { changeSettings, openWindow, usualViewport, type VsCodeWindow, type WindowOptions } from './window';
export { themes, Workbench } from './workbench';
