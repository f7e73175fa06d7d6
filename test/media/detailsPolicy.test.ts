import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPageHtml } from '../../src/shell/webview/pageHtml';
import { useDetailsPage } from './detailsSuite';

// Untrusted text never becomes markup. The policy is a second line of defense.
describe('content security policy of a page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  let otherServer: Server;
  const requests: string[] = [];
  before(async () => {
    otherServer = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
    });
    await new Promise<void>((resolve) => otherServer.listen(0, '127.0.0.1', resolve));
  });
  after(() => void otherServer.close());

  const attempts: readonly (readonly [what: string, markup: string, directive: string])[] = [
    ['an image', '<img src="URL">', 'img-src'],
    ['a script from another server', '<script src="URL"></script>', 'script-src-elem'],
    ['a script on the page', '<script>document.title = "ran"</script>', 'script-src-elem'],
    ['an event handler', '<img src="x" onerror="document.title = \'ran\'">', 'script-src-attr'],
    ['a style on the page', '<style>body { color: red }</style>', 'style-src-elem'],
    ['a style attribute', '<p style="color: red">', 'style-src-attr'],
    ['a style sheet', '<link rel="stylesheet" href="URL">', 'style-src-elem'],
    ['a frame', '<iframe src="URL"></iframe>', 'frame-src'],
    ['a video', '<video src="URL"></video>', 'media-src'],
    ['an object', '<object data="URL"></object>', 'object-src'],
    ['a base URL', '<base href="URL">', 'base-uri'],
    ['a submitted form', '<form action="URL"><input name="a"></form>', 'form-action'],
  ];
  for (const [what, markup, directive] of attempts) {
    it(`blocks ${what}`, async () => {
      const { page } = suite.details;
      const url = `http://127.0.0.1:${(otherServer.address() as AddressInfo).port}/${encodeURIComponent(what)}`;
      const violation = await page.evaluate(
        ({ markup, expected }) =>
          new Promise<string>((resolve) => {
            const violations: string[] = [];
            document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
              violations.push(effectiveDirective);
              if (effectiveDirective === expected) resolve(effectiveDirective);
            });
            // Resolves if the browser blocks nothing.
            setTimeout(() => resolve(`only ${violations.join()}`), 3000);
            // Scripts in such a fragment run, like markup in the page itself.
            document.body.append(document.createRange().createContextualFragment(markup));
            document.querySelector<HTMLFormElement>('form[action]:not(.composer)')?.submit();
          }),
        { markup: markup.replaceAll('URL', url), expected: directive },
      );
      assert.equal(violation, directive);
      assert.notEqual(await page.title(), 'ran');
      assert.deepEqual(requests, []);
    });
  }

  it('blocks requests of the page', async () => {
    const { page } = suite.details;
    const url = `http://127.0.0.1:${(otherServer.address() as AddressInfo).port}/fetched`;
    const fetched = await page.evaluate(
      (address) =>
        fetch(address).then(
          () => 'loaded',
          () => 'blocked',
        ),
      url,
    );
    assert.equal(fetched, 'blocked');
    assert.deepEqual(requests, []);
  });

  it("isn't bypassed by markup in the language", () => {
    const html = createPageHtml({ script: '', style: '', nonce: 'n', language: 'de"><script>x</script>' });
    assert.ok(html.includes('<html lang="descriptxscript">'), html);
  });
});
