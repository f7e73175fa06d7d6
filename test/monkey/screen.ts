import type { Page } from 'playwright-core';

/** A row of the Conversations view. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** 1 for the children of the root. */
  readonly level: number;
  /** Undefined for a row without children. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  readonly focused: boolean;
  /** The codicon's name. */
  readonly icon: string;
  /** Index in the whole tree, including rows outside the visible area. */
  readonly index: number;
  /** The number of rows in its group, including itself; 0 if VS Code doesn't provide it. */
  readonly siblings: number;
  /** The point to click, in pixels of the page; undefined if it is covered or outside the visible area. */
  readonly point: { readonly x: number; readonly y: number } | undefined;
}

/** The visible parts of the window, all read at the same moment. */
export interface Screen {
  /** Undefined while the view is hidden. */
  readonly rows: readonly Row[] | undefined;
  readonly message: string;
  readonly tabs: readonly string[];
  /** Title of the active tab. */
  readonly activeTab: string;
  readonly hasKeyboard: 'tree' | 'page' | 'quick input' | 'other';
  /** Notifications; a progress notification lasts as long as its task. */
  readonly toasts: readonly { readonly severity: string; readonly message: string; readonly isProgress: boolean }[];
  readonly dialog: string | undefined;
  readonly hasQuickInput: boolean;
  /** Tooltips of the icons in the view's title. */
  readonly titleActions: readonly string[];
  readonly hasSearchResults: boolean;
  /** Whether a panel is visible. */
  readonly hasPage: boolean;
}

export function readScreen(page: Page): Promise<Screen> {
  return page.evaluate(readVisibleScreen);
}

/** Runs in VS Code's window. */
function readVisibleScreen(): Screen {
  const visible = (selector: string): HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility());
  const panes = visible('.part.sidebar .pane').filter((pane) => pane.querySelector('.customview-tree') !== null);
  const isResults = (pane: Element): boolean =>
    pane.querySelector('.pane-header[aria-label^="Search Results"]') !== null;
  const pane = panes.find((each) => !isResults(each));
  const tree = pane?.querySelector('.customview-tree');
  const readRow = (element: HTMLElement): Row & { readonly top: number } => {
    const box = element.getBoundingClientRect();
    const name = element.querySelector('.monaco-icon-label');
    const [x, y] = [(name?.getBoundingClientRect().left ?? box.left) + 30, box.top + box.height / 2];
    const expanded = element.getAttribute('aria-expanded');
    return {
      label: element.querySelector('.label-name')?.textContent ?? '',
      description: element.querySelector('.label-description')?.textContent ?? '',
      level: Number(element.getAttribute('aria-level')),
      expanded: expanded === null ? undefined : expanded === 'true',
      selected: element.classList.contains('selected'),
      focused: element.classList.contains('focused'),
      icon:
        /codicon-([\w-]+)/.exec(element.querySelector('.custom-view-tree-node-item-icon')?.className ?? '')?.[1] ?? '',
      index: Number(element.getAttribute('data-index')),
      siblings: Number(element.getAttribute('aria-setsize')),
      point: element.contains(document.elementFromPoint(x, y)) ? { x, y } : undefined,
      top: box.top,
    };
  };
  const { activeElement } = document;
  const within = (selector: string): boolean =>
    activeElement?.closest(selector) !== null && activeElement?.closest(selector) !== undefined;
  return {
    rows:
      tree === null || tree === undefined
        ? undefined
        : [...tree.querySelectorAll<HTMLElement>('.monaco-list-row')]
            .map(readRow)
            .sort((a, b) => a.top - b.top)
            .map(({ top: _top, ...row }) => row),
    message: pane?.querySelector<HTMLElement>('.tree-explorer-viewlet-tree-view > .message')?.innerText ?? '',
    tabs: visible('.part.editor .tab .label-name').map((label) => label.innerText),
    activeTab: visible('.part.editor .editor-group-container.active .tab.active .label-name')[0]?.innerText ?? '',
    hasKeyboard:
      activeElement?.tagName === 'IFRAME'
        ? 'page'
        : within('.quick-input-widget')
          ? 'quick input'
          : tree?.contains(activeElement) === true
            ? 'tree'
            : 'other',
    toasts: visible('.notifications-toasts .notification-list-item').map((toast) => ({
      severity:
        /codicon-(info|warning|error)/.exec(
          toast.querySelector('.notification-list-item-icon')?.className ?? '',
        )?.[1] ?? '',
      message: toast.querySelector('.notification-list-item-message')?.textContent ?? '',
      isProgress: toast.querySelector('.monaco-progress-container.active') !== null,
    })),
    dialog: visible('.monaco-dialog-box')[0]?.innerText,
    hasQuickInput: visible('.quick-input-widget').length > 0,
    titleActions: visible('.part.sidebar .composite.title .title-actions .action-label').map(
      (action) => action.getAttribute('aria-label') ?? '',
    ),
    hasSearchResults: panes.some(isResults),
    hasPage: visible('iframe.webview').length > 0,
  };
}
