import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings, type SettingName } from '../../src/manifest';
import { clampInteger, Config } from '../../src/shell/config';

describe('The settings in VS Code', () => {
  const changed: SettingName[] = [];
  let warnings: string[];
  let config: Config;
  beforeEach(() => {
    warnings = [];
    config = new Config((message) => warnings.push(message));
    config.onDidChange((name) => changed.push(name));
  });
  afterEach(async () => {
    for (const { id } of Object.values(settings)) await set(id, undefined);
    config.dispose();
    changed.length = 0;
  });

  async function set(id: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
  }

  it('start with their defaults', () => {
    assert.equal(config.baseUrl, 'https://call.aiployees.com/api');
    assert.deepEqual([config.pageSize, config.timeZone, config.requestTimeoutMs], [30, 'UTC', 20_000]);
    assert.deepEqual([config.followIntervalMs, config.followWhileHidden], [10_000, false]);
  });

  it('take effect immediately, with an event that names the changed setting', async () => {
    await set(settings.pageSize.id, 50);
    await set(settings.timeZone.id, 'Europe/Berlin');
    await set(settings.baseUrl.id, 'https://portal.example.test/api');
    await set(settings.requestTimeout.id, 60);
    assert.deepEqual([config.pageSize, config.timeZone, config.requestTimeoutMs], [50, 'Europe/Berlin', 60_000]);
    assert.equal(config.baseUrl, 'https://portal.example.test/api');
    assert.deepEqual(changed, ['pageSize', 'timeZone', 'baseUrl', 'requestTimeout']);
  });

  it('are clamped in code too', async () => {
    await set(settings.pageSize.id, 1000);
    await set(settings.requestTimeout.id, 0);
    await set(settings.followInterval.id, 1);
    await set(settings.followWhileHidden.id, 'yes');
    assert.deepEqual([config.pageSize, config.requestTimeoutMs], [100, 5000]);
    assert.deepEqual([config.followIntervalMs, config.followWhileHidden], [5000, false]);
    for (const [value, clamped] of [
      [0, 1],
      [12.4, 12],
      ['40', 30],
      [null, 30],
      [Number.NaN, 30],
      [Infinity, 100],
    ] as const) {
      assert.equal(clampInteger(value, settings.pageSize), clamped);
    }
  });

  it('fall back to UTC for an invalid time zone, and report it once', async () => {
    await set(settings.timeZone.id, 'Mars/Olympus');
    assert.deepEqual([config.timeZone, config.timeZone], ['UTC', 'UTC']);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /"Mars\/Olympus" isn't a valid time zone/);
    await set(settings.timeZone.id, 'Mars/Elysium');
    assert.equal(config.timeZone, 'UTC');
    assert.equal(warnings.length, 2);
  });

  it('ignore the base URL of a folder', async () => {
    const { workspace } = vscode;
    if (workspace.workspaceFolders === undefined) {
      // Without a folder, VS Code rejects the write, which protects the key.
      const write = workspace
        .getConfiguration()
        .update(settings.baseUrl.id, 'https://evil.test', vscode.ConfigurationTarget.Workspace);
      await assert.rejects(Promise.resolve(write));
    } else {
      const write = workspace
        .getConfiguration()
        .update(settings.baseUrl.id, 'https://evil.test', vscode.ConfigurationTarget.Workspace);
      await assert.rejects(Promise.resolve(write), /machine|workspace/i);
    }
    assert.equal(config.baseUrl, settings.baseUrl.default);
  });
});
