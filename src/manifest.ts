/**
 * Every id that package.json declares, with its type, so that code and manifest can't drift apart: a test holds this
 * file equal to package.json, both ways.
 */

export const extensionId = 'aiployees-tools.aiployees-conversations';

/** `{ name: 'aiployees.name' }` for each: written out, they would be a fiftieth of what is loaded at first. */
function ids<const Name extends string>(...names: readonly Name[]): { readonly [Each in Name]: `aiployees.${Each}` } {
  return Object.fromEntries(names.map((name) => [name, `aiployees.${name}`])) as {
    readonly [Each in Name]: `aiployees.${Each}`;
  };
}

/** Commands, each implemented in its own file. */
export const commands = ids(
  'setApiKey',
  'clearApiKey',
  'addAccount',
  'switchAccount',
  'removeAccount',
  'exploreSampleData',
  'leaveSampleData',
  'refresh',
  'reload',
  'loadMore',
  'loadAll',
  'loadAllLists',
  'follow',
  'stopFollowing',
  'markAllSeen',
  'groupBy',
  'filter',
  'changeFilter',
  'clearFilter',
  'saveFilter',
  'applySavedFilter',
  'findConversation',
  'searchTranscripts',
  'stopSearch',
  'continueSearch',
  'clearSearch',
  'openConversation',
  'keepOpen',
  'nextConversation',
  'previousConversation',
  'reloadConversation',
  'revealInTree',
  'openAsJson',
  'openAsMarkdown',
  'selectForCompare',
  'compareWithSelected',
  'compareSelected',
  'openLeft',
  'openRight',
  'labelConversation',
  'labelGood',
  'labelBad',
  'labelUnsure',
  'removeLabel',
  'editNote',
  'rerun',
  'rerunLeft',
  'newTestConversation',
  'sendMessage',
  'copyId',
  'copyAsJson',
  'copyAsMarkdown',
  'copyAsCurl',
  'copyLink',
  'exportConversations',
  'exportFromView',
  'showUsage',
  'cancelWait',
  'openSettings',
  'showLog',
);
export type CommandId = (typeof commands)[keyof typeof commands];

export const submenus = { label: 'aiployees.label' } as const;

export const viewContainers = { aiployees: 'aiployees' } as const;

export const views = { conversations: 'aiployees.conversations', searchResults: 'aiployees.searchResults' } as const;
export type ViewId = (typeof views)[keyof typeof views];

/** Types of webview panels, which come back after a window reload. */
export const panels = { conversation: 'aiployees.conversation' } as const;

/** The type of a webview panel that goes with its window. */
export const usagePanel = 'aiployees.usage';

/** Conversations opened as documents. */
export const conversationDocuments = { scheme: 'aiployees' } as const;

/** Two conversations side by side: a language of their own, so that VS Code shows lenses and wraps lines there alone. */
export const comparisonDocuments = {
  scheme: 'aiployees-comparison',
  language: 'aiployees-comparison',
  extension: '.aiployees-comparison',
} as const;

export const walkthroughs = { start: 'aiployees.start' } as const;

/**
 * Settings as package.json declares them. `machine` ones can't be set by a workspace: they say where a key is sent, or
 * how long for.
 */
export const settings = {
  baseUrl: { id: 'aiployees.baseUrl', type: 'string', scope: 'machine', default: 'https://call.aiployees.com/api' },
  pageSize: { id: 'aiployees.pageSize', type: 'integer', scope: 'window', default: 30, minimum: 1, maximum: 100 },
  timeZone: { id: 'aiployees.timeZone', type: 'string', scope: 'window', default: 'UTC' },
  /** Filters by their names. A workspace may have its own, to be shared: they select what is shown, and nothing else. */
  savedFilters: { id: 'aiployees.savedFilters', type: 'object', scope: 'window', default: {} },
  /** Seconds. */
  requestTimeout: {
    id: 'aiployees.requestTimeout',
    type: 'integer',
    scope: 'machine',
    default: 20,
    minimum: 5,
    maximum: 120,
  },
  /** Seconds. */
  followInterval: {
    id: 'aiployees.followInterval',
    type: 'integer',
    scope: 'window',
    default: 10,
    minimum: 5,
    maximum: 300,
  },
  followWhileHidden: { id: 'aiployees.followWhileHidden', type: 'boolean', scope: 'window', default: false },
} as const;
export type SettingName = keyof typeof settings;

