/** VS Code's API for webviews. */
export interface VsCodeApi<Message, State> {
  postMessage(message: Message): void;
  /** The host validates the state of an earlier version before it restores a page. */
  getState(): State | undefined;
  setState(state: State): void;
}

declare global {
  function acquireVsCodeApi<Message, State>(): VsCodeApi<Message, State>;
}
