import assert from 'node:assert/strict';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text between its children. */
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Parses XML 1.0 without DTDs, comments, and CDATA sections. Throws an error if it isn't well formed. */
export function parseXml(xml: string): XmlElement {
  assert.doesNotMatch(xml, /(?![\t\n\r])[\u0000-\u001f]|[\ufffe\uffff]|\p{Surrogate}/u, 'no character of XML 1.0');
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  assert.ok(xml.startsWith(declaration));
  const parser = new Parser(xml, declaration.length);
  const root = parser.element();
  assert.equal(parser.rest().trim(), '', 'text after the root');
  return root;
}

class Parser {
  constructor(
    private readonly xml: string,
    private at: number,
  ) {}

  rest(): string {
    return this.xml.slice(this.at);
  }

  element(): XmlElement {
    const [, name = ''] = this.take(/<([a-z-]+)/y);
    const attributes: Record<string, string> = {};
    for (
      let found = this.match(/\s+([a-z]+)="([^"<]*)"/y);
      found !== null;
      found = this.match(/\s+([a-z]+)="([^"<]*)"/y)
    ) {
      const [, key = '', value = ''] = found;
      assert.ok(!Object.hasOwn(attributes, key), `attribute ${key} appears twice`);
      attributes[key] = decode(value.replace(/[\t\n\r]/g, ' '));
    }
    if (this.match(/\s*\/>/y)) return { name, attributes, children: [], text: '' };
    this.take(/\s*>/y);
    const children: XmlElement[] = [];
    let text = '';
    for (;;) {
      const [part = ''] = this.take(/[^<]*/y);
      assert.ok(!part.includes(']]>'), ']]> in text');
      text += decode(part.replace(/\r\n?/g, '\n'));
      if (this.match(/<\//y)) break;
      children.push(this.element());
    }
    this.take(new RegExp(`${name}\\s*>`, 'y'));
    return { name, attributes, children, text };
  }

  private take(pattern: RegExp): RegExpExecArray {
    const found = this.match(pattern);
    assert.ok(found, `expected ${pattern.source} at: ${this.xml.slice(this.at, this.at + 60)}`);
    return found;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.xml);
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}

function decode(text: string): string {
  return text.replace(/&([^;]*;)?/g, (whole, reference = '') => {
    const name = String(reference).slice(0, -1);
    const code = /^#(\d+)$/.exec(name)?.[1];
    const character = code === undefined ? entities[name] : String.fromCodePoint(Number(code));
    assert.ok(character !== undefined, `unknown entity ${whole}`);
    return character;
  });
}
