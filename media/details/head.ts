import * as l10n from '../shared/l10n';
import type { HeadView, PageState } from '../../src/protocol/details';
import { copyButton } from './buttons';
import { el, replaceChildren, unseen, written, type Child } from '../shared/dom';
import type { Page } from './page';
import { valueTable } from './table';

/** What is known of the conversation before anything of it was read. */
export class Head {
  /** Which one it is. */
  readonly title = el('header');
  /** The rest: facts and variables. */
  readonly about = el('div');
  private readonly name = el('h1');
  private readonly line = el('p', { class: 'line' });
  private readonly id = el('p', { class: 'line id' });
  readonly copyIdButton: HTMLElement;
  private readonly facts = el('section', { class: 'facts' });
  private readonly variables = el('section', { class: 'variables' });
  private readonly shown = new Map<Element, string>();

  constructor(private readonly page: Page) {
    this.copyIdButton = copyButton(page, { kind: 'id' }, l10n.t('Copy Conversation ID'));
    this.title.append(this.name, this.line, this.id);
    this.about.append(this.facts, this.variables);
  }

  show({ id, head }: PageState): void {
    // Screen readers call the frame by it.
    document.title = head.title;
    this.part(this.name, head.title, () => [el('bdi', {}, this.written(head.title))]);
    this.part(this.line, [head.type, head.assistant, head.age], () => this.lineOf(head));
    this.part(this.id, id, () => [el('code', {}, this.written(id)), this.copyIdButton]);
    this.part(this.facts, head.facts, () => this.factsOf(head));
    this.part(this.variables, head.variables, () => this.variablesOf(head));
  }

  /** Only what changed is drawn again: an age that ticks must not take away what the reader has selected. */
  private part(element: Element, what: unknown, draw: () => Child[]): void {
    const now = JSON.stringify(what);
    if (this.shown.get(element) === now) return;
    this.shown.set(element, now);
    replaceChildren(element, ...draw());
  }

  private written(text: string): DocumentFragment {
    return written(text);
  }

  private lineOf({ type, assistant, age: age }: HeadView): Child[] {
    const parts = [
      type === undefined ? undefined : el('span', {}, el('bdi', {}, this.written(type))),
      assistant === undefined ? undefined : el('span', {}, el('bdi', {}, this.written(assistant))),
      age && el('span', { class: 'age', title: age.exact }, age.text, unseen(`, ${age.exact}`)),
    ];
    return parts.filter((part) => part !== undefined);
  }

  private factsOf({ facts }: HeadView): Child[] {
    if (facts.length === 0) return [];
    const rows = facts.map((fact) =>
      el(
        'div',
        { class: 'fact' },
        el('dt', {}, fact.name),
        el(
          'dd',
          { title: fact.more },
          el('bdi', {}, this.written(fact.text)),
          fact.more === undefined ? undefined : unseen(restOf(fact.more, fact.text)),
          fact.copy ? copyButton(this.page, { kind: 'fact', key: fact.key }, l10n.t('Copy {0}', fact.name)) : undefined,
        ),
      ),
    );
    return [el('h2', { class: 'unseen' }, l10n.t('About this conversation')), el('dl', {}, ...rows)];
  }

  private variablesOf({ variables }: HeadView): Child[] {
    if (variables.length === 0) return [];
    const sent = new Map<string, number>();
    const rows = variables.map(({ name, value }) => {
      // A name may have been sent twice.
      const nth = sent.get(name) ?? 0;
      sent.set(name, nth + 1);
      const target = { kind: 'variable', name, ...(nth > 0 && { nth }) } as const;
      return { name, value, button: copyButton(this.page, target, l10n.t('Copy the value of {0}', name)) };
    });
    return [el('h2', {}, l10n.t('Variables')), valueTable(this.page, [l10n.t('Variable'), l10n.t('Value')], rows)];
  }
}

/** What is not on the screen already: nobody wants to hear a date twice. */
function restOf(more: string, text: string): string {
  return more.startsWith(text) ? more.slice(text.length) : `, ${more}`;
}
