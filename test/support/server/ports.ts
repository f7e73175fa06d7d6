import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

// Each test file is a bundle of its own, and many run in one process: it can be in no module.
const name = Symbol.for('aiployees.portsOfTests');
const holder = globalThis as unknown as Record<symbol, Set<number> | undefined>;
const used = (holder[name] ??= new Set<number>());

/**
 * Has a server listen on 127.0.0.1, at a port that none had before in this process: a window that goes on to the next test
 * has the key of the one before for its address. Resolves with the port.
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

/** Has a server listen on 127.0.0.1, at a free port where it is 0. Resolves with the port. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
