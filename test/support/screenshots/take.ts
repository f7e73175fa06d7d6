// Takes the README's pictures into .github/screenshots. Takes the .vsix's path as its argument. The sample data is made
// from a fixed seed and reckons its ages back from now: only dates differ from one day to the next.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../vscode-from-npm/browser';
import { newest } from '../../vscode-from-npm/versions';
import { openWindow } from '../../vscode-from-npm/window';
import { projectRoot } from '../paths';
import { startServer } from '../../vscode-from-npm/server';
import { Workbench } from '../workbench/workbench';
import { scenes } from './scenes';

const folder = join(projectRoot, '.github', 'screenshots');
const viewport = { width: 960, height: 620 };
/** A quick pick needs only the area that it covers. */
const upperPart = { x: 0, y: 0, width: viewport.width, height: 400 };

async function main(vsix: string | undefined): Promise<void> {
  if (vsix === undefined) throw new Error('Usage: take.js FILE.vsix');
  await mkdir(folder, { recursive: true });
  const profile = await mkdtemp(join(tmpdir(), 'aiployees-screenshots-'));
  const server = await startServer({ version: newest.version, userDataDir: profile, vsix });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport, deviceScaleFactor: 1.25, reducedMotion: 'reduce' });
    const window = await openWindow({ server, browser, context });
    const workbench = new Workbench(window);
    for (const [name, arrange] of Object.entries(scenes)) {
      await arrange(workbench);
      const clip = (await workbench.quick.widget.isVisible()) ? { clip: upperPart } : {};
      const path = join(folder, `${name}.png`);
      // Move the mouse away, so that no tooltip is in the screenshot.
      await window.page.mouse.move(viewport.width - 3, viewport.height / 2);
      await window.page.screenshot({ path, caret: 'hide', animations: 'disabled', ...clip });
      console.log(path);
    }
  } finally {
    await browser.close();
    await server.dispose();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

main(process.argv[2]).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
