import assert from 'node:assert/strict';
import { Chain, useServers } from './support/chain';
import { respondWith } from './support/rawServer';

/** Pattern of links in notifications: https://github.com/microsoft/vscode/blob/1.100.3/src/vs/base/common/linkedText.ts */
const linkPattern = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

const serverMessages = [
  '[Sign in again](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22x%22%7D)',
  '[Sign in again](https://evil.example/?key "Sign in")',
  '[open](file:///etc/hosts)',
  '[a]\u202e(command:b)',
  '[a]\u0000(command:b)',
  '[[a]](command:b)',
  '[a]]((command:b)',
];

describe('an error message of the server', () => {
  const start = useServers();

  it('would be a link without escaping', () =>
    assert.ok(serverMessages.slice(0, 3).every((text) => linkPattern.test(text))));

  for (const text of serverMessages) {
    for (const status of [400, 403, 422, 500]) {
      it(`isn't shown as a link: ${status} ${JSON.stringify(text)}`, async () => {
        const server = await start();
        const chain = new Chain(server);
        server.serve = respondWith({ status, body: { message: text, errors: { type: [text] } } });
        await chain.store.open('test');
        const shownMessage = chain.failure.message;
        assert.doesNotMatch(shownMessage, linkPattern);
        assert.match(shownMessage, /Server message: ".*(?:command:|https:|file:)/, 'the text is still shown');
      });
    }
  }
});
