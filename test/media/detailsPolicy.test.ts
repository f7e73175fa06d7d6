import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'mocha';
import { pageHtml } from '../../src/shell/webview/pageHtml';
import { useDetailsPage } from './detailsSuite';

// Nothing that a stranger wrote becomes markup. Should it ever, this is what would still stand in its way.
describe('the policy of a page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  let stranger: Server;
  const asked: string[] = [];
  before(async () => {
    stranger = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  });
  after(() => void stranger.close());

  const tries: readonly (readonly [what: string, markup: string, directive: string])[] = [
    ['an image', '<img src="URL">', 'img-src'],
    ['a script of another address', '<script src="URL"></script>', 'script-src-elem'],
    ['a script on the page', '<script>document.title = "ran"</script>', 'script-src-elem'],
    ['what an event runs', '<img src="x" onerror="document.title = \'ran\'">', 'script-src-attr'],
    ['a style on the page', '<style>body { color: red }</style>', 'style-src-elem'],
    ['an attribute of style', '<p style="color: red">', 'style-src-attr'],
    ['a style sheet', '<link rel="stylesheet" href="URL">', 'style-src-elem'],
    ['a frame', '<iframe src="URL"></iframe>', 'frame-src'],
    ['a video', '<video src="URL"></video>', 'media-src'],
    ['an object', '<object data="URL"></object>', 'object-src'],
    ['another base of addresses', '<base href="URL">', 'base-uri'],
    ['a form that is sent', '<form action="URL"><input name="a"></form>', 'form-action'],
  ];
  for (const [what, markup, directive] of tries) {
    it(`lets ${what} do nothing`, async () => {
      const { page } = suite.details;
      const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/${encodeURIComponent(what)}`;
      const refused = await page.evaluate(
        ({ markup, wanted }) =>
          new Promise<string>((resolve) => {
            const heard: string[] = [];
            document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
              heard.push(effectiveDirective);
              if (effectiveDirective === wanted) resolve(effectiveDirective);
            });
            // Ends by itself where nothing is refused, once the browser has had its turn with all that there is to load.
            setTimeout(() => resolve(`only ${heard.join()}`), 3000);
            // A fragment made so runs its scripts, as markup in the page's own text would.
            document.body.append(document.createRange().createContextualFragment(markup));
            document.querySelector<HTMLFormElement>('form[action]:not(.composer)')?.submit();
          }),
        { markup: markup.replaceAll('URL', url), wanted: directive },
      );
      assert.equal(refused, directive);
      assert.notEqual(await page.title(), 'ran');
      assert.deepEqual(asked, []);
    });
  }

  it('lets the page ask nobody for anything', async () => {
    const { page } = suite.details;
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/fetched`;
    const fetched = await page.evaluate(
      (address) =>
        fetch(address).then(
          () => 'answered',
          () => 'refused',
        ),
      url,
    );
    assert.equal(fetched, 'refused');
    assert.deepEqual(asked, []);
  });

  it('has a language that is no markup', () => {
    const html = pageHtml({ script: '', style: '', nonce: 'n', language: 'de"><script>x</script>' });
    assert.ok(html.includes('<html lang="descriptxscript">'), html);
  });
});
