// Loaded into each extension host before VS Code's own code. It answers requests from the host's event loop, so a host that
// doesn't answer hangs. And it can move the host's clock on: the extension sends 50 requests per minute at most, and the monkey
// doesn't wait for minutes.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

if (process.argv.includes('--type=extensionHost')) {
  const now = Date.now.bind(Date);
  let offset = Number(process.env.AIPLOYEES_MONKEY_OFFSET ?? 0);
  Date.now = () => now() + offset;

  const server = createServer((request, response) => {
    const query = new URL(request.url, 'http://127.0.0.1').searchParams;
    offset = Number(query.get('offset') ?? offset);
    if (query.has('collect')) globalThis.gc?.();
    response.end(JSON.stringify({ heapUsedBytes: process.memoryUsage().heapUsed }));
  });
  server.listen(0, '127.0.0.1', () => {
    server.unref();
    writeFileSync(join(process.env.AIPLOYEES_MONKEY_PROBES, `${now()}.json`), String(server.address().port));
  });
}
