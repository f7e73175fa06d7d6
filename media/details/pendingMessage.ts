import * as l10n from '../shared/l10n';
import type { PendingMessage as PendingView } from '../../src/protocol/details';
import { el, renderText } from '../shared/dom';

/** The sent message at the end of the transcript, until the transcript has it. */
export class PendingMessage {
  readonly element = el('div', { class: 'pending', hidden: '' });
  private readonly text = el('div', { class: 'text', dir: 'auto' });
  // The message box announces that it sends; a screen reader need not count the seconds.
  private readonly time = el('span', { class: 'waiting-time', 'aria-hidden': 'true' });
  private readonly stop = el('button', { type: 'button', class: 'link-button', 'data-key': 'stop waiting' });
  private readonly foot = el('p', { class: 'pending-foot' });
  private timer: ReturnType<typeof setInterval> | undefined;
  /** In the time of `performance.now`. */
  private sentAt = 0;
  private canStop = false;

  constructor(onStop: () => void) {
    this.stop.textContent = l10n.t('Stop Waiting');
    this.stop.title = l10n.t(
      "The message can't be unsent. The transcript is loaded again and shows whether it was delivered.",
    );
    this.stop.addEventListener('click', onStop);
    this.foot.append(this.time, this.stop);
  }

  /**
   * @param isReloading whether to keep a sent message until the transcript is loaded
   * @returns whether a message has become pending
   */
  show(pending: PendingView | undefined, isReloading: boolean): boolean {
    const isNew = pending !== undefined && this.timer === undefined;
    this.element.hidden = pending === undefined && (this.element.hidden !== false || !isReloading);
    if (this.element.hidden) this.element.replaceChildren();
    if (pending === undefined) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.foot.hidden = true;
      return false;
    }
    this.foot.hidden = false;
    if (isNew) this.render(pending.text);
    this.sentAt = performance.now() - pending.waitedMs;
    this.canStop = pending.canStop;
    this.stop.hidden = !pending.canStop;
    this.timer ??= setInterval(() => this.updateTime(), 1000);
    this.updateTime();
    return isNew;
  }

  private render(text: string): void {
    this.text.replaceChildren(renderText(text));
    const gutter = el('div', { class: 'gutter' }, el('h3', {}, l10n.t('User')));
    this.element.replaceChildren(gutter, el('div', { class: 'said' }, this.text, this.foot));
  }

  private updateTime(): void {
    const seconds = Math.floor((performance.now() - this.sentAt) / 1000);
    this.time.textContent = this.canStop
      ? l10n.t('Waiting for the reply, {0} s', seconds)
      : l10n.t('Checking whether the message was delivered');
  }
}
