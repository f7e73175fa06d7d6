import { randomBytes } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';

/**
 * VS Code in a browser keeps secrets over a reload only where its own server hands it a key for them: this cookie names
 * the path where it asks, by POST, for 32 bytes.
 */
export const secretKeyCookie = { name: 'vscode-secret-key-path', value: '/mint-key' } as const;
export const secretKeyLength = 32;

/** Answers a browser context's question for the key from within, the same for each of its windows. */
export async function persistSecrets(context: BrowserContext, origin: string): Promise<void> {
  const key = randomBytes(secretKeyLength);
  await context.addCookies([{ ...secretKeyCookie, url: origin }]);
  await context.route(`${origin}${secretKeyCookie.value}`, (route) =>
    route.fulfill({ body: key, contentType: 'application/octet-stream' }),
  );
}
