import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

// With mocha, each test file has its own bundle of this module, so the set can't be a module variable.
const name = Symbol.for('aiployees.portsOfTests');
const holder = globalThis as unknown as Record<symbol, Set<number> | undefined>;
const used = (holder[name] ??= new Set<number>());

/**
 * Makes a server listen on 127.0.0.1, on a port that no server of this process has used: a reused window still has the
 * API key of the earlier port. Resolves with the port.
 */
export async function listenOnUnusedPort(server: Server): Promise<number> {
  for (;;) {
    const port = await listen(server, 0);
    if (!used.has(port)) {
      used.add(port);
      return port;
    }
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Makes a server listen on 127.0.0.1; 0 takes a free port. Resolves with the port. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
