/** What VS Code gives a webview's page, by what the page sends and keeps. Source: `acquireVsCodeApi`. */
export interface VsCodeApi<Sent, Kept> {
  postMessage(message: Sent): void;
  /** The host checks what an earlier version kept, before it brings a page back. */
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare global {
  function acquireVsCodeApi<Sent, Kept>(): VsCodeApi<Sent, Kept>;
}
