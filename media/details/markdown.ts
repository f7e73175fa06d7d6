import type { List, Nodes, Parents, Table } from 'mdast';
import { toVisibleLine } from '../../src/core/text/label';
import { el, written } from '../shared/dom';

/**
 * What goes beyond one of these is shown as it was sent: of much that it reads, twice as much takes the parser four times as
 * long, and of pictures within each other eight times.
 */
const longest = 20_000;
const mostLines = 1000;
const mostEmphasis = 4000;
const mostBrackets = 500;

/** Quotations and lists within each other. A browser breaks down over some hundreds; nobody writes ten. */
const containers = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?!\S)))+/gm;
/** In columns: each level takes one or two, in the line that begins it or before that. */
const widestContainers = 32;
/** Elements within each other that are made of one text. */
const deepest = 100;

/**
 * Text without any of these is the same with and without Markdown: signs that may stand anywhere, ones that count at the begin of
 * a line alone, and what makes more than one paragraph.
 */
const marks =
  /[*_`|[<\\]|~~|&[#\w]+;|^[ \t]*(?:#{1,6}(?!\S)|>|[-+](?!\S)|\d+[.)](?!\S)|[-=:][-=:\s]*$)|^(?: {4}| {0,3}\t)|(?:\n|\r(?!\n))\s*[\n\r]/m;

/** A number as tables have them, with its sign, currency, unit or percent: also a date, a time or a phone. */
const numeric = /^\s*(?:[^\d\s]{0,4}\s?)(?:[\d.,:/()+−–-]|[\s'’](?=[\d(])){1,40}(?:\s?[^\d\s]{0,4})\s*$/u;

/** Where a link may lead: nothing that runs within the editor. */
const leadsOutside = /^(?:https?:|mailto:)/i;

/** Whether the parser is needed to draw a text, or the beginning of it. */
export function needsSyntax(text: string): boolean {
  return marks.test(text.slice(0, longest));
}

/** Whether the parser reads it in a moment, and the browser can show what comes of it. */
function isReadable(text: string): boolean {
  return (
    text.length <= longest &&
    !isMore(text, /\n|\r(?!\n)/g, mostLines) &&
    !isMore(text, /[*_~]/g, mostEmphasis) &&
    !isMore(text, /\]/g, mostBrackets) &&
    [...text.matchAll(containers)].every(([begin]) => begin.replaceAll('\t', '    ').length <= widestContainers)
  );
}

function isMore(text: string, what: RegExp, most: number): boolean {
  return (text.match(what)?.length ?? 0) > most;
}

/**
 * What a stranger wrote as Markdown. Every element is made here, from a syntax tree: HTML in it stays the text that it is,
 * no picture is loaded, and whatever is not known stands as it was written.
 */
export function markdownText(text: string): DocumentFragment {
  const tree = isReadable(text) && needsSyntax(text) ? window.markdownSyntax?.(text) : undefined;
  return tree === undefined ? written(text) : new Rendering(text).all(tree);
}

class Rendering {
  private depth = 0;

  constructor(private readonly source: string) {}

  all(parent: Parents): DocumentFragment {
    const fragment = document.createDocumentFragment();
    for (const child of parent.children) fragment.append(this.node(child));
    return fragment;
  }

  private node(node: Nodes): Node {
    if (this.depth > deepest) return this.asWritten(node);
    this.depth += 1;
    const drawn = this.drawn(node);
    this.depth -= 1;
    return drawn;
  }

  private drawn(node: Nodes): Node {
    switch (node.type) {
      case 'text':
        return written(node.value);
      case 'paragraph':
        return el('p', {}, this.all(node));
      case 'heading':
        // The page's own outline ends with the turns: what is in one comes below it.
        return el(
          'div',
          { class: 'heading', role: 'heading', 'aria-level': String(Math.min(6, 3 + node.depth)) },
          this.all(node),
        );
      case 'emphasis':
        return el('em', {}, this.all(node));
      case 'strong':
        return el('strong', {}, this.all(node));
      case 'delete':
        return el('del', {}, this.all(node));
      case 'inlineCode':
        return el('code', {}, written(node.value));
      case 'code':
        return el('pre', { tabindex: '0' }, el('code', {}, written(node.value)));
      case 'blockquote':
        return el('blockquote', {}, this.all(node));
      case 'list':
        return this.list(node);
      case 'listItem':
        return el('li', {}, this.all(node));
      case 'table':
        return this.table(node);
      case 'thematicBreak':
        return el('hr');
      case 'break':
        return el('br');
      case 'link':
        return leadsOutside.test(node.url) ? this.link(node.url, this.all(node)) : this.asWritten(node);
      default:
        // HTML, pictures, references and their definitions: hidden they would be lost, resolved they would be loaded.
        return this.asWritten(node);
    }
  }

  /** The address is there to be seen before it is followed. */
  private link(url: string, content: Node): Node {
    return el('a', { href: url, title: toVisibleLine(url) }, content);
  }

  private list(list: List): Node {
    const first = list.start;
    return list.ordered === true
      ? el('ol', first === null || first === undefined || first === 1 ? {} : { start: String(first) }, this.all(list))
      : el('ul', {}, this.all(list));
  }

  private table({ children: [head, ...rows], align }: Table): Node {
    const cells = (tag: 'th' | 'td', row: Table['children'][number] | undefined): Node[] =>
      (row?.children ?? []).map((cell, column) => cellOf(tag, align?.[column] ?? undefined, this.all(cell)));
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

  private asWritten({ position }: Nodes): Node {
    const text = this.source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
    return el('span', { class: 'as-written' }, written(text));
  }
}

function cellOf(tag: 'th' | 'td', align: string | undefined, content: DocumentFragment): HTMLElement {
  const isNumber = numeric.test(content.textContent ?? '');
  const name = [align, isNumber ? 'number' : undefined].filter((each) => each !== undefined).join(' ');
  return el(tag, { class: name === '' ? undefined : name, ...(tag === 'th' && { scope: 'col' }) }, content);
}
