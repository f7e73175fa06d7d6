import './language';
import uPlot from 'uplot';
import { metrics, type Metric, type UsageLine } from '../../src/protocol/usage';
import { formatDollars } from '../../src/core/text/cost';
import { el } from '../shared/dom';
import { createBars, secondsOfDay, type Bars } from './bars';

const height = 200;
/** Fewer bars don't get wider. */
const minBars = 14;

/** The usage per day as bars. Screen readers use the table instead. */
export class DaysPlot {
  readonly element = el('div', { class: 'plot', role: 'img' });
  private readonly readout = el('p', { class: 'readout quiet', 'aria-hidden': 'true' });
  private readonly canvas = el('div', { class: 'plot-canvas' });
  private plot: uPlot | undefined;
  private shown: { readonly lines: readonly UsageLine[]; readonly metric: Metric } | undefined;
  private readonly dayFormat: Intl.DateTimeFormat;
  private readonly longFormat: Intl.DateTimeFormat;
  private readonly numberFormat: Intl.NumberFormat;

  constructor(language: string) {
    const locale = language.toLowerCase() === 'en' ? 'en-GB' : language;
    this.dayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    this.longFormat = new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    });
    this.numberFormat = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
    this.element.append(this.canvas, this.readout);
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    // Renders the canvas again with the colors of another theme.
    new MutationObserver(() => this.render()).observe(document.body, {
      attributeFilter: ['class', 'data-vscode-theme-id'],
    });
  }

  show(lines: readonly UsageLine[], metric: Metric, description: string): void {
    this.element.setAttribute('aria-label', description);
    this.shown = { lines, metric };
    this.render();
  }

  private render(): void {
    this.plot?.destroy();
    this.plot = undefined;
    if (this.shown === undefined) return;
    const { lines, metric } = this.shown;
    const bars = createBars(lines, metrics.indexOf(metric));
    this.element.hidden = bars.starts.length === 0;
    this.readout.textContent = '\u00a0';
    if (bars.starts.length > 0)
      this.plot = new uPlot(this.createOptions(bars, metric), [bars.starts, bars.values], this.canvas);
  }

  private resize(): void {
    const width = this.canvas.clientWidth;
    if (this.plot !== undefined && width > 0 && width !== this.plot.width) this.plot.setSize({ width, height });
  }

  private createOptions(bars: Bars, metric: Metric): uPlot.Options {
    const style = getComputedStyle(document.body);
    const color = (...names: readonly string[]): string =>
      names.map((name) => style.getPropertyValue(name).trim()).find((value) => value !== '') ?? style.color;
    const axis = {
      stroke: color('--vscode-descriptionForeground'),
      font: `${style.fontSize} ${style.fontFamily}`,
      ticks: { show: false },
    };
    const { starts, step } = bars;
    const [first = 0, last = 0] = [starts[0], starts.at(-1)];
    return {
      width: Math.max(this.canvas.clientWidth, 100),
      height,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      scales: {
        x: { time: true, range: () => [Math.min(first, last - (minBars - 1) * step) - step / 2, last + step / 2] },
        y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] },
      },
      series: [
        {},
        {
          fill: color('--vscode-charts-blue', '--vscode-focusBorder'),
          stroke: color('--vscode-contrastBorder', '--vscode-charts-blue'),
          width: color('--vscode-contrastBorder') === style.color ? 0 : 1,
          points: { show: false },
          ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.7, 40] }) }),
        },
      ],
      axes: [
        {
          ...axis,
          grid: { show: false },
          space: 72,
          incrs: [1, 2, 7, 14, 30, 61, 91, 182, 365].map((count) => count * secondsOfDay),
          values: (_plot, splits) => splits.map((each) => this.dayFormat.format(each * 1000)),
        },
        {
          ...axis,
          size: 64,
          grid: {
            stroke: color('--vscode-widget-border', '--vscode-contrastBorder', '--vscode-panel-border'),
            width: 1,
          },
          incrs: metric === 'cost' ? undefined : wholeSteps,
          values: (_plot, splits) => splits.map((each) => this.formatAmount(each, metric)),
        } as uPlot.Axis,
      ],
      hooks: { setCursor: [({ cursor }) => this.showReadout(bars, cursor.idx ?? undefined, metric)] },
    };
  }

  /** Shows the value of the bar under the pointer. */
  private showReadout({ starts, values, step }: Bars, index: number | undefined, metric: Metric): void {
    const start = index === undefined ? undefined : starts[index];
    const days =
      start === undefined ? '' : this.longFormat.formatRange(start * 1000, (start + step - secondsOfDay) * 1000);
    this.readout.textContent =
      start === undefined ? '\u00a0' : `${days} · ${this.formatAmount(values[index ?? 0] ?? 0, metric)}`;
  }

  private formatAmount(value: number, metric: Metric): string {
    return metric === 'cost' ? formatDollars(value.toFixed(6)) : this.numberFormat.format(value);
  }
}

const wholeSteps = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
