import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newest, projectRoot } from '../support/host';
import { parsePlan } from '../monkey/plan';
import { play } from '../monkey/play';
import { MonkeyVsCode } from '../monkey/vscode';

const folder = join(projectRoot, 'test', 'monkey', 'plans');

describe('The monkey', function () {
  // A plan takes half a minute, several times as long on a busy machine; what hangs is found by the monkey itself.
  this.timeout(400_000);
  let vscode: MonkeyVsCode;
  before('start VS Code', async () => {
    vscode = await MonkeyVsCode.start(process.env['AIPLOYEES_VSCODE'] ?? newest.version);
  });
  after('end VS Code', () => vscode.dispose());

  for (const file of readdirSync(folder)) {
    it(`finds nothing by the recorded plan ${file}`, async () => {
      const plan = parsePlan(readFileSync(join(folder, file), 'utf8'));
      const lines: string[] = [];
      const finding = await play(vscode, plan, { log: (line) => lines.push(line) });
      if (finding) assert.fail(`${finding.what}: ${finding.message}\nseed ${plan.seed}\n${lines.join('\n')}`);
    });
  }
});
