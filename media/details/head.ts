import * as l10n from '../shared/l10n';
import type { HeadView, PageState, TranscriptView } from '../../src/protocol/details';
import type { Annotations } from './annotations';
import { createCopyButton } from './buttons';
import { el, replaceChildren, screenReaderText, renderText, type Child } from '../shared/dom';
import type { Page } from './page';

/** The line that stays at the top: who, what, how much, ID, label, and note. */
export class Head {
  readonly element: HTMLElement;
  readonly copyIdButton: HTMLElement;
  private readonly name = el('h1');
  private readonly line = el('p', { class: 'line' });
  private readonly id = el('p', { class: 'id' });
  private readonly shown = new Map<Element, string>();
  private head: HeadView | undefined;
  private calls = { count: 0, failed: 0 };

  constructor(
    private readonly page: Page,
    annotations: Annotations,
    help: HTMLElement,
  ) {
    this.copyIdButton = createCopyButton(page, { kind: 'id' }, l10n.t('Copy Conversation ID'));
    this.element = el('header', { class: 'head' }, this.name, this.line, this.id, annotations.element, help);
    // Scrolling to a turn and moving by keys need it.
    new ResizeObserver(() => {
      document.documentElement.style.setProperty('--head-height', `${this.element.offsetHeight}px`);
    }).observe(this.element);
  }

  show({ id, head }: PageState): void {
    this.head = head;
    // Screen readers announce the frame by its title.
    document.title = head.title;
    this.updatePart(this.name, head.title, () => [el('bdi', { title: head.title }, renderText(head.title))]);
    this.updatePart(this.id, id, () => [el('code', { title: id }, renderText(id)), this.copyIdButton]);
    this.updateLine();
  }

  /** @param transcript undefined while it is loading */
  showCalls(transcript: TranscriptView | undefined): void {
    const calls = transcript?.turns.flatMap((turn) => turn.calls) ?? [];
    this.calls = { count: calls.length, failed: calls.filter(({ failure }) => failure !== undefined).length };
    this.updateLine();
  }

  private updateLine(): void {
    const { head, calls } = this;
    if (head === undefined) return;
    const { type, assistant, age, messages, cost, aiOff } = head;
    this.updatePart(this.line, [type, assistant, age, messages, cost, aiOff, calls], () => this.createLine(head));
  }

  /** Renders only changed parts, so that a new age doesn't clear the selection. */
  private updatePart(element: Element, content: unknown, render: () => Child[]): void {
    const now = JSON.stringify(content);
    if (this.shown.get(element) === now) return;
    this.shown.set(element, now);
    replaceChildren(element, ...render());
  }

  private createLine({ type, assistant, age, messages, cost, aiOff }: HeadView): Child[] {
    const isolate = (text: string | undefined): Child => text && el('span', {}, el('bdi', {}, renderText(text)));
    return [
      isolate(assistant),
      isolate(type),
      age && el('span', { class: 'age', title: age.exact }, age.text, screenReaderText(`, ${age.exact}`)),
      messages && el('span', {}, messages),
      this.createCalls(),
      isolate(cost),
      aiOff && el('span', {}, aiOff),
    ].filter((part) => part !== '');
  }

  private createCalls(): Child {
    const { count, failed } = this.calls;
    if (count === 0) return undefined;
    const text = count === 1 ? l10n.t('1 tool call') : l10n.t('{0} tool calls', this.page.formatNumber(count));
    return el('span', {}, text, failed === 0 ? undefined : ', ', this.createFailures(failed));
  }

  private createFailures(count: number): Child {
    if (count === 0) return undefined;
    const button = el(
      'button',
      {
        type: 'button',
        class: 'link-button failures',
        title: l10n.t('Go to the Next Failed Call (e)'),
        'data-key': 'failures',
      },
      count === 1 ? l10n.t('1 failed') : l10n.t('{0} failed', this.page.formatNumber(count)),
    );
    button.addEventListener('click', () => this.page.goToFailure());
    return button;
  }
}
