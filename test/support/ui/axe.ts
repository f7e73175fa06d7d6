import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { projectRoot } from '../host/paths';

/**
 * What keeps people out of the page: axe-core's violations of any impact, each with the elements concerned. Its
 * source is evaluated by the browser's debugger, which a page's content security policy leaves alone.
 */
export async function barriers(page: Page | Frame): Promise<string[]> {
  const source = createRequire(join(projectRoot, 'package.json')).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(source, 'utf8'));
  const found = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } };
    return axe.run(document, { resultTypes: ['violations'] });
  });
  return found.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, any }) => `${id} (${impact ?? ''}): ${html} ${any[0]?.message ?? ''}`),
  );
}
