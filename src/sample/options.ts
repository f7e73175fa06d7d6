/** Options of the sample backend, each a behavior that such servers have or may have. */
export interface SampleOptions {
  /** The number of conversations at the start. */
  readonly count: number;
  /** Varies names, times, and numbers. */
  readonly seed: number;
  /** Includes the odd conversations for tests of a client (see `fixtures.ts`); the instructive ones are always included. */
  readonly fixtures: boolean;
  /** The API's path on its host. */
  readonly basePath: string;

  /** Numbered pages with a total, or cursors without one. */
  readonly style: 'page' | 'cursor';
  /** The server's own page links keep the filters of the request. */
  readonly keepQuery: boolean;
  /** Handles a `per_page` outside of 1 to 100; `ignore` always returns 15 rows. */
  readonly perPagePolicy: '422' | 'clamp' | 'ignore';
  readonly ignoreType: boolean;
  /** Query names that the server doesn't know, such as `assistant_id` or `date_from`. */
  readonly ignoreQuery: readonly string[];
  /** Rows and transcripts include variables, customer, sender, and external identifier. */
  readonly hasExtraFields: boolean;
  readonly typeOfCost: 'number' | 'string';
  /** PHP's form of an empty object. */
  readonly emptyObjectAs: '{}' | '[]';
  /** A wrong `total`. */
  readonly lyingTotal: number | undefined;
  /** A wrong `last_page`. */
  readonly lyingLastPage: number | undefined;
  /** Omits the last page and the total. */
  readonly noLastPage: boolean;
  /** Only current_page, data, per_page, total, and last_page. */
  readonly trimmedEnvelope: boolean;
  /** The body of every list response, byte for byte. */
  readonly overrideList: string | undefined;
  /** Number of conversations that are added after each page: pages drift while a client loads more. */
  readonly driftingRows: number;

  /** Test conversations start and grow over time (see `growth.ts`). */
  readonly growing: boolean;

  /** `any` accepts every well-formed key; an empty list refuses all. */
  readonly acceptedKeys: 'any' | readonly string[];
  /** The body for a refused key, as seen on real servers; `forbidden` is a 403. */
  readonly refusal: 'message' | 'error' | 'invalidKey' | 'forbidden';
  /** Transcripts, creating, and sending require the key as well. */
  readonly authOnPublic: boolean;
  /** If JSON isn't first in Accept, every call is redirected to the login page. */
  readonly strictAccept: boolean;
  /** Requests per minute for each key; 0 means no limit and no rate headers. */
  readonly rate: number;
  readonly assistantsCall: 'ok' | '404' | '403';
  readonly me: 'ok' | '404';
  readonly insufficientBalance: boolean;

  /** IANA name of the time zone for rows and date filters. */
  readonly zone: string;
  /** Delay of the slow conversation's reply. */
  readonly slowAnswerMs: number;
}

export const defaultSampleOptions: SampleOptions = {
  count: 68,
  seed: 7,
  fixtures: true,
  basePath: '/api',
  style: 'page',
  keepQuery: false,
  perPagePolicy: '422',
  ignoreType: false,
  ignoreQuery: [],
  hasExtraFields: true,
  typeOfCost: 'number',
  emptyObjectAs: '{}',
  lyingTotal: undefined,
  lyingLastPage: undefined,
  noLastPage: false,
  trimmedEnvelope: false,
  overrideList: undefined,
  driftingRows: 0,
  growing: false,
  acceptedKeys: 'any',
  refusal: 'message',
  authOnPublic: false,
  strictAccept: true,
  rate: 60,
  assistantsCall: 'ok',
  me: 'ok',
  insufficientBalance: false,
  zone: 'UTC',
  slowAnswerMs: 45_000,
};
