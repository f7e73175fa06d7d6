import { l10n, StatusBarAlignment, window } from 'vscode';
import type { Disposable } from '../core/util/event';
import type { StatusItem } from './format/statusItem';

/** The item in the status bar, which exists only while there is something to show. */
export class StatusBar implements Disposable {
  private readonly item = window.createStatusBarItem('aiployees.status', StatusBarAlignment.Left);
  private shown = '';

  constructor() {
    this.item.name = l10n.t('AIployees Conversations');
  }

  show(item: StatusItem | undefined): void {
    const now = JSON.stringify(item ?? '');
    if (now === this.shown) return;
    this.shown = now;
    if (item === undefined) return this.item.hide();
    Object.assign(this.item, item);
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
