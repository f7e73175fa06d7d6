import type { KeptState, PageMessage } from '../../src/protocol/details';

/** What VS Code gives a webview's page. Source: `acquireVsCodeApi`. */
export interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: KeptState): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}