/** What when clauses ask for. */
export const contextKeys = ids(
  'mode',
  'hasKey',
  'hasSeveralAccounts',
  'hasMore',
  'allLoaded',
  'filtered',
  'hasSavedFilters',
  'hasTarget',
  'hasTestTarget',
  'selectedForCompare',
  'twoSelected',
  'panelIsPreview',
  'waiting',
  'search',
  'following',
  'hasNew',
  'selectedUnfocused',
);
export type ContextKey = keyof typeof contextKeys;

/** Unset until the key was looked for. */
export type Mode = 'noKey' | 'sample' | 'account';

/** Of the search in transcripts; unset where there is none. An unfinished one has left conversations out. */
export type SearchPhase = 'running' | 'unfinished' | 'done';

export interface ContextValues {
  readonly mode: Mode;
  /** A key is kept for the current account, usable or not: there is something to forget. */
  readonly hasKey: boolean;
  readonly hasSeveralAccounts: boolean;
  readonly hasMore: boolean;
  /** Whether every list of the tree was loaded to its end, also the lists that were never opened. */
  readonly allLoaded: boolean;
  readonly filtered: boolean;
  readonly hasSavedFilters: boolean;
  readonly hasTarget: boolean;
  /** There is a test conversation among them, to be written to. */
  readonly hasTestTarget: boolean;
  /** One conversation waits for another to be compared with. */
  readonly selectedForCompare: boolean;
  /** Two conversations, and nothing else, are selected in the tree. */
  readonly twoSelected: boolean;
  readonly panelIsPreview: boolean;
  readonly waiting: boolean;
  readonly search: SearchPhase | undefined;
  readonly following: boolean;
  /** Some conversations are marked as new. */
  readonly hasNew: boolean;
  /** The row that is selected in the tree may not be the focused one. */
  readonly selectedUnfocused: boolean;
}

/** Ids in SecretStorage are this, the origin that the key may be sent to, and for further accounts `#` and their id. */
export const secretPrefix = 'aiployees.key:';

/** Ids in the machine's global state. */
export const stateIds = {
  /** Accounts beside the first. */
  accounts: 'aiployees.accounts',
  /** Which account was chosen last, and whether sample data is shown instead. */
  choice: 'aiployees.choice',
  /** That the reader was told of rows that seem to come from the future. */
  futureHintGiven: 'aiployees.futureHintGiven',
} as const;

/** Commands that rows and keys run: registered, and not declared, so that no palette or menu offers them. */
export const internalCommands = {
  /** What a click on a row does: the row is the one that is selected then. There are two of them, see `rowClicks`. */
  act: 'aiployees.internal.act',
  actInTurn: 'aiployees.internal.actInTurn',
  /** What Enter does on the focused row: as a click, and the focus goes along. */
  enter: 'aiployees.internal.enter',
  /** Has the next selection of a row open nothing: a key selects the focused row first. */
  holdOpening: 'aiployees.internal.holdOpening',
  /** What a click on a row of the search's results does: the row is the one that is selected there. */
  actOnResult: 'aiployees.internal.actOnResult',
  /** Copies the ID of the conversation that is selected in the results: Ctrl/Cmd+C. */
  copyResult: 'aiployees.internal.copyResult',
  /** What Ctrl/Cmd+C does: copies the IDs of the selected rows if there are several, else that of the focused row. */
  copyFocused: 'aiployees.internal.copyFocused',
  /** What a key does first while `selectedUnfocused`: it acts on the focused row. */
  focusSelected: 'aiployees.internal.focusSelected',
} as const;
export type InternalCommandId = (typeof internalCommands)[keyof typeof internalCommands];

/** The commands that a row's click runs in turn: another one each time that the row says something else. */
export const rowClickCommands = [internalCommands.act, internalCommands.actInTurn] as const;
