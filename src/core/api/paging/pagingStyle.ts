import type { PageRange } from './pageSizes';

/** The paging data of a response in any style. */
export interface Envelope<Style extends string = string> {
  readonly style: Style;
  /** Counts from 1. */
  readonly currentPage?: number | undefined;
  readonly lastPage?: number | undefined;
  readonly perPage?: number | undefined;
  readonly total?: number | undefined;
  readonly addressing?: PageAddressing;
}

/** How to request a page if not by `page=2` or `cursor=…`. Learned from the server's responses. */
export interface PageAddressing {
  /** The parameter for the page number or cursor, such as `page[number]`. */
  readonly parameter?: string;
  /** The server's first page is 0. Pointers and envelopes count from 1 regardless. */
  readonly fromZero?: boolean;
}

export interface PageOfRows<E> {
  readonly rows: readonly { readonly id: string }[];
  readonly rejected?: readonly unknown[];
  readonly envelope: E;
}

export interface EarlierPages {
  /** Preferably the first page's, so that later pages show whether the list has grown. */
  readonly total?: number | undefined;
  readonly lastPage?: number | undefined;
  /** The `visitKey` of all followed pointers. */
  readonly followed?: ReadonlySet<string>;
}

/** Data of the page before a pointer, if it was loaded. */
export interface PrecedingPage<E> {
  readonly envelope: E;
  readonly size: number;
  readonly isFull: boolean;
  readonly ids: ReadonlySet<string>;
}

export interface RequestFor<P> {
  readonly pointer?: P | undefined;
  /** 1 to 100; clamped. */
  readonly pageSize: number;
  readonly addressing?: PageAddressing | undefined;
}

/** Paging data of a response's fields, links, and `Link` header, before a style is chosen. */
export interface PagingHints {
  readonly rowCount: number;
  readonly currentPage: number | undefined;
  readonly lastPage: number | undefined;
  readonly previousPage: number | undefined;
  readonly nextPage: { readonly page: number; readonly parameter?: string } | undefined;
  readonly nextCursor: { readonly cursor: string; readonly parameter?: string } | undefined;
  /** Whether any field or link reports a next page. */
  readonly hasMore: boolean;
  /** Each field or link that reports the end. */
  readonly ends: readonly { readonly isCursor: boolean; readonly isExplicit: boolean }[];
  /** Returns the first number in a paging field with one of these names (lower case, no underscores). */
  number(names: readonly string[]): number | undefined;
}

/** Access to any page by number. Counts and sizes of a style without it are ignored. */
export interface PageAccess<P, E> {
  /** Returns whether the server numbers its pages so that any of them can be requested. */
  isPossible(envelope: E): boolean;
  pointerTo(page: number): P;
  /** Returns whether the response is the requested page. */
  isRequestedRange(range: PageRange, page: PageOfRows<E>): boolean;
  /** Returns whether a page may have the requested size. */
  mayHonorSize(page: PageOfRows<E>, size: number): boolean;
}

/**
 * One object per paging style, in its own file and with one line in `paging.ts`. Pages and pointers passed to a style
 * are of that style.
 */
export interface PagingStyle<P, E extends Envelope> {
  /** Missing if pages can only be loaded in sequence. */
  readonly seek?: PageAccess<P, E>;

  decode(hints: PagingHints, request: RequestFor<P>): E | undefined;
  toParameter(pointer: P, addressing?: PageAddressing): { readonly name: string; readonly value: string };

  /**
   * Returns the pointer to the next page; undefined at the end of the list. Terminates for any server.
   * @param seen IDs on earlier pages of this list
   */
  next(
    requested: P | undefined,
    page: PageOfRows<E>,
    seen: Pick<ReadonlySet<string>, 'has'>,
    earlier: EarlierPages,
  ): P | undefined;
  /** Returns a key to follow a pointer only once; undefined if pointers can't form a cycle. */
  visitKey(pointer: P): string | undefined;
  /** Returns whether the next page was loaded before. Without this check, a cycle of cursors would never end. */
  isCursorCycle(envelope: E, followed: ReadonlySet<string>): boolean;
  /** Returns whether a page is the last one, by the server's data or else because it has fewer rows than requested. */
  isLast(requested: P | undefined, page: PageOfRows<E>, size: number): boolean;

  /** Returns the number of rows before the page; undefined if the pointer doesn't contain it. */
  rowsBefore(pointer: P, size: number): number | undefined;
  /**
   * Returns the pointer to the page with the same offset at another page size. Rows may repeat, but none is skipped.
   */
  reanchor(pointer: P, oldSize: number, newSize: number): P;
  /** Returns whether only a shared row proves that no rows between two pages were skipped. */
  needsOverlap(envelope: E): boolean;
  /**
   * Returns whether rows may be missing between a page and the full one before it.
   * @param honorsPageSize whether the server returns pages of the requested size
   */
  mayHaveSkipped(page: PageOfRows<E>, before: PrecedingPage<E>, honorsPageSize: boolean): boolean;
}

/** Counts the rows, readable or not. */
export function countRows({ rows, rejected = [] }: PageOfRows<unknown>): number {
  return rows.length + rejected.length;
}

/**
 * Returns whether a nonempty page has only known rows: a server that ignores the pointer sends its first page forever.
 */
export function hasOnlySeen({ rows }: PageOfRows<unknown>, seen: Pick<ReadonlySet<string>, 'has'>): boolean {
  return rows.length > 0 && rows.every(({ id }) => seen.has(id));
}

/** Returns how to request the next page if that is unusual; once known, it stays. */
export function learnAddressing(
  known: PageAddressing | undefined,
  next: { readonly parameter?: string } | undefined,
  fromZero = known?.fromZero === true,
): { readonly addressing?: PageAddressing } {
  const parameter = next?.parameter ?? known?.parameter;
  if (parameter === undefined && !fromZero) return {};
  return { addressing: { ...(parameter === undefined ? {} : { parameter }), ...(fromZero ? { fromZero } : {}) } };
}
