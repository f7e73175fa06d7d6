import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/paths';
import { expect, test } from '../support/ui/fixtures';
import { parsePlan } from '../monkey/plan';
import { play } from '../monkey/play';
import { MonkeyVsCode } from '../monkey/vscode';

const folder = join(projectRoot, 'test', 'monkey', 'plans');

test.describe('Recorded random actions', () => {
  // A plan takes half a minute, on a busy machine several times as long. The monkey itself finds what hangs.
  test.describe.configure({ timeout: 400_000 });
  let vscode: MonkeyVsCode;
  test.beforeAll(async ({ vscodeVersion }) => {
    vscode = await MonkeyVsCode.start(vscodeVersion);
  });
  test.afterAll(() => vscode.dispose());

  for (const file of readdirSync(folder)) {
    test(`break no invariant: ${file}`, async () => {
      const plan = parsePlan(readFileSync(join(folder, file), 'utf8'));
      const lines: string[] = [];
      const finding = await play(vscode, plan, { log: (line) => lines.push(line) });
      expect(finding, `seed ${plan.seed}\n${lines.join('\n')}`).toBeUndefined();
    });
  }
});
