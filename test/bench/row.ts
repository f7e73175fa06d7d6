// row.cjs GROUP: measures one group of figures in its own process and prints them as JSON.
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
  (result) => {
    console.log(JSON.stringify(result));
    process.exit(0);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
