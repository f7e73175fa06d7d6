// npm run language [-- PATH…]: lists the words and shapes that the style guide bans, with what to write instead.
// --kind KIND (ui, docs, comments, titles or names) limits the list, --rules counts the findings of each rule.
// --sample [--seed N] prints 50 random texts of each kind instead, for a person to judge.
import { parseArgs } from 'node:util';
import { counts, findings } from '../language/check.mjs';
import { sampleTexts } from '../language/sample.mjs';
import { projectTexts } from '../language/texts.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string' },
    rules: { type: 'boolean' },
    sample: { type: 'boolean' },
    seed: { type: 'string' },
  },
});
const texts = projectTexts(positionals).filter(({ kind }) => values.kind === undefined || kind === values.kind);
if (values.sample) printSample(Number(values.seed ?? Math.floor(Math.random() * 1_000_000)));
else printFindings(texts.flatMap(findings));

function printSample(seed) {
  console.log(`Seed ${seed}. Repeat with: --sample --seed ${seed}`);
  for (const kind of ['ui', 'comments', 'names', 'titles']) {
    console.log(`\n== ${kind}`);
    for (const { file, line, text } of sampleTexts(texts, kind, 50, seed)) console.log(`${file}:${line}  ${text}`);
  }
}

function printFindings(found) {
  if (values.rules) {
    const perRule = new Map();
    for (const { instead } of found) perRule.set(instead, (perRule.get(instead) ?? 0) + 1);
    for (const [instead, count] of [...perRule].sort(([, one], [, other]) => other - one))
      console.log(`${count}  ${instead}`);
  } else
    for (const { file, line, text, match, instead } of found)
      console.log(`${file}:${line}  [${match}] ${text}\n    -> ${instead}`);
  const sums = Object.entries(counts(found)).map(([kind, count]) => `${kind} ${count}`);
  console.log(`Findings: ${sums.join(', ')}`);
}
