import katex from '@vscode/markdown-it-katex';
import MarkdownIt from 'markdown-it';

/**
 * Markdown parsed like in VS Code's preview: its parser with its options, its formulas, and its diagram blocks
 * (`markdown-language-features`, `markdown-math`, and `mermaid-markdown-features` of VS Code 1.139).
 */
export interface Preview {
  readonly blocks: readonly MarkdownIt.Token[];
  /** Names of link definitions anywhere in the document. */
  readonly definitions: readonly string[];
}

export function createPreview(text: string): Preview {
  const environment: { references?: Readonly<Record<string, unknown>> } = {};
  return { blocks: parser.parse(text, environment), definitions: Object.keys(environment.references ?? {}) };
}

function makeParser(): MarkdownIt {
  const made = new MarkdownIt({ html: true, linkify: true });
  made.linkify.set({ fuzzyLink: false });
  const validate = made.validateLink;
  made.validateLink = (link) => validate(link) || /^(?:vscode(?:-insiders)?:|data:image\/.*?;)/i.test(link);
  katex(made, { enableFencedBlocks: true });
  made.block.ruler.before('fence', 'mermaidContainer', mermaidContainer, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  return made;
}

/** A diagram between lines of colons, which are counted like in VS Code's rule. The diagram itself isn't rendered. */
const mermaidContainer: MarkdownIt.BlockRule = (state, startLine, endLine, silent) => {
  const at = (line: number): string =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const [, colons, name = ''] = /^(:{3,})(.*)$/s.exec(at(startLine)) ?? [];
  if (colons === undefined || name.trim().split(' ')[0]?.toLowerCase() !== 'mermaid') return false;
  if (silent) return true;
  let line = startLine + 1;
  let isClosed = false;
  for (; line < endLine && !isClosed; line++) {
    if (at(line) !== '' && (state.sCount[line] ?? 0) < state.blkIndent) break;
    isClosed =
      (state.sCount[line] ?? 0) - state.blkIndent < 4 &&
      /^(:{3,})\s*$/.exec(at(line))?.[1]?.startsWith(colons) === true;
  }
  state.push('mermaidContainer', 'div', 1);
  state.line = line;
  return true;
};

const parser = makeParser();
