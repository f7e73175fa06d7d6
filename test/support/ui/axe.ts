import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults, NodeResult } from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { projectRoot } from '../paths';

/**
 * Returns the accessibility problems of a page: violations that axe-core finds, and text in the color of its background.
 * The browser's debugger evaluates the script, so the content security policy of the page doesn't apply.
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
