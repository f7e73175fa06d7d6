import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { formatCurlCommands, keyVariable } from '../../../src/core/text/curl';

const base = 'https://call.aiployees.com/api';
const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** Runs the commands in a real shell with a function named `curl` that prints its arguments. */
function curlArguments(commands: string): string[][] {
  const script = `curl() { printf '%s\\n' "$@" '<end>'; }\n${commands}`;
  const output = execFileSync('sh', ['-c', script], { env: { [keyVariable]: '41|secret key' }, encoding: 'utf8' });
  return output
    .split('<end>\n')
    .slice(0, -1)
    .map((one) => one.trimEnd().split('\n'));
}

describe('A curl command', () => {
  it("contains the key's variable but never a key", () =>
    assert.equal(
      formatCurlCommands(base, [id]),
      `curl --header 'Accept: application/json' --header "Authorization: Bearer $AIPLOYEES_API_KEY" '${base}/conversations/${id}'`,
    ));

  it('is one line per conversation', () => {
    const lines = formatCurlCommands(base, [id, 'second', 'third']).split('\n');
    assert.equal(lines.length, 3);
    assert.ok(lines[2]?.endsWith(`'${base}/conversations/third'`));
  });

  const hostile: readonly [name: string, id: string, path: string][] = [
    ['no special characters', id, id],
    ['quotes', `'; rm -rf ~; echo "`, '%27%3B%20rm%20-rf%20~%3B%20echo%20%22'],
    ['shell substitutions', '$(id)`id`', '%24(id)%60id%60'],
    ['line breaks', 'a\nb\r\nc', 'a%0Ab%0D%0Ac'],
    ['a path', '../user/me?x=1#y', '..%2Fuser%2Fme%3Fx%3D1%23y'],
    ['a parent folder', '..', '%252E%252E'],
    ['curl ranges', '[1-9]{a,b}', '%5B1-9%5D%7Ba%2Cb%7D'],
    ['half of a surrogate pair', 'a\ud83cb', 'a%EF%BF%BDb'],
    ['an emoji', '🎉', '%F0%9F%8E%89'],
  ];
  for (const [name, hostileId, path] of hostile) {
    it(`is safe in a real shell for an ID with ${name}`, () => {
      assert.deepEqual(curlArguments(formatCurlCommands(base, [hostileId])), [
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

  it('is safe in a real shell for a base URL with a quote', () =>
    assert.equal(
      curlArguments(formatCurlCommands("http://127.0.0.1:80/it's", ['a']))[0]?.[4],
      "http://127.0.0.1:80/it's/conversations/a",
    ));
});
