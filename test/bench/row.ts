// Measures one group of figures, in a process of its own, and prints them as JSON: row.js GROUP
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Figure } from './support/figure';

const [, , group] = process.argv;
const measure = async (): Promise<readonly Figure[]> => {
  const { figures } = createRequire(__filename)(join(__dirname, 'node', `${group}.cjs`)) as {
    figures: () => Promise<readonly Figure[]>;
  };
  return figures();
};
void measure().then(
  (found) => {
    console.log(JSON.stringify(found));
    process.exit(0);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
