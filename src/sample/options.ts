/** Switches of the sample backend, each a behaviour that servers of this family have or may have. */
export interface SampleOptions {
  /** How many conversations there are at the start. */
  readonly count: number;
  /** What the variations of names, times and numbers come from. */
  readonly seed: number;
  /** Include the odd conversations that exist to try a client (see `fixtures.ts`); the instructive ones are always there. */
  readonly fixtures: boolean;
  /** Path of the API on its host. */
  readonly basePath: string;

  /** Numbered pages with a total, or cursors without one. */
  readonly style: 'page' | 'cursor';
  /** The server's own page links keep the filters of the request. */
  readonly keepQuery: boolean;
  /** What happens to a `per_page` outside of 1 to 100; `ignore` answers 15 rows whatever was asked. */
  readonly perPagePolicy: '422' | 'clamp' | 'ignore';
  readonly ignoreType: boolean;
  /** Further query names that the server does not know, such as `assistant_id` or `date_from`. */
  readonly ignoreQuery: readonly string[];
  /** Rows and transcripts carry variables, customer, sender and external identifier. */
  readonly extended: boolean;
  readonly typeOfCost: 'number' | 'string';
  /** How an empty object leaves PHP. */
  readonly emptyObjectAs: '{}' | '[]';
  /** What `total` claims, whatever is true. */
  readonly lyingTotal: number | undefined;
  /** What `last_page` claims, whatever is true. */
  readonly lyingLastPage: number | undefined;
  /** Neither a last page nor a total is told. */
  readonly noLastPage: boolean;
  /** Only current_page, data, per_page, total and last_page. */
  readonly trimmedEnvelope: boolean;
  /** The body of every answer of the list, byte for byte. */
  readonly overrideList: string | undefined;
  /** So many conversations begin after each page that was served: pages drift while a client reads on. */
  readonly driftingRows: number;

  /** While it is on, test conversations begin and grow as time passes (see `growth.ts`). */
  readonly growing: boolean;

  /** `any` accepts every key that looks like one; an empty list refuses all. */
  readonly acceptedKeys: 'any' | readonly string[];
  /** Which of the bodies seen in the field a refused key gets; `forbidden` is a 403. */
  readonly refusal: 'message' | 'error' | 'invalidKey' | 'forbidden';
  /** Transcripts, creating and sending want the key as well. */
  readonly authOnPublic: boolean;
  /** Without JSON first in Accept, every call is redirected to the login page. */
  readonly strictAccept: boolean;
  /** Requests in a minute for each key; 0 is no limit and no rate headers. */
  readonly rate: number;
  readonly assistantsCall: 'ok' | '404' | '403';
  readonly me: 'ok' | '404';
  readonly insufficientBalance: boolean;

  /** IANA name of the zone that rows' times and date filters are in. */
  readonly zone: string;
  /** How long the slow conversation's answer takes. */
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
  extended: true,
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
