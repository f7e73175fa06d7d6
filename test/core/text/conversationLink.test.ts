import assert from 'node:assert/strict';
import { formatConversationLink, parseConversationLink } from '../../../src/core/text/conversationLink';

const origin = 'https://call.aiployees.com';
const id = '7c9e6679-7425-40de-944b-e07fd2g01bf8';

describe('A link to a conversation', () => {
  it('contains the server and the ID', () => {
    assert.equal(
      formatConversationLink('vscode', 'a.b', { origin, id }),
      `vscode://a.b/conversation?origin=https%3A%2F%2Fcall.aiployees.com&id=${id}`,
    );
  });

  for (const specialId of [id, 'a&b=c', '100%', 'x/../y', '+4930', 'é']) {
    it(`is parsed with the ID ${specialId}`, () => {
      const { pathname, search } = new URL(formatConversationLink('vscode', 'a.b', { origin, id: specialId }));
      assert.deepEqual(parseConversationLink({ path: pathname, query: search.slice(1) }), {
        origin,
        id: specialId,
      });
    });
  }

  for (const turn of [0, 41, 999_998]) {
    it(`is parsed with the turn ${turn}`, () => {
      const link = formatConversationLink('vscode', 'a.b', { origin, id, turn });
      assert.ok(link.endsWith(`&turn=${turn + 1}`));
      const { pathname, search } = new URL(link);
      assert.deepEqual(parseConversationLink({ path: pathname, query: search.slice(1) }), { origin, id, turn });
    });
  }

  it('is parsed with a local server and the longest ID', () => {
    const target = { origin: 'http://127.0.0.1:8138', id: 'a'.repeat(200) };
    const { pathname, search } = new URL(formatConversationLink('vscode', 'a.b', target));
    assert.deepEqual(parseConversationLink({ path: pathname, query: search.slice(1) }), target);
  });

  const rejected: (readonly [name: string, path: string, query: string])[] = [
    ['another path', '/key', `origin=${origin}&id=${id}`],
    ['no ID', '/conversation', `origin=${origin}`],
    ['an empty ID', '/conversation', `origin=${origin}&id=`],
    ['no origin', '/conversation', `id=${id}`],
    ['two IDs', '/conversation', `origin=${origin}&id=${id}&id=b`],
    ['two origins', '/conversation', `origin=${origin}&origin=https://other.test&id=${id}`],
    ...['0', '-1', '1.5', '01', '1e3', 'x', '', '1000000'].map(
      (turn) => [`the turn ${turn}`, '/conversation', `origin=${origin}&id=${id}&turn=${turn}`] as const,
    ),
    ['two turns', '/conversation', `origin=${origin}&id=${id}&turn=1&turn=2`],
    ['another parameter', '/conversation', `origin=${origin}&id=${id}&key=x`],
    ['an origin with a path', '/conversation', `origin=${origin}/api&id=${id}`],
    ['an origin with a user', '/conversation', `origin=https://call.aiployees.com@other.test&id=${id}`],
    ['an origin in upper case', '/conversation', `origin=HTTPS://CALL.aiployees.com&id=${id}`],
    ['a file URL as the origin', '/conversation', `origin=file:///etc&id=${id}`],
    ['a script URL as the origin', '/conversation', `origin=javascript:alert(1)&id=${id}`],
    ['an FTP URL as the origin', '/conversation', `origin=ftp://call.aiployees.com&id=${id}`],
    ['an ID with a line break', '/conversation', `origin=${origin}&id=a%0Ab`],
    ['an ID with a direction override', '/conversation', `origin=${origin}&id=a%E2%80%AEb`],
    ['an ID that is too long', '/conversation', `origin=${origin}&id=${'a'.repeat(201)}`],
  ];
  for (const [name, path, query] of rejected) {
    it(`is rejected with ${name}`, () => assert.equal(parseConversationLink({ path, query }), undefined));
  }
});
