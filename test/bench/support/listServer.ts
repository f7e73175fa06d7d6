// A server in its own process, so that its work isn't measured as the client's. Serves lists and transcripts.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createId, createSentRow } from './rows';

/** Settings from the parent process. */
export interface ServerSettings {
  readonly count: number;
  readonly style: 'page' | 'cursor';
  readonly latencyMs: number;
  /** Number of assistants that the rows cycle through. */
  readonly assistants: number;
}

export type ServerMessage =
  { readonly configure: Partial<ServerSettings> } | { readonly forget: true } | { readonly report: true };

export type ServerReply =
  { readonly url: string } | { readonly configured: true } | { readonly requests: readonly string[] };

let settings: ServerSettings = { count: 100, style: 'page', latencyMs: 0, assistants: 9 };
let requests: string[] = [];
let aborted = 0;
const reply = (message: ServerReply): void => void process.send?.(message);

/** Response bodies by query, so that repeated requests cost the server nothing. */
const bodies = new Map<string, string>();

function page(url: URL): string {
  const key = `${settings.count} ${settings.style} ${url.search}`;
  const cached = bodies.get(key);
  if (cached !== undefined) return cached;
  const { count, style } = settings;
  const type = url.searchParams.get('type') ?? undefined;
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const number = Number(url.searchParams.get('page') ?? 1);
  const begin = style === 'cursor' ? Number(url.searchParams.get('cursor') ?? 0) : (number - 1) * size;
  const end = Math.min(begin + size, count);
  const data = Array.from({ length: Math.max(0, end - begin) }, (_, index) =>
    createSentRow(begin + index, type, settings.assistants),
  );
  const body =
    style === 'cursor'
      ? { data, path: url.pathname, per_page: size, next_cursor: end < count ? String(end) : null, prev_cursor: null }
      : { current_page: number, data, per_page: size, total: count, last_page: Math.max(1, Math.ceil(count / size)) };
  const text = JSON.stringify(body);
  bodies.set(key, text);
  return text;
}

/** Returns a message; conversations of type `widget` use Markdown. */
function createContent(id: string, index: number): string {
  const isMarkdown = id.slice(8) === createId(0, 'widget').slice(8);
  return isMarkdown && index % 2 === 1
    ? `**Message ${index}** of \`${id}\`\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |`
    : `Message ${index} of ${id}`;
}

function transcript(id: string): string {
  const history = Array.from({ length: 6 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: createContent(id, index),
  }));
  return JSON.stringify({ status: true, history });
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  // For clients without a channel to this process.
  if (url.pathname === '/api/configure') {
    settings = { ...settings, latencyMs: Number(url.searchParams.get('latencyMs')) };
    response.end('{}');
    return;
  }
  if (url.pathname === '/api/requests') {
    response.end(JSON.stringify({ requests, aborted }));
    requests = [];
    aborted = 0;
    return;
  }
  response.on('close', () => (aborted += response.writableFinished ? 0 : 1));
  requests.push(`${request.method} ${url.pathname.replace(/^\/api/, '')}${url.search}`);
  const send = (): void => {
    const body = url.pathname.startsWith('/api/user/conversations')
      ? page(url)
      : transcript(url.pathname.split('/').at(-1) ?? '');
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body);
  };
  if (settings.latencyMs > 0) setTimeout(send, settings.latencyMs);
  else send();
});

process.on('message', (message: ServerMessage) => {
  if ('configure' in message) {
    settings = { ...settings, ...message.configure };
    reply({ configured: true });
  } else if ('forget' in message) {
    requests = [];
    reply({ configured: true });
  } else {
    reply({ requests });
  }
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => reply({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` }));
