import { randomBytes } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';

/**
 * In a browser, VS Code persists secrets only if its server provides a key: this cookie names the path that returns 32
 * bytes for a POST request.
 */
export const secretKeyCookie = { name: 'vscode-secret-key-path', value: '/mint-key' } as const;
export const secretKeyLength = 32;

/** Routes the request for the key in a browser context, with the same key for all its windows. */
export async function persistSecrets(context: BrowserContext, origin: string): Promise<void> {
  const key = randomBytes(secretKeyLength);
  await context.addCookies([{ ...secretKeyCookie, url: origin }]);
  await context.route(`${origin}${secretKeyCookie.value}`, (route) =>
    route.fulfill({ body: key, contentType: 'application/octet-stream' }),
  );
}
