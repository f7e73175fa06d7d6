// Writes l10n/bundle.l10n.json: `node esbuild.mjs --tests && node out/test/support/l10n/export.cjs`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths';
import { bundleOf, usedStrings } from './strings';

const { strings } = usedStrings(projectRoot);
const folder = join(projectRoot, 'l10n');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'bundle.l10n.json'), bundleOf(strings));
console.log(`${strings.length} strings`);
