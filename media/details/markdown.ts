import type { List, Nodes, Parents, Table } from 'mdast';
import { toVisibleLine } from '../../src/core/text/title';
import { el, renderText } from '../shared/dom';

/** Text beyond these limits is shown as sent, because the parser's time grows quadratically or worse. */
const maxChars = 20_000;
const maxLines = 1000;
const maxEmphasis = 4000;
const maxBrackets = 500;

/** Nested quotations and lists. Browsers fail at some hundreds of levels. */
const containers = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?!\S)))+/gm;
/** Each level takes one or two columns. */
const maxContainerColumns = 32;
const maxDepth = 100;

/** Text without a match is the same with and without Markdown: inline marks, marks at a line's start, and paragraphs. */
const syntaxPattern =
  /[*_`|[<\\]|~~|&[#\w]+;|^[ \t]*(?:#{1,6}(?!\S)|>|[-+](?!\S)|\d+[.)](?!\S)|[-=:][-=:\s]*$)|^(?: {4}| {0,3}\t)|(?:\n|\r(?!\n))\s*[\n\r]/m;

/** A number with its sign, currency, or unit; also a date, a time, or a phone number. */
const numeric = /^\s*(?:[^\d\s]{0,4}\s?)(?:[\d.,:/()+−–-]|[\s'’](?=[\d(])){1,40}(?:\s?[^\d\s]{0,4})\s*$/u;

/** Other schemes could run something in the editor. */
const externalUrl = /^(?:https?:|mailto:)/i;

export function needsParser(text: string): boolean {
  return syntaxPattern.test(text.slice(0, maxChars));
}

/** Whether the parser is fast enough and the browser can show the result. */
function isParsable(text: string): boolean {
  return (
    text.length <= maxChars &&
    !hasMore(text, /\n|\r(?!\n)/g, maxLines) &&
    !hasMore(text, /[*_~]/g, maxEmphasis) &&
    !hasMore(text, /\]/g, maxBrackets) &&
    [...text.matchAll(containers)].every(([begin]) => begin.replaceAll('\t', '    ').length <= maxContainerColumns)
  );
}

function hasMore(text: string, pattern: RegExp, max: number): boolean {
  return (text.match(pattern)?.length ?? 0) > max;
}

/** Renders untrusted Markdown from its syntax tree. HTML stays text, images aren't loaded, unknown syntax is shown as written. */
export function renderMarkdown(text: string): DocumentFragment {
  const tree = isParsable(text) && needsParser(text) ? window.markdownSyntax?.(text) : undefined;
  return tree === undefined ? renderText(text) : new MarkdownRenderer(text).renderChildren(tree);
}

class MarkdownRenderer {
  private depth = 0;

  constructor(private readonly source: string) {}

  renderChildren(parent: Parents): DocumentFragment {
    const fragment = document.createDocumentFragment();
    for (const child of parent.children) fragment.append(this.renderNode(child));
    return fragment;
  }

  private renderNode(node: Nodes): Node {
    if (this.depth > maxDepth) return this.renderSource(node);
    this.depth += 1;
    const rendered = this.renderByType(node);
    this.depth -= 1;
    return rendered;
  }

  private renderByType(node: Nodes): Node {
    switch (node.type) {
      case 'text':
        return renderText(node.value);
      case 'paragraph':
        return el('p', {}, this.renderChildren(node));
      case 'heading':
        // Below the headings of the page's own outline.
        return el(
          'div',
          { class: 'heading', role: 'heading', 'aria-level': String(Math.min(6, 3 + node.depth)) },
          this.renderChildren(node),
        );
      case 'emphasis':
        return el('em', {}, this.renderChildren(node));
      case 'strong':
        return el('strong', {}, this.renderChildren(node));
      case 'delete':
        return el('del', {}, this.renderChildren(node));
      case 'inlineCode':
        return el('code', {}, renderText(node.value));
      case 'code':
        return el('pre', { tabindex: '0' }, el('code', {}, renderText(node.value)));
      case 'blockquote':
        return el('blockquote', {}, this.renderChildren(node));
      case 'list':
        return this.renderList(node);
      case 'listItem':
        return el('li', {}, this.renderChildren(node));
      case 'table':
        return this.renderTable(node);
      case 'thematicBreak':
        return el('hr');
      case 'break':
        return el('br');
      case 'link':
        return externalUrl.test(node.url)
          ? this.renderLink(node.url, this.renderChildren(node))
          : this.renderSource(node);
      default:
        // HTML, images, references, and definitions.
        return this.renderSource(node);
    }
  }

  /** The tooltip shows the URL. */
  private renderLink(url: string, content: Node): Node {
    return el('a', { href: url, title: toVisibleLine(url) }, content);
  }

  private renderList(list: List): Node {
    const first = list.start;
    return list.ordered === true
      ? el(
          'ol',
          first === null || first === undefined || first === 1 ? {} : { start: String(first) },
          this.renderChildren(list),
        )
      : el('ul', {}, this.renderChildren(list));
  }

  private renderTable({ children: [head, ...rows], align }: Table): Node {
    const cells = (tag: 'th' | 'td', row: Table['children'][number] | undefined): Node[] =>
      (row?.children ?? []).map((cell, column) =>
        renderCell(tag, align?.[column] ?? undefined, this.renderChildren(cell)),
      );
    return el(
      'div',
      { class: 'table-frame' },
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, ...cells('th', head))),
        el('tbody', {}, ...rows.map((row) => el('tr', {}, ...cells('td', row)))),
      ),
    );
  }

  private renderSource({ position }: Nodes): Node {
    const text = this.source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
    return el('span', { class: 'as-written' }, renderText(text));
  }
}

function renderCell(tag: 'th' | 'td', align: string | undefined, content: DocumentFragment): HTMLElement {
  const isNumber = numeric.test(content.textContent ?? '');
  const name = [align, isNumber ? 'number' : undefined].filter((each) => each !== undefined).join(' ');
  return el(tag, { class: name === '' ? undefined : name, ...(tag === 'th' && { scope: 'col' }) }, content);
}
