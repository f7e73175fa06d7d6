import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

export interface Notification {
  readonly severity: 'info' | 'warning' | 'error' | 'unknown';
  readonly message: string;
  readonly buttons: readonly string[];
}

/** The notification toasts. */
export class Notifications {
  private readonly toasts: Locator;
  private readonly list: Locator;

  constructor(private readonly page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-list-item');
    this.list = page.locator('.notifications-center');
  }

  async all(): Promise<Notification[]> {
    return this.toasts.evaluateAll((elements) =>
      elements.map((element) => {
        const icon = element.querySelector('.notification-list-item-icon')?.className ?? '';
        return {
          severity:
            (['info', 'warning', 'error'] as const).find((each) => icon.includes(`codicon-${each}`)) ??
            ('unknown' as const),
          message: element.querySelector('.notification-list-item-message')?.textContent ?? '',
          buttons: [...element.querySelectorAll('.notification-list-item-buttons-container .monaco-button')]
            .map((button) => button.textContent ?? '')
            .filter((text) => text !== ''),
        };
      }),
    );
  }

  /** Waits for a notification whose message contains or matches the words. */
  async read(text: string | RegExp): Promise<Notification> {
    await this.find(text).waitFor();
    const all = await this.all();
    const found = all.find(({ message }) => (typeof text === 'string' ? message.includes(text) : text.test(message)));
    if (!found) throw new Error(`The notification "${String(text)}" went away while it was read.`);
    return found;
  }

  /**
   * Waits for a notification in the list behind the bell, and removes it. VS Code shows no toast for the fourth one within
   * 800 ms, only this list.
   * @returns how many links it had
   */
  async takeFromList(text: string): Promise<number> {
    const item = this.list.locator('.notification-list-item').filter({ hasText: text }).first();
    // The list closes when its last notification is removed.
    const links = await eventually(async () => {
      await this.showList(true);
      await item.waitFor({ timeout: 1000 });
      return item.locator('.notification-list-item-message a').count();
    });
    await item.hover();
    await item.locator('.codicon-notifications-clear').click();
    await item.waitFor({ state: 'detached' });
    await this.showList(false);
    return links;
  }

  /** Presses a button of the notification whose message contains or matches the words. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await this.find(text).getByRole('button', { name: button, exact: true }).click();
  }

  async clear(): Promise<void> {
    await eventually(async () => {
      if ((await this.toasts.count()) === 0) return;
      // A notification can disappear by itself.
      await this.toasts.first().hover({ timeout: 1000 });
      await this.toasts.first().locator('.codicon-notifications-clear').click({ timeout: 1000 });
      assert.equal(await this.toasts.count(), 0);
    });
  }

  private async showList(isShown: boolean): Promise<void> {
    // The bell toggles the list: an early click does the opposite.
    await eventually(async () => {
      if ((await this.list.isVisible()) !== isShown) await this.page.locator('[id="status.notifications"]').click();
      await this.list.waitFor({ state: isShown ? 'visible' : 'hidden', timeout: 1000 });
    });
  }

  private find(text: string | RegExp): Locator {
    return this.toasts
      .filter({ has: this.page.locator('.notification-list-item-message').filter({ hasText: text }) })
      .first();
  }
}
