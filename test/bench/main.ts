// npm run bench [-- GROUP…]: measures everything, prints the table, and fails if a goal is missed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { formatAmount, formatGoal, hasGoal, isMet, getRatio, type Figure } from './support/figure';

/** Groups run one after another, each in its own process, so that they don't disturb each other. */
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
  'conversationTests',
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
      const figures = text.split('\n').find((formatRow) => formatRow.startsWith('['));
      if (code === 0 && figures !== undefined) resolve(JSON.parse(figures) as Figure[]);
      else reject(new Error(`${group} couldn't be measured:\n${text}`));
    });
  });
}

function formatRow(figure: Figure): string {
  const ratio = getRatio(figure);
  const cells = [
    figure.what,
    formatAmount(figure.value),
    formatAmount(figure.control),
    ratio?.toFixed(2) ?? '',
    formatGoal(figure),
    formatVerdict(figure),
    figure.method,
  ];
  return `| ${cells.join(' | ')} |`;
}

function formatVerdict(figure: Figure): string {
  if (!hasGoal(figure)) return '';
  return isMet(figure) ? 'met' : 'MISSED';
}

async function main(): Promise<number> {
  const requestedGroups = process.argv.slice(2);
  const figures: Figure[] = [];
  let failed = 0;
  for (const group of requestedGroups.length > 0 ? requestedGroups : groups) {
    try {
      figures.push(...(await measure(group)));
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
      ...figures.map(formatRow),
      '',
    ].join('\n'),
  );
  const withGoal = figures.filter(hasGoal);
  const missed = withGoal.filter((figure) => !isMet(figure)).length;
  console.log(
    `${withGoal.length - missed} met, ${missed} missed${failed > 0 ? `, ${failed} groups couldn't be measured` : ''}`,
  );
  return missed + failed === 0 && withGoal.length > 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
