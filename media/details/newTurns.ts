import * as l10n from '../shared/l10n';
import type { TranscriptView } from '../../src/protocol/details';
import { el } from '../shared/dom';
import { icon } from '../shared/icons';
import type { Page } from './page';

/** A button for turns that were added below the visible ones. */
export class NewTurns {
  readonly element = el('div', { class: 'new-turns', hidden: '' });
  private readonly label = el('span', { class: 'new-turns-label' });
  /** Index of the first turn that the user hasn't seen. */
  private first: number | undefined;

  constructor(private readonly page: Page) {
    const button = el(
      'button',
      { type: 'button', class: 'pill', 'data-key': 'new turns' },
      icon('arrowDown'),
      this.label,
    );
    button.addEventListener('click', () => this.goThere());
    this.element.append(button);
    window.addEventListener('scroll', () => this.hideIfVisible(), { passive: true });
  }

  /** Call it when turns were added and rendered. @returns the text for screen readers */
  add(before: TranscriptView, now: TranscriptView): string {
    this.first = Math.min(this.first ?? Infinity, before.turns.length);
    this.label.textContent = this.format(now, this.first);
    this.element.hidden = false;
    this.hideIfVisible();
    return this.format(now, before.turns.length);
  }

  hide(): void {
    this.first = undefined;
    this.element.hidden = true;
  }

  private format({ turns }: TranscriptView, first: number): string {
    const added = turns.slice(first);
    const failed = added.flatMap(({ calls }) => calls).filter(({ failure }) => failure !== undefined).length;
    const turnCount =
      added.length === 1 ? l10n.t('1 new turn') : l10n.t('{0} new turns', this.page.formatNumber(added.length));
    if (failed === 0) return turnCount;
    const failures =
      failed === 1 ? l10n.t('1 failed call') : l10n.t('{0} failed calls', this.page.formatNumber(failed));
    return `${turnCount}, ${failures}`;
  }

  private goThere(): void {
    if (this.findTurn() === undefined) this.page.setViewMode({ ...this.page.viewMode, depth: 'turns' });
    const turn = this.findTurn();
    this.hide();
    turn?.focus({ preventScroll: true });
    turn?.scrollIntoView({ block: 'start' });
  }

  private hideIfVisible(): void {
    const turn = this.findTurn();
    if (turn !== undefined && turn.getBoundingClientRect().top < window.innerHeight) this.hide();
  }

  /** The first new turn that is rendered: turns without a message may be hidden. */
  private findTurn(): HTMLElement | undefined {
    const { first } = this;
    if (first === undefined) return undefined;
    const turns = [...document.querySelectorAll<HTMLElement>('.turn')];
    return turns.find(({ id }) => Number(id.replace('turn-', '')) > first);
  }
}
