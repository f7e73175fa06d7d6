// Called by VS Code in its extension host: the tree and the panels of the extension, over the bench's server, measured from within.
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
