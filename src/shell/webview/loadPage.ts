import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview, type WebviewOptions, type WebviewPanelOptions } from 'vscode';
import { pageHtml } from './pageHtml';

export type PageName = 'details' | 'usage';

/**
 * What a panel of ours is created with. Pages can load nothing of the extension but what is built. Said later, VS Code would
 * load the page twice.
 */
export function panelOptions(extensionUri: Uri): WebviewPanelOptions & WebviewOptions {
  return { enableFindWidget: true, ...pageOptions(extensionUri) };
}

/** Loads one of the extension's pages. @param name of its script and style in `dist` */
export function loadPage(webview: Webview, extensionUri: Uri, name: PageName): void {
  const root = builtIn(extensionUri);
  const text = (file: string): string => readFileSync(Uri.joinPath(root, file).fsPath, 'utf8');
  webview.options = pageOptions(extensionUri);
  webview.html = pageHtml({
    script: text(`${name}.js`),
    style: text(`${name}-style.css`),
    markdown:
      name === 'details' ? webview.asWebviewUri(Uri.joinPath(root, 'details-markdown.js')).toString() : undefined,
    nonce: randomBytes(18).toString('base64url'),
    language: env.language,
  });
}

function pageOptions(extensionUri: Uri): WebviewOptions {
  return { enableScripts: true, localResourceRoots: [builtIn(extensionUri)] };
}

function builtIn(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist');
}
