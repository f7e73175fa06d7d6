import assert from 'node:assert/strict';
import { Chain, useServers } from './support/chain';
import { answer } from './support/rawServer';

/** What VS Code makes a link of in a notification: https://github.com/microsoft/vscode/blob/1.100.3/src/vs/base/common/linkedText.ts */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

const written = [
  '[Sign in again](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22x%22%7D)',
  '[Sign in again](https://evil.example/?key "Sign in")',
  '[open](file:///etc/hosts)',
  '[a]\u202e(command:b)',
  '[a]\u0000(command:b)',
  '[[a]](command:b)',
  '[a]]((command:b)',
];

describe('What a server says of a failure', () => {
  const start = useServers();

  it('would be a link as it stands', () => assert.ok(written.slice(0, 3).every((words) => link.test(words))));

  for (const words of written) {
    for (const status of [400, 403, 422, 500]) {
      it(`is no link: ${status} ${JSON.stringify(words)}`, async () => {
        const server = await start();
        const chain = new Chain(server);
        server.serve = answer({ status, body: { message: words, errors: { type: [words] } } });
        await chain.store.open('test');
        const told = chain.failure.words;
        assert.doesNotMatch(told, link);
        assert.match(told, /Server message: ".*(?:command:|https:|file:)/, 'and yet it is told');
      });
    }
  }
});
