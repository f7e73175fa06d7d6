// Finds what the style guide bans in the project's texts.
import { nameRules, sentenceRules } from './rules.mjs';
import { kinds } from './texts.mjs';

const sentences = sentenceRules.map(([pattern, instead, where = ['ui', 'docs', 'comments', 'titles']]) => ({
  pattern: new RegExp(pattern.source.replaceAll(' ', '\\s+'), hasCapital(pattern) ? 'g' : 'gi'),
  instead,
  where,
}));

/** Patterns without capitals match both cases. */
function hasCapital({ source }) {
  return /(?<!\\)[A-Z]/.test(source);
}

/**
 * The findings in a text.
 * @returns {{ kind: string, file: string, line: number, text: string, match: string, instead: string }[]}
 */
export function findings(text) {
  return text.kind === 'names' ? nameFindings(text) : sentenceFindings(text);
}

function sentenceFindings({ kind, file, line, text }) {
  return sentences
    .filter(({ where }) => where.includes(kind))
    .flatMap(({ pattern, instead }) =>
      [...text.matchAll(pattern)].map(({ 0: found, index }) => {
        const before = text.slice(0, index);
        const context = text.slice(Math.max(0, index - 50), index + found.length + 50);
        return {
          kind,
          file,
          line: line + before.split('\n').length - 1,
          text: plain(context),
          match: plain(found),
          instead,
        };
      }),
    );
}

function nameFindings(name) {
  const terms = splitName(name.text);
  // Context keys, and fields of messages and of the server's JSON never change.
  if (/^(?:src\/protocol\/|media\/shared\/|src\/manifest\.ts)/.test(name.file) && name.isField) return [];
  if (/[a-z]_[a-z]/.test(name.text)) return [];
  return nameRules
    .filter(([pattern, , applies = () => true]) => pattern.test(terms) && applies(name))
    .map(([pattern, instead]) => ({ ...name, match: pattern.exec(terms)[0].trim(), instead }));
}

/** `loadPageMs` as "load page ms". */
export function splitName(name) {
  return name
    .replaceAll(/([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .replaceAll(/[#_]/g, '')
    .toLowerCase();
}

function plain(text) {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The number of texts or findings of each kind. */
export function counts(texts) {
  return Object.fromEntries(kinds.map((kind) => [kind, texts.filter((each) => each.kind === kind).length]));
}
