// npm run touched [-- RANGE]: lists and counts the files that a change touches, for a git range such as main..HEAD or,
// without one, for the working tree.
import { execFileSync } from 'node:child_process';
import { rootPath } from './process.mjs';

const groups = [
  ['manifest', /^package(?:\.nls)?\.json$/],
  ['docs', /\.md$/],
  ['generated', /^(?:l10n\/|package-lock\.json$|\.github\/screenshots\/)/],
  ['tests', /^test\//],
  ['code', /./],
];

function git(...args) {
  return execFileSync('git', args, { cwd: rootPath, encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}

const [range] = process.argv.slice(2);
const files =
  range === undefined
    ? [...git('diff', '--name-only', 'HEAD'), ...git('ls-files', '--others', '--exclude-standard')]
    : git('diff', '--name-only', range);
for (const [name, pattern] of groups) {
  const members = files.filter((file) => groups.find(([, each]) => each.test(file))[1] === pattern);
  if (members.length > 0) console.log(`${name} (${members.length})\n${members.map((file) => `  ${file}`).join('\n')}`);
}
console.log(`${files.length} files`);
