// npm run bench [-- GROUP…]: measures everything, prints the table, and fails where a goal is missed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { amountWords, goalWords, hasGoal, isMet, ratioOf, type Figure } from './support/figure';

/** Each in a process of its own, one after the other: nothing else is to be busy meanwhile. */
const groups = [
  'bytes',
  'activation',
  'host',
  'wire',
  'find',
  'search',
  'memory',
  'follow',
  'loadAll',
  'growth',
  'parse',
];

function measure(group: string): Promise<readonly Figure[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', join(__dirname, 'row.cjs'), group], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const figures = text.split('\n').find((line) => line.startsWith('['));
      if (code === 0 && figures !== undefined) resolve(JSON.parse(figures) as Figure[]);
      else reject(new Error(`${group} could not be measured:\n${text}`));
    });
  });
}

function line(figure: Figure): string {
  const ratio = ratioOf(figure);
  const cells = [
    figure.what,
    amountWords(figure.value),
    amountWords(figure.control),
    ratio?.toFixed(2) ?? '',
    goalWords(figure),
    verdictOf(figure),
    figure.method,
  ];
  return `| ${cells.join(' | ')} |`;
}

function verdictOf(figure: Figure): string {
  if (!hasGoal(figure)) return '';
  return isMet(figure) ? 'met' : 'MISSED';
}

async function main(): Promise<number> {
  const named = process.argv.slice(2);
  const found: Figure[] = [];
  let failed = 0;
  for (const group of named.length > 0 ? named : groups) {
    try {
      found.push(...(await measure(group)));
    } catch (error) {
      failed += 1;
      console.error(String(error));
    }
  }
  console.log(
    [
      '',
      '| Figure | Measured | Control | Ratio | Goal | | Method |',
      '|---|---|---|---|---|---|---|',
      ...found.map(line),
      '',
    ].join('\n'),
  );
  const held = found.filter(hasGoal);
  const missed = held.filter((figure) => !isMet(figure)).length;
  console.log(
    `${held.length - missed} met, ${missed} missed${failed > 0 ? `, ${failed} groups could not be measured` : ''}`,
  );
  return missed + failed === 0 && held.length > 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
