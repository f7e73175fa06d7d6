import type { Page } from 'playwright-core';

/** What stands on the screen, in words: for the report of a failed test, read where its picture is not at hand. */
export interface Screen {
  readonly tabs: readonly string[];
  /** Of the webviews that can be seen: VS Code marks there whether the page has come. */
  readonly webviews: readonly string[];
  readonly quickInput: readonly string[];
  readonly notifications: readonly string[];
  readonly dialogs: readonly string[];
  readonly rows: readonly string[];
  readonly focus: string;
}

export function readScreen(page: Page): Promise<Screen> {
  return page.evaluate(lookAtScreen);
}

/** Runs in VS Code's window. */
function lookAtScreen(): Screen {
  const visible = (selector: string): HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility());
  const words = (selector: string): string[] =>
    visible(selector).map((element) => element.innerText.replace(/\s+/g, ' ').trim().slice(0, 160));
  const { activeElement } = document;
  return {
    tabs: words('.part.editor .tab .label-name'),
    webviews: visible('iframe.webview').map((frame) => frame.className),
    quickInput: [
      ...visible('.quick-input-widget .quick-input-title').map((title) => title.innerText),
      ...[...document.querySelectorAll<HTMLInputElement>('.quick-input-widget input.input')]
        .filter((input) => input.checkVisibility())
        .map(({ type, value }) => `> ${type === 'password' ? '…' : value}`),
      ...words('.quick-input-widget .quick-input-list .monaco-list-row').slice(0, 5),
    ],
    notifications: words('.notification-list-item-message'),
    dialogs: words('.monaco-dialog-box'),
    rows: words('.part.sidebar .customview-tree .monaco-list-row').slice(0, 20),
    focus:
      activeElement === null
        ? ''
        : `${activeElement.tagName} ${activeElement.className} ${activeElement.getAttribute('aria-label') ?? ''}`.slice(
            0,
            160,
          ),
  };
}
