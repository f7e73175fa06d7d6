import { readdir, readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** An extension host that doesn't respond for longer hangs. */
const maxWaitMs = 30_000;

export class HangError extends Error {
  override readonly name = 'HangError';
}

interface Answer {
  readonly heapUsedBytes: number;
}

/** The extension host of the window, through its `probe.mjs`. */
export class ExtensionHost {
  private offset = 0;

  /** @param probes folder where each host leaves the port of its probe */
  constructor(private readonly probes: string) {}

  /** Resolves when the host's event loop has responded. @throws HangError after 30 seconds */
  async answers(): Promise<void> {
    await this.ask({ offset: this.offset });
  }

  /** Advances the host's clock. */
  async advance(ms: number): Promise<void> {
    this.offset += ms;
    await this.answers();
  }

  /** Collects garbage and returns the remaining heap, in bytes. */
  async heapUsedBytes(): Promise<number> {
    return (await this.ask({ offset: this.offset, collect: 1 })).heapUsedBytes;
  }

  /**
   * Sends a request to the newest host. During a reload of the window, the old host ends, and the new one may not have
   * started.
   */
  private async ask(query: Readonly<Record<string, number>>): Promise<Answer> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const deadline = Date.now() + maxWaitMs;
    for (;;) {
      const probe = await this.newest();
      try {
        return await request(`http://127.0.0.1:${await this.readPort(probe)}/?${search.toString()}`);
      } catch (error) {
        const isReplaced = (await this.newest()) !== probe;
        if (!isReplaced && (error instanceof HangError || Date.now() > deadline)) throw error;
        await pause(100);
      }
    }
  }

  private async newest(): Promise<string | undefined> {
    return (await readdir(this.probes)).sort().at(-1);
  }

  private async readPort(probe: string | undefined): Promise<string> {
    if (probe === undefined) throw new Error('No extension host has started.');
    return readFile(join(this.probes, probe), 'utf8');
  }
}

function request(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = get(url, { timeout: maxWaitMs, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve(JSON.parse(body) as Answer)).on('error', reject);
    });
    sent.on('error', reject);
    sent.on('timeout', () => {
      reject(new HangError(`The extension host has not answered for ${maxWaitMs / 1000} s.`));
      sent.destroy();
    });
  });
}
