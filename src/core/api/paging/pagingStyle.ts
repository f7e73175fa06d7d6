import type { PageRange } from './pageSizes';

/** What a response says about its list, whatever its paging style. */
export interface Envelope<Style extends string = string> {
  readonly style: Style;
  /** The number of this page, counted from 1. */
  readonly currentPage?: number | undefined;
  readonly lastPage?: number | undefined;
  readonly perPage?: number | undefined;
  readonly total?: number | undefined;
  readonly addressing?: PageAddressing;
}

/** How a server wants to be asked for a page if it isn't `page=2` or `cursor=…`. Learned from its own responses. */
export interface PageAddressing {
  /** The parameter that takes the page number or cursor, such as `page[number]`. */
  readonly parameter?: string;
  /** Its first page is number 0. Pointers and envelopes count from 1 all the same. */
  readonly fromZero?: boolean;
}

/** A page of anything that has IDs. */
export interface PageOfRows<E> {
  readonly rows: readonly { readonly id: string }[];
  readonly rejected?: readonly unknown[];
  readonly envelope: E;
}

/** What the list's earlier pages said. */
export interface EarlierPages {
  /** Preferably the first page's: every later page then shows a list that has grown since. */
  readonly total?: number | undefined;
  /** Preferably the first page's. */
  readonly lastPage?: number | undefined;
  /** The `visitKey` of every pointer that was followed. */
  readonly followed?: ReadonlySet<string>;
}

/** What the page before a place said, when it was read. */
export interface PrecedingPage<E> {
  readonly envelope: E;
  /** As it was asked for. */
  readonly size: number;
  readonly isFull: boolean;
  /** Of its rows. */
  readonly ids: ReadonlySet<string>;
}

/** What a list was asked with. */
export interface RequestFor<P> {
  /** Missing for the first page. */
  readonly pointer?: P | undefined;
  /** 1 to 100; clamped. */
  readonly pageSize: number;
  /** As the list's last envelope had it. */
  readonly addressing?: PageAddressing | undefined;
}

/** What the fields, links, and `Link` header of a response say about its paging, before any style is chosen. */
export interface PagingHints {
  /** Rows of the response, readable or not. */
  readonly countRows: number;
  readonly currentPage: number | undefined;
  readonly lastPage: number | undefined;
  readonly findPreviousPage: number | undefined;
  readonly nextPage: { readonly page: number; readonly parameter?: string } | undefined;
  readonly parseNextCursor: { readonly cursor: string; readonly parameter?: string } | undefined;
  /** Whether anything says that there is a next page. */
  readonly hasMore: boolean;
  /** Each field or link that says that there is none. */
  readonly ends: readonly { readonly isCursor: boolean; readonly isExplicit: boolean }[];
  /** The first number that stands in a paging field with one of these names, in lower case and without underscores. */
  number(names: readonly string[]): number | undefined;
}

/** Access to any page of a list by its number. What a style without it says about counts and sizes is ignored. */
export interface PageAccess<P, E> {
  /** Whether the server numbers its pages so that any of them can be asked for. */
  isPossible(envelope: E): boolean;
  pointerTo(page: number): P;
  /** Whether the response is the page that was asked for. */
  isRequestedRange(range: PageRange, page: PageOfRows<E>): boolean;
  /** Whether a page may have the size that it was asked for. */
  mayHonorSize(page: PageOfRows<E>, size: number): boolean;
}

/**
 * How a family of servers leads from one page of a list to the next. A style is one object in a file of its own, and one
 * line in `paging.ts`. Pages and pointers that a method takes are of this style.
 */
export interface PagingStyle<P, E extends Envelope> {
  /** Missing if pages can only be read one after the other. */
  readonly seek?: PageAccess<P, E>;

  /** Undefined if the response has another style. */
  decode(signs: PagingHints, request: RequestFor<P>): E | undefined;
  /** The parameter that asks for a page. */
  toParameter(pointer: P, addressing?: PageAddressing): { readonly name: string; readonly value: string };

  /**
   * Where the page after this one is; undefined if the list ends here. Following the pointers ends, whatever the server says.
   * @param seen IDs on earlier pages of this list
   */
  next(
    requested: P | undefined,
    page: PageOfRows<E>,
    seen: Pick<ReadonlySet<string>, 'has'>,
    earlier: EarlierPages,
  ): P | undefined;
  /** Names a pointer that is followed only once; undefined if pointers can't lead in a circle. */
  visitKey(pointer: P): string | undefined;
  /** Whether what is behind the page was read before. Without this, cursors that go round in a circle are followed forever. */
  isCursorCycle(envelope: E, followed: ReadonlySet<string>): boolean;
  /** Whether a page is the list's last one by what the server says, or else by having fewer rows than were asked for. */
  isLast(requested: P | undefined, page: PageOfRows<E>, size: number): boolean;

  /** The rows before the page that the pointer leads to; undefined if the pointer doesn't say. */
  rowsBefore(pointer: P, size: number): number | undefined;
  /** The pointer to the page that holds the same offset at another page size: earlier rows may come again, none is skipped. */
  reanchor(pointer: P, oldSize: number, newSize: number): P;
  /** Whether only a row that two pages share shows that none between them was skipped. */
  needsOverlap(envelope: E): boolean;
  /**
   * Whether rows may lie between a page that was read in its turn and the full one before it.
   * @param honorsPageSize whether the server gives its pages the size that they are asked for
   */
  mayHaveSkipped(page: PageOfRows<E>, before: PrecedingPage<E>, honorsPageSize: boolean): boolean;
}

/** Rows of the page, readable or not. */
export function rowCount({ rows, rejected = [] }: PageOfRows<unknown>): number {
  return rows.length + rejected.length;
}

/** Whether a page has rows, and all of them were seen: a server that ignores the pointer sends its first page forever. */
export function hasOnlySeen({ rows }: PageOfRows<unknown>, seen: Pick<ReadonlySet<string>, 'has'>): boolean {
  return rows.length > 0 && rows.every(({ id }) => seen.has(id));
}

/** How the next page is to be asked for if that is unusual; once known, it stays. */
export function learnAddressing(
  known: PageAddressing | undefined,
  next: { readonly parameter?: string } | undefined,
  fromZero = known?.fromZero === true,
): { readonly addressing?: PageAddressing } {
  const parameter = next?.parameter ?? known?.parameter;
  if (parameter === undefined && !fromZero) return {};
  return { addressing: { ...(parameter === undefined ? {} : { parameter }), ...(fromZero ? { fromZero } : {}) } };
}
