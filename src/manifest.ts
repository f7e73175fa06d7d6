/** Typed copies of package.json's declarations. A test compares both. */

export const extensionId = 'aiployees-tools.aiployees-conversations';

/** Returns `{ name: 'aiployees.name' }` for each name. Literals would add 2% to the code that loads first. */
function ids<const Name extends string>(...names: readonly Name[]): { readonly [Each in Name]: `aiployees.${Each}` } {
  return Object.fromEntries(names.map((name) => [name, `aiployees.${name}`])) as {
    readonly [Each in Name]: `aiployees.${Each}`;
  };
}

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
  'groupByType',
  'groupByTypeChecked',
  'groupByAssistant',
  'groupByAssistantChecked',
  'groupByDay',
  'groupByDayChecked',
  'sortByNewest',
  'sortByNewestChecked',
  'sortByUpdated',
  'sortByUpdatedChecked',
  'sortByCost',
  'sortByCostChecked',
  'sortByMessages',
  'sortByMessagesChecked',
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
  'openLatestTest',
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
  'saveAsTest',
  'openTestConversation',
  'newTestConversation',
  'newTestOfAssistant',
  'showOnlyAssistant',
  'copyAssistantId',
  'retry',
  'sendMessage',
  'copyId',
  'copyAsJson',
  'copyAsMarkdown',
  'copyAsCurl',
  'copyLink',
  'exportConversations',
  'exportFromView',
  'showUsage',
  'showToolCalls',
  'checkFailures',
  'cancelWait',
  'openSettings',
  'showLog',
);
export type CommandId = (typeof commands)[keyof typeof commands];

export const submenus = { label: 'aiployees.label', viewAndSort: 'aiployees.viewAndSort' } as const;

export const viewContainers = { aiployees: 'aiployees' } as const;

export const views = { conversations: 'aiployees.conversations', searchResults: 'aiployees.searchResults' } as const;
export type ViewId = (typeof views)[keyof typeof views];

/** Types of webview panels that VS Code restores after a reload of the window. */
export const panels = { conversation: 'aiployees.conversation' } as const;

/** Type of a webview panel that VS Code doesn't restore. */
export const usagePanel = 'aiployees.usage';

export const conversationDocuments = { scheme: 'aiployees' } as const;

/** The language limits lenses and line wrapping to comparisons. */
export const comparisonDocuments = {
  scheme: 'aiployees-comparison',
  language: 'aiployees-comparison',
  extension: '.aiployees-comparison',
} as const;

export const walkthroughs = { start: 'aiployees.start' } as const;

/** Settings with the scope `machine`, which a workspace can't set, determine where and for how long a key is sent. */
export const settings = {
  baseUrl: { id: 'aiployees.baseUrl', type: 'string', scope: 'machine', default: 'https://call.aiployees.com/api' },
  pageSize: { id: 'aiployees.pageSize', type: 'integer', scope: 'window', default: 30, minimum: 1, maximum: 100 },
  timeZone: { id: 'aiployees.timeZone', type: 'string', scope: 'window', default: 'UTC' },
  /** Filters by name. A workspace may set them, because they select only which conversations are shown. */
  savedFilters: { id: 'aiployees.savedFilters', type: 'object', scope: 'window', default: {} },
  /** In seconds. */
  requestTimeout: {
    id: 'aiployees.requestTimeout',
    type: 'integer',
    scope: 'machine',
    default: 20,
    minimum: 5,
    maximum: 120,
  },
  /** In seconds. */
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

export const contextKeys = ids(
  'mode',
  'hasKey',
  'hasSeveralAccounts',
  'hasMore',
  'allLoaded',
  'filtered',
  'grouping',
  'sorting',
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

/** Unset while the keyring is being read. */
export type Mode = 'noKey' | 'sample' | 'account';

/** State of the transcript search. `unfinished`: stopped before the last conversation. */
export type SearchPhase = 'running' | 'unfinished' | 'done';

export interface ContextValues {
  readonly mode: Mode;
  /** Whether a key is stored for the current account, even an invalid one. */
  readonly hasKey: boolean;
  readonly hasSeveralAccounts: boolean;
  readonly hasMore: boolean;
  /** Whether all lists of the tree are loaded completely, including lists that were never opened. */
  readonly allLoaded: boolean;
  readonly filtered: boolean;
  readonly grouping: string;
  readonly sorting: string;
  readonly hasSavedFilters: boolean;
  readonly hasTarget: boolean;
  /** Whether a target is a test conversation, which can receive messages. */
  readonly hasTestTarget: boolean;
  readonly selectedForCompare: boolean;
  /** Whether the tree's selection is exactly two conversations. */
  readonly twoSelected: boolean;
  readonly panelIsPreview: boolean;
  readonly waiting: boolean;
  readonly search: SearchPhase | undefined;
  readonly following: boolean;
  readonly hasNew: boolean;
  /** Whether the tree's selected row may lack the focus. */
  readonly selectedUnfocused: boolean;
}

/** A secret's ID is this prefix, the server's origin, and for additional accounts `#` and the account's ID. */
export const secretPrefix = 'aiployees.key:';

/** Keys of the global state. */
export const stateIds = {
  /** Additional accounts. */
  accounts: 'aiployees.accounts',
  /** The current account, or sample data. */
  choice: 'aiployees.choice',
  /** Whether the hint about rows with dates in the future was shown. */
  futureHintGiven: 'aiployees.futureHintGiven',
} as const;

/** Commands of rows and keys. They aren't in package.json's `commands`, so no palette or menu shows them. */
export const internalCommands = {
  /** Runs on a click on a row, which VS Code selects first. See `rowClickCommands`. */
  act: 'aiployees.internal.act',
  actInTurn: 'aiployees.internal.actInTurn',
  /** Enter on the focused row: like a click, but moves the focus. */
  enter: 'aiployees.internal.enter',
  /** Keeps the next selected row closed, because a key selects the focused row before its command. */
  holdOpening: 'aiployees.internal.holdOpening',
  /** Runs on a click on a row of the search results, which VS Code selects first. */
  actOnResult: 'aiployees.internal.actOnResult',
  /** Ctrl/Cmd+C in the search results: copies the selected conversation's ID. */
  copyResult: 'aiployees.internal.copyResult',
  /** Ctrl/Cmd+C in the tree: copies the IDs of several selected rows, else of the focused row. */
  copyFocused: 'aiployees.internal.copyFocused',
  /** Runs before a key's command while `selectedUnfocused`, because keys act on the focused row. */
  focusSelected: 'aiployees.internal.focusSelected',
} as const;
export type InternalCommandId = (typeof internalCommands)[keyof typeof internalCommands];

/** A row's click command alternates between these whenever the row's content changes. See `StaleClickGuard`. */
export const rowClickCommands = [internalCommands.act, internalCommands.actInTurn] as const;
