import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults, NodeResult } from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { projectRoot } from '../paths';

/**
 * What keeps people out of the page: axe-core's violations of any impact, each with the elements concerned, and text in the very
 * colour of what it stands on, which axe only says it is not sure of. Its source is evaluated by the browser's debugger, which a page's content security policy leaves alone.
 */
export async function barriers(page: Page | Frame): Promise<string[]> {
  const source = createRequire(join(projectRoot, 'package.json')).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(source, 'utf8'));
  const found = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } };
    return axe.run(document, { resultTypes: ['violations', 'incomplete'] });
  });
  const isUnseen = ({ any }: NodeResult): boolean =>
    any.some(({ data }) => (data as { messageKey?: string } | null)?.messageKey === 'equalRatio');
  const unseen = found.incomplete.map((result) => ({ ...result, nodes: result.nodes.filter(isUnseen) }));
  return [...found.violations, ...unseen].flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, any }) => `${id} (${impact ?? ''}): ${html} ${any[0]?.message ?? ''}`),
  );
}
