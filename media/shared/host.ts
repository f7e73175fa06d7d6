/** Posted to the page itself on load: arrives after all messages that VS Code kept for the page until then. */
const loaded = 'loaded';

/**
 * Receives the host's messages, which are JSON, and tells the host once the page has loaded how many it has received. They need no
 * check: the extension and its pages ship together.
 */
export function connect<ToPage>(
  post: (ready: { type: 'ready'; heard: number }) => void,
  parse: (json: string) => unknown,
  receive: (message: ToPage) => void,
): void {
  let heard = 0;
  window.addEventListener('message', ({ data, source }: MessageEvent<string>) => {
    if (source === window && data === loaded) return post({ type: 'ready', heard });
    heard += 1;
    receive(parse(data) as ToPage);
  });
  // By a timer: VS Code hands on what it has kept in the same turn as this.
  window.addEventListener('load', () => void setTimeout(() => window.postMessage(loaded)));
}
