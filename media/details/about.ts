import * as l10n from '../shared/l10n';
import type { HeadView, PageState } from '../../src/protocol/details';
import { createCopyButton } from './buttons';
import { el, replaceChildren, screenReaderText, renderText, type Child } from '../shared/dom';
import { icon } from '../shared/icons';
import type { Page } from './page';
import { createValueTable } from './table';

/** Facts and variables of the conversation, which can be closed. */
export class About {
  readonly element = el('details', { class: 'about', hidden: '' });
  private readonly facts = el('section', { class: 'facts' });
  private readonly variables = el('section', { class: 'variables' });
  private readonly shown = new Map<Element, string>();
  /** The host's last choice: only a new one opens or closes it, because the user may just have done so. */
  private hostChoice: boolean | undefined;

  /** @param onToggle the user opens or closes it */
  constructor(
    private readonly page: Page,
    onToggle: (isOpen: boolean) => void,
  ) {
    const summary = el('summary', { 'data-key': 'about' }, icon('chevron'), l10n.t('Facts and variables'));
    // Not on `toggle`, which the host's choice and search results fire too.
    summary.addEventListener('click', () => onToggle(!this.element.open));
    this.element.append(summary, this.facts, this.variables);
  }

  show({ head, aboutOpen }: PageState): void {
    this.element.hidden = head.facts.length === 0 && head.variables.length === 0;
    if (this.hostChoice !== aboutOpen) this.element.open = aboutOpen;
    this.hostChoice = aboutOpen;
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
