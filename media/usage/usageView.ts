import * as l10n from '../shared/l10n';
import {
  metrics,
  type Breakdown,
  type Metric,
  type UsageHostMessage,
  type UsageSavedState,
  type UsageState,
} from '../../src/protocol/usage';
import type { UsagePageMessage } from '../../src/protocol/usageMessages';
import { confirmCopied } from '../shared/copied';
import { el, replaceChildren } from '../shared/dom';
import { icon } from '../shared/icons';
import type { VsCodeApi } from '../shared/vscode';
import { createBars, secondsOfDay, type Bars } from './bars';
import { DaysPlot } from './daysPlot';
import { metricLabels, createUsageTable } from './usageTable';

export class UsageView {
  private metric: Metric;
  private usage: UsageState | undefined;
  private copying: HTMLElement | undefined;
  private readonly covers = el('p', { class: 'covers quiet', role: 'status' });
  private readonly notes = el('div', { class: 'notices' });
  private readonly totals = el('dl', { class: 'totals' });
  private readonly choices: ReadonlyMap<Metric, HTMLButtonElement>;
  private readonly body = el('div', { hidden: '' });
  private readonly tables: Readonly<Record<Breakdown, HTMLElement>> = {
    day: el('div'),
    type: el('div'),
    assistant: el('div'),
  };
  private readonly daysCount = el('summary', { 'data-key': 'days' });
  private readonly days: HTMLElement;
  private readonly daysTitle = el('h2');
  private readonly plot: DaysPlot;
  private readonly status = el('p', { class: 'unseen', role: 'status' });

  constructor(
    private readonly vscode: VsCodeApi<UsagePageMessage, UsageSavedState>,
    language: string,
  ) {
    this.metric = vscode.getState()?.metric ?? 'conversations';
    this.choices = new Map(metrics.map((metric) => [metric, this.createChoice(metric)]));
    this.plot = new DaysPlot(language);
    this.days = el('details', { class: 'folded' }, this.daysCount, this.tables.day);
    this.body.append(
      this.totals,
      this.notes,
      el('div', { class: 'choices', role: 'group', 'aria-label': l10n.t('Metric') }, ...this.choices.values()),
      el('section', {}, this.createHead('day', l10n.t('By Day'), this.daysTitle), this.plot.element, this.days),
      el('section', {}, this.createHead('type', l10n.t('By Type')), this.tables.type),
      el('section', {}, this.createHead('assistant', l10n.t('By Assistant')), this.tables.assistant),
    );
    document.title = l10n.t('Usage');
    this.covers.textContent = l10n.t('Loading…');
    document.body.append(el('main', {}, el('h1', {}, l10n.t('Usage')), this.covers, this.body, this.status));
  }

  receive(message: Exclude<UsageHostMessage, { type: 'language' }>): void {
    if (message.type === 'usage') this.show(message.usage);
    else this.confirmCopy(message.ok);
  }

  private show(usage: UsageState): void {
    this.usage = usage;
    replaceChildren(
      this.covers,
      usage.covers,
      usage.loadAll === undefined ? undefined : ' ',
      this.createLoadAllButton(usage.loadAll),
    );
    this.totals.replaceChildren(
      ...usage.totals.map(({ name, value }) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
    );
    this.notes.replaceChildren(
      ...usage.notes.map((note) => el('div', { class: 'notice info' }, icon('info'), el('p', {}, note))),
    );
    this.body.hidden = usage.lines.type.length === 0;
    this.render();
  }

  private render(): void {
    const { usage, metric } = this;
    for (const [each, button] of this.choices) button.setAttribute('aria-pressed', String(each === metric));
    if (usage === undefined) return;
    this.daysCount.textContent = l10n.t('Table ({0})', usage.lines.day.length);
    for (const breakdown of ['day', 'type', 'assistant'] as const) {
      const lines = usage.lines[breakdown];
      this.tables[breakdown].replaceChildren(createUsageTable({ breakdown, lines, metric }));
    }
    this.daysTitle.textContent = this.formatTitle(createBars(usage.lines.day, 0));
    if (!this.body.hidden)
      this.plot.show(
        usage.lines.day,
        metric,
        l10n.t('{0} over time. The table below has the values.', metricLabels()[metric]),
      );
  }

  /** The plot's bars may be weeks; the table below it is always by day. */
  private formatTitle({ step }: Bars): string {
    const weeks = step / (7 * secondsOfDay);
    if (weeks < 1) return l10n.t('By Day');
    return weeks === 1 ? l10n.t('By Week') : l10n.t('By {0} Weeks', weeks);
  }

  private createChoice(metric: Metric): HTMLButtonElement {
    const button = el('button', { type: 'button', 'aria-pressed': 'false' }, metricLabels()[metric]);
    button.addEventListener('click', () => {
      this.metric = metric;
      this.vscode.setState({ metric });
      this.render();
    });
    return button;
  }

  private createHead(breakdown: Breakdown, title: string, heading = el('h2', {}, title)): HTMLElement {
    const label = l10n.t('{0}: {1}', l10n.t('Copy Table'), title);
    const button = el(
      'button',
      { type: 'button', class: 'icon-button', title: l10n.t('Copy Table'), 'aria-label': label },
      icon('copy'),
    );
    button.addEventListener('click', () => {
      this.copying = button;
      this.vscode.postMessage({ type: 'copy', what: breakdown });
    });
    return el('div', { class: 'section-head' }, heading, button);
  }

  private confirmCopy(ok: boolean): void {
    this.status.textContent = '';
    this.status.textContent = ok ? l10n.t('Copied') : l10n.t("Couldn't copy");
    if (ok && this.copying !== undefined) confirmCopied(this.copying);
  }

  private createLoadAllButton(label: string | undefined): HTMLElement | undefined {
    if (label === undefined) return undefined;
    const button = el('button', { type: 'button', class: 'link-button', 'data-key': 'load all' }, label);
    button.addEventListener('click', () => this.vscode.postMessage({ type: 'loadAll' }));
    return button;
  }
}
