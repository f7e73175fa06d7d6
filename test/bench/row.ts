// Measures one group of figures, in a process of its own, and prints them as JSON: row.js GROUP
import { join } from 'node:path';
import type { Figure } from './support/figure';

const [, , group] = process.argv;
const { figures } = require(join(__dirname, 'node', `${group}.js`)) as { figures: () => Promise<readonly Figure[]> };
void figures().then(
  (found) => {
    console.log(JSON.stringify(found));
    process.exit(0);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
