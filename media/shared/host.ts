/** The page posts it to itself on load: it arrives after all messages that VS Code has queued for the page. */
const loaded = 'loaded';

/**
 * Receives the host's JSON messages, and reports how many have arrived when the page has loaded. They need no validation,
 * because the extension and its pages ship together.
 */
export function connect<ToPage>(
  post: (ready: { type: 'ready'; heard: number }) => void,
  parse: (json: string) => unknown,
  receive: (message: ToPage) => void,
): void {
  let received = 0;
  window.addEventListener('message', ({ data, source }: MessageEvent<string>) => {
    if (source === window && data === loaded) return post({ type: 'ready', heard: received });
    received += 1;
    receive(parse(data) as ToPage);
  });
  // In a timer, because VS Code delivers its queue during the load event.
  window.addEventListener('load', () => void setTimeout(() => window.postMessage(loaded)));
}
