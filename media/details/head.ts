import * as l10n from '../shared/l10n';
import type { HeadView, PageState } from '../../src/protocol/details';
import { createCopyButton } from './buttons';
import { el, replaceChildren, screenReaderText, renderText, type Child } from '../shared/dom';
import type { Page } from './page';
import { createValueTable } from './table';

/** Title, facts, and variables of the conversation. */
export class Head {
  readonly title = el('header');
  readonly about = el('div');
  private readonly name = el('h1');
  private readonly line = el('p', { class: 'line' });
  private readonly id = el('p', { class: 'line id' });
  readonly copyIdButton: HTMLElement;
  private readonly facts = el('section', { class: 'facts' });
  private readonly variables = el('section', { class: 'variables' });
  private readonly shown = new Map<Element, string>();

  constructor(private readonly page: Page) {
    this.copyIdButton = createCopyButton(page, { kind: 'id' }, l10n.t('Copy Conversation ID'));
    this.title.append(this.name, this.line, this.id);
    this.about.append(this.facts, this.variables);
  }

  show({ id, head }: PageState): void {
    // Screen readers announce the frame by its title.
    document.title = head.title;
    this.updatePart(this.name, head.title, () => [el('bdi', {}, renderText(head.title))]);
    this.updatePart(this.line, [head.type, head.assistant, head.age], () => this.createLine(head));
    this.updatePart(this.id, id, () => [el('code', {}, renderText(id)), this.copyIdButton]);
    this.updatePart(this.facts, head.facts, () => this.createFacts(head));
    this.updatePart(this.variables, head.variables, () => this.createVariables(head));
  }

  /** Renders only changed parts, so that a new age doesn't clear the selection. */
  private updatePart(element: Element, content: unknown, render: () => Child[]): void {
    const now = JSON.stringify(content);
    if (this.shown.get(element) === now) return;
    this.shown.set(element, now);
    replaceChildren(element, ...render());
  }

  private createLine({ type, assistant, age }: HeadView): Child[] {
    const parts = [
      type === undefined ? undefined : el('span', {}, el('bdi', {}, renderText(type))),
      assistant === undefined ? undefined : el('span', {}, el('bdi', {}, renderText(assistant))),
      age && el('span', { class: 'age', title: age.exact }, age.text, screenReaderText(`, ${age.exact}`)),
    ];
    return parts.filter((part) => part !== undefined);
  }

  private createFacts({ facts }: HeadView): Child[] {
    if (facts.length === 0) return [];
    const rows = facts.map((fact) =>
      el(
        'div',
        { class: 'fact' },
        el('dt', {}, fact.name),
        el(
          'dd',
          { title: fact.more },
          el('bdi', {}, renderText(fact.text)),
          fact.more === undefined ? undefined : screenReaderText(formatRest(fact.more, fact.text)),
          fact.copy
            ? createCopyButton(this.page, { kind: 'fact', key: fact.key }, l10n.t('Copy {0}', fact.name))
            : undefined,
        ),
      ),
    );
    return [el('h2', { class: 'unseen' }, l10n.t('About this conversation')), el('dl', {}, ...rows)];
  }

  private createVariables({ variables }: HeadView): Child[] {
    if (variables.length === 0) return [];
    const sent = new Map<string, number>();
    const rows = variables.map(({ name, value }) => {
      // A name may have been sent twice.
      const nth = sent.get(name) ?? 0;
      sent.set(name, nth + 1);
      const target = { kind: 'variable', name, ...(nth > 0 && { nth }) } as const;
      return { name, value, button: createCopyButton(this.page, target, l10n.t('Copy the value of {0}', name)) };
    });
    return [
      el('h2', {}, l10n.t('Variables')),
      createValueTable(this.page, [l10n.t('Variable'), l10n.t('Value')], rows),
    ];
  }
}

/** Avoids that screen readers announce the visible text twice. */
function formatRest(more: string, text: string): string {
  return more.startsWith(text) ? more.slice(text.length) : `, ${more}`;
}
