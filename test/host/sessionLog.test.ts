import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, extensionId, internalCommands, views } from '../../src/manifest';
import { requestLine } from '../../src/shell/log';

describe('The log', () => {
  it('contains method, path, status, duration, and attempt of a request', () => {
    const entry = {
      method: 'GET',
      path: '/api/user/conversations',
      query: 'type=test',
      ms: 142.7,
      attempt: 2,
    } as const;
    assert.equal(
      requestLine({ ...entry, status: 200, outcome: 'ok' }),
      'GET /api/user/conversations?type=test 200 143 ms (attempt 2)',
    );
    assert.equal(
      requestLine({ ...entry, query: '', outcome: 'network', code: 'ENOTFOUND' }),
      'GET /api/user/conversations ENOTFOUND network 143 ms (attempt 2)',
    );
  });

  it('contains no complete conversation ID', () => {
    const path = '/api/conversations/7c9e6679-7425-40de-944b-e07fc1f90ae7';
    const line = requestLine({ method: 'GET', path, query: '', status: 404, outcome: 'notFound', ms: 1, attempt: 1 });
    assert.equal(line, 'GET /api/conversations/7c9e6679… 404 notFound 1 ms (attempt 1)');
  });
});

describe('The commands in VS Code', () => {
  it('are exactly the command IDs in the code', async () => {
    await vscode.extensions.getExtension(extensionId)?.activate();
    const registered = (await vscode.commands.getCommands(true)).filter(
      // VS Code adds commands for each view.
      (id) => id.startsWith('aiployees.') && !Object.values(views).some((view) => id.startsWith(`${view}.`)),
    );
    assert.deepEqual(registered.sort(), [...Object.values(commands), ...Object.values(internalCommands)].sort());
  });
});
