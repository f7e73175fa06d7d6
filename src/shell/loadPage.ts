import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview } from 'vscode';
import { pageHtml } from './webviewPage';

/** Loads one of the extension's pages, which can load nothing of the extension but what is built. @param name of its script and style in `dist` */
export function loadPage(webview: Webview, extensionUri: Uri, name: 'details' | 'usage'): void {
  const root = Uri.joinPath(extensionUri, 'dist');
  const address = (file: string): string => webview.asWebviewUri(Uri.joinPath(root, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = pageHtml({
    script: address(`${name}.js`),
    style: address(`${name}-style.css`),
    styleSource: webview.cspSource,
    nonce: randomBytes(18).toString('base64url'),
    language: env.language,
  });
}
