import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { curlCommands, keyVariable } from '../../../src/core/text/curl';

const base = 'https://call.aiployees.com/api';
const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** What a real shell would start curl with: a function of that name tells its arguments, one a line, ended by a mark. */
function startedWith(commands: string): string[][] {
  const script = `curl() { printf '%s\\n' "$@" '<end>'; }\n${commands}`;
  const told = execFileSync('sh', ['-c', script], { env: { [keyVariable]: '41|secret key' }, encoding: 'utf8' });
  return told
    .split('<end>\n')
    .slice(0, -1)
    .map((one) => one.trimEnd().split('\n'));
}

describe('a curl command', () => {
  it('names the key’s variable and never a key', () =>
    assert.equal(
      curlCommands(base, [id]),
      `curl --header 'Accept: application/json' --header "Authorization: Bearer $AIPLOYEES_API_KEY" '${base}/conversations/${id}'`,
    ));

  it('is one line for each conversation', () => {
    const lines = curlCommands(base, [id, 'second', 'third']).split('\n');
    assert.equal(lines.length, 3);
    assert.ok(lines[2]?.endsWith(`'${base}/conversations/third'`));
  });

  const hostile: readonly [name: string, id: string, path: string][] = [
    ['a plain id', id, id],
    ['quotes', `'; rm -rf ~; echo "`, '%27%3B%20rm%20-rf%20~%3B%20echo%20%22'],
    ['a substitution', '$(id)`id`', '%24(id)%60id%60'],
    ['lines', 'a\nb\r\nc', 'a%0Ab%0D%0Ac'],
    ['a path', '../user/me?x=1#y', '..%2Fuser%2Fme%3Fx%3D1%23y'],
    ['the folder above', '..', '%252E%252E'],
    ['ranges of curl’s own', '[1-9]{a,b}', '%5B1-9%5D%7Ba%2Cb%7D'],
    ['half a character', 'a\ud83cb', 'a%EF%BF%BDb'],
    ['a whole one', '🎉', '%F0%9F%8E%89'],
  ];
  for (const [name, hostileId, path] of hostile) {
    it(`survives an id with ${name}, in a real shell`, () => {
      assert.deepEqual(startedWith(curlCommands(base, [hostileId])), [
        [
          '--header',
          'Accept: application/json',
          '--header',
          'Authorization: Bearer 41|secret key',
          `${base}/conversations/${path.replaceAll('%27', "'")}`,
        ],
      ]);
    });
  }

  it('survives a base URL with a quote', () =>
    assert.equal(
      startedWith(curlCommands("http://127.0.0.1:80/it's", ['a']))[0]?.[4],
      "http://127.0.0.1:80/it's/conversations/a",
    ));
});
