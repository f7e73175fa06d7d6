import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/paths';

const router = 'server.php';

/** A real Laravel app on 127.0.0.1 with a number of conversations in its database. */
export class Laravel {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
    /** Without a trailing slash. */
    readonly address: string,
  ) {}

  static async start(conversations: number): Promise<Laravel> {
    const folder = mkdtempSync(join(tmpdir(), 'aiployees-laravel-'));
    cpSync(join(projectRoot, 'test', 'laravel', 'app'), folder, { recursive: true });
    for (const path of ['storage/framework/cache', 'storage/framework/views', 'views', 'bootstrap/cache'])
      mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, 'storage/conversations.sqlite'), '');
    const port = await unusedPort();
    const env = { ...process.env, PHP_CLI_SERVER_WORKERS: '4' };
    // In its own process group, because the workers outlive a server that is killed alone.
    const server = spawn('php', ['-S', `127.0.0.1:${port}`, router], {
      cwd: folder,
      env,
      stdio: 'ignore',
      detached: true,
    });
    const laravel = new Laravel(folder, server, `http://127.0.0.1:${port}`);
    laravel.artisan('app:seed', String(conversations));
    await laravel.waitUntilUp();
    return laravel;
  }

  artisan(...command: readonly string[]): void {
    const { status, stdout, stderr } = spawnSync('php', ['artisan', ...command], {
      cwd: this.folder,
      encoding: 'utf8',
    });
    assert.equal(status, 0, `artisan ${command.join(' ')}: ${stdout}${stderr}`);
  }

  /** Turns `APP_DEBUG` on or off. */
  setDebug(isOn: boolean): void {
    const file = join(this.folder, 'storage/debug');
    if (isOn) writeFileSync(file, '');
    else rmSync(file, { force: true });
  }

  /** Returns the IDs in the database. @param day `YYYY-MM-DD`, in UTC */
  async ids(day?: string): Promise<readonly string[]> {
    const response = await fetch(`${this.address}/sql/rows${day === undefined ? '' : `?day=${day}`}`);
    return (await response.json()) as string[];
  }

  /** @param position of the row in the order of last update, from 0 up to 1 */
  async change(operation: 'update' | 'delete' | 'insert', position: number): Promise<void> {
    const response = await fetch(`${this.address}/sql/${operation}?place=${position}`);
    assert.equal(response.status, 200);
  }

  stop(): void {
    if (this.server.pid !== undefined) process.kill(-this.server.pid);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async waitUntilUp(): Promise<void> {
    for (;;) {
      assert.equal(this.server.exitCode, null, 'the server ended');
      const isUp = await fetch(`${this.address}/sql/rows`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isUp) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function unusedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
