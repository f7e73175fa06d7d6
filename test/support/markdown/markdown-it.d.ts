/** The types that the tests need of a package without its own. */
declare module 'markdown-it' {
  namespace MarkdownIt {
    interface Token {
      readonly type: string;
      readonly tag: string;
      readonly level: number;
      readonly nesting: -1 | 0 | 1;
      readonly info: string;
      readonly content: string;
      readonly children: Token[] | null;
      attrGet(name: string): string | null;
    }

    /** The lines of one block of text. */
    interface StateBlock {
      readonly src: string;
      readonly bMarks: readonly number[];
      readonly eMarks: readonly number[];
      readonly tShift: readonly number[];
      readonly sCount: readonly number[];
      readonly blkIndent: number;
      line: number;
      push(type: string, tag: string, nesting: -1 | 0 | 1): Token;
    }

    type BlockRule = (state: StateBlock, startLine: number, endLine: number, silent: boolean) => boolean;
  }

  class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly linkify: boolean });
    readonly linkify: { set(options: { readonly fuzzyLink: boolean }): void };
    readonly block: {
      readonly ruler: {
        before(
          name: string,
          added: string,
          rule: MarkdownIt.BlockRule,
          options: { readonly alt: readonly string[] },
        ): void;
      };
    };
    validateLink: (link: string) => boolean;
    parse(text: string, environment: object): MarkdownIt.Token[];
  }
  export = MarkdownIt;
}
