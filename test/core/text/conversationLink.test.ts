import assert from 'node:assert/strict';
import { conversationLink, parseConversationLink } from '../../../src/core/text/conversationLink';

const origin = 'https://call.aiployees.com';
const id = '7c9e6679-7425-40de-944b-e07fd2g01bf8';

describe('a link to a conversation', () => {
  it('carries the server and the id', () => {
    assert.equal(
      conversationLink('vscode', 'a.b', { origin, id }),
      `vscode://a.b/conversation?origin=https%3A%2F%2Fcall.aiployees.com&id=${id}`,
    );
  });

  for (const odd of [id, 'a&b=c', '100%', 'x/../y', '+4930', 'é']) {
    it(`is read back with the id ${odd}`, () => {
      const { pathname, search } = new URL(conversationLink('vscode', 'a.b', { origin, id: odd }));
      assert.deepEqual(parseConversationLink({ path: pathname, query: search.slice(1) }), { origin, id: odd });
    });
  }

  it('is read back with a server on this machine, and with an id as long as any', () => {
    const place = { origin: 'http://127.0.0.1:8138', id: 'a'.repeat(200) };
    const { pathname, search } = new URL(conversationLink('vscode', 'a.b', place));
    assert.deepEqual(parseConversationLink({ path: pathname, query: search.slice(1) }), place);
  });

  const refused: readonly [name: string, path: string, query: string][] = [
    ['another path', '/key', `origin=${origin}&id=${id}`],
    ['no id', '/conversation', `origin=${origin}`],
    ['an empty id', '/conversation', `origin=${origin}&id=`],
    ['no origin', '/conversation', `id=${id}`],
    ['two ids', '/conversation', `origin=${origin}&id=${id}&id=b`],
    ['two origins', '/conversation', `origin=${origin}&origin=https://other.test&id=${id}`],
    ['something more', '/conversation', `origin=${origin}&id=${id}&key=x`],
    ['an origin with a path', '/conversation', `origin=${origin}/api&id=${id}`],
    ['an origin with a user', '/conversation', `origin=https://call.aiployees.com@other.test&id=${id}`],
    ['an origin in other letters', '/conversation', `origin=HTTPS://CALL.aiployees.com&id=${id}`],
    ['an origin that is none', '/conversation', `origin=file:///etc&id=${id}`],
    ['a script for an origin', '/conversation', `origin=javascript:alert(1)&id=${id}`],
    ['a server that is not asked over HTTP', '/conversation', `origin=ftp://call.aiployees.com&id=${id}`],
    ['an id of many lines', '/conversation', `origin=${origin}&id=a%0Ab`],
    ['an id that turns text around', '/conversation', `origin=${origin}&id=a%E2%80%AEb`],
    ['an id that is too long', '/conversation', `origin=${origin}&id=${'a'.repeat(201)}`],
  ];
  for (const [name, path, query] of refused) {
    it(`is refused with ${name}`, () => assert.equal(parseConversationLink({ path, query }), undefined));
  }
});
