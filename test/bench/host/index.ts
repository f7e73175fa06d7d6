// Called by VS Code in its extension host. Measures the extension's tree and panels with the bench's server.
import type { Figure } from '../support/figure';
import { openClient } from '../support/client';
import { panelFigures } from './panels';
import { requestFigures } from './requests';
import { treeFigures } from './tree';

export async function run(): Promise<void> {
  const url = process.env['AIPLOYEES_BENCH_SERVER'] ?? '';
  const api = openClient(url);
  const figures: Figure[] = [
    ...(await requestFigures(api, url)),
    ...(await treeFigures(api, url)),
    ...(await panelFigures(api)),
  ];
  console.log(`MEASURED ${JSON.stringify(figures)}`);
}
