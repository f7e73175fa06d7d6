import * as vscode from 'vscode';
import type { Filter } from '../../../core/model/query';
import { fold } from '../../../core/text/fold';
import { toVisibleLine } from '../../../core/text/title';
import { countMatches, isAboutCalls, isEmpty, isSameFilter } from '../../../core/view/filter';
import {
  completeFilterLine,
  type FilterKey,
  type FilterVocabulary,
  type LineProblem,
  type ParsedLine,
  parseFilterLine,
  quoteTerm,
} from '../../../core/view/filterLine';
import { type CommandId, commands } from '../../../manifest';
import type { App } from '../../app';
import { formatFilter, formatFilterParts } from '../../format/filter';
import { savedFilters } from '../../savedFilters';
import { formatUnchecked } from '../../format/calls';
import { findUnchecked } from '../../uncheckedCalls';
import { plainLabel } from '../quickPick';

export const filterParts = [
  'type',
  'assistant',
  'dates',
  'aiEnabled',
  'minMessages',
  'minCost',
  'label',
  'calls',
  'tool',
  'text',
] as const satisfies readonly (keyof Filter)[];
export type FilterPart = (typeof filterParts)[number];

/** The effect of an item. `clear`, `extend`, and `hint` keep the box open. */
export type Action =
  | { readonly kind: 'applyLine' }
  /** Applies a line, and loads the transcripts that it needs. */
  | { readonly kind: 'checkCalls'; readonly filter: Filter }
  | { readonly kind: 'apply'; readonly filter: Filter }
  | { readonly kind: 'extend'; readonly line: string }
  | { readonly kind: 'hint'; readonly term: string }
  | { readonly kind: 'change'; readonly part: FilterPart }
  | { readonly kind: 'run'; readonly command: CommandId }
  | { readonly kind: 'clear' | 'close' };

export interface BoxItem extends vscode.QuickPickItem {
  /** Undefined for a separator. */
  readonly action?: Action;
}

/**
 * Returns the items for a line: its meaning or its problems first, then completions, saved and recent filters, and the
 * steps. The first one is always below a separator: VS Code identifies items by position, and Enter may be pressed
 * before it has the items for the last letter.
 */
export function createItems(app: App, vocabulary: FilterVocabulary, line: string, current: string): BoxItem[] {
  const isTyped = line.trim() !== current.trim();
  const parsed = parseFilterLine(line, vocabulary);
  const completions = completeFilterLine(line, vocabulary).map(({ term, line: extended }): BoxItem => ({
    label: plainLabel(toVisibleLine(term)),
    iconPath: new vscode.ThemeIcon('add'),
    action: { kind: 'extend', line: extended },
  }));
  const meaning = createMeaning(app, line, parsed, isTyped);
  const { problems } = parsed;
  const isCompletable = problems.at(-1)?.start === line.length - (problems.at(-1)?.term.length ?? 0);
  const first =
    problems.length === 0
      ? [...meaning, ...completions]
      : [
          ...(isCompletable ? completions : []),
          ...problems.map((each) => problemItem(line, each, vocabulary)),
          ...meaning,
        ];
  return [
    ...section('', first),
    ...section(vscode.l10n.t('Saved Filters'), savedItems(isTyped ? line : '')),
    ...section(vscode.l10n.t('Recent Filters'), isTyped && line.trim() !== '' ? [] : recentItems(app)),
    ...section(vscode.l10n.t('Filter By'), partItems(app)),
    ...section('', commandItems(app.viewState.filter)),
  ].map((item) => ({ ...item, alwaysShow: true }));
}

function section(label: string, items: readonly BoxItem[]): readonly BoxItem[] {
  return items.length === 0 ? [] : [separator(label), ...items];
}

function separator(label: string): BoxItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function createMeaning(app: App, line: string, parsed: ParsedLine, isTyped: boolean): readonly BoxItem[] {
  const { filter, problems, hasInterpretedWords } = parsed;
  const clear: BoxItem = {
    label: vscode.l10n.t('Clear Filter'),
    action: { kind: 'apply', filter: {} },
  };
  if (isEmpty(filter)) return isTyped && line.trim() === '' && !isEmpty(app.viewState.filter) ? [clear] : [];
  const meaning = plainLabel(formatFilter(filter));
  const apply: BoxItem = {
    label: problems.length === 0 ? meaning : vscode.l10n.t('Apply the rest: {0}', meaning),
    description: formatMatches(app, filter),
    iconPath: new vscode.ThemeIcon('filter'),
    action: { kind: 'applyLine' },
  };
  const text = line.trim();
  const asText: BoxItem = {
    label: vscode.l10n.t('Text contains "{0}"', plainLabel(toVisibleLine(text))),
    description: formatMatches(app, { text }),
    iconPath: new vscode.ThemeIcon('search'),
    action: { kind: 'apply', filter: { text } },
  };
  return [apply, ...checkItems(app, filter), ...(hasInterpretedWords && isTyped ? [asText] : [])];
}

/** A filter by tool calls knows only the loaded transcripts. */
function checkItems(app: App, filter: Filter): readonly BoxItem[] {
  const unchecked = isAboutCalls(filter) ? findUnchecked(app, filter).length : 0;
  if (unchecked === 0) return [];
  return [
    {
      label: vscode.l10n.t('Check for Failures'),
      description: formatUnchecked(unchecked),
      iconPath: new vscode.ThemeIcon('checklist'),
      action: { kind: 'checkCalls', filter },
    },
  ];
}

function formatMatches({ model, filterContext }: App, filter: Filter): string {
  const { newest } = model;
  const count = countMatches(newest, filter, filterContext());
  return vscode.l10n.t('{0} of {1} loaded match', count, newest.length);
}

function problemItem(line: string, problem: LineProblem, vocabulary: FilterVocabulary): BoxItem {
  const term = plainLabel(toVisibleLine(problem.term));
  if (problem.kind === 'unknownKey') {
    return {
      label: vscode.l10n.t('Search for "{0}" as Text', term),
      description: vscode.l10n.t("{0} isn't a filter key", plainLabel(toVisibleLine(problem.key))),
      iconPath: new vscode.ThemeIcon('search'),
      action: { kind: 'extend', line: `${quoteTerm(line, problem)} ` },
    };
  }
  return {
    label: vscode.l10n.t('"{0}" can\'t be used', term),
    description: formatExpected(problem.key, vocabulary),
    iconPath: new vscode.ThemeIcon('warning'),
    action: { kind: 'hint', term: problem.term },
  };
}

function formatExpected(key: FilterKey, { types }: FilterVocabulary): string {
  switch (key) {
    case 'type':
      return vscode.l10n.t('Enter a type: {0}', plainLabel(types.map(toVisibleLine).join(', ')));
    case 'assistant':
      return vscode.l10n.t('Enter the name or the ID of an assistant');
    case 'last':
      return vscode.l10n.t('Enter days or weeks, such as {0}', 'last:7d');
    case 'date':
      return vscode.l10n.t('Enter today or a day, such as {0}', 'date:2026-01-31');
    case 'since':
    case 'until':
      return vscode.l10n.t('Enter a day, such as {0}', `${key}:2026-01-31`);
    case 'ai':
      return vscode.l10n.t('Enter on or off');
    case 'messages':
      return vscode.l10n.t('Enter a minimum, such as {0}', 'messages:>=5');
    case 'cost':
      return vscode.l10n.t('Enter a minimum, such as {0}', 'cost:>0.01');
    case 'label':
      return vscode.l10n.t('Enter a label: {0}', 'good, bad, unsure, labelled, unlabelled, noted');
    case 'has':
      return vscode.l10n.t('Enter failed or calls');
    case 'tool':
      return vscode.l10n.t('Enter the name of a tool');
  }
}

/** Saved filters whose names contain the line. */
function savedItems(line: string): readonly BoxItem[] {
  return savedFilters.list.flatMap(({ name, checked }): BoxItem[] => {
    if (checked.kind !== 'filter' || !fold(name).includes(fold(line.trim()))) return [];
    return [
      {
        label: plainLabel(toVisibleLine(name)),
        description: plainLabel(formatFilter(checked.filter)),
        iconPath: new vscode.ThemeIcon('bookmark'),
        action: { kind: 'apply', filter: checked.filter },
      },
    ];
  });
}

function recentItems({ viewState }: App): readonly BoxItem[] {
  const others = viewState.recentFilters.filter((filter) => !isSameFilter(filter, viewState.filter));
  return others.map((filter) => ({
    label: plainLabel(formatFilter(filter)),
    iconPath: new vscode.ThemeIcon('history'),
    action: { kind: 'apply', filter },
  }));
}

function partItems({ viewState: { filter }, labels }: App): readonly BoxItem[] {
  const parts = filterParts.filter((part) => part !== 'label' || labels.isAvailable || filter.label !== undefined);
  return parts.map((part) => {
    const value = formatFilterParts({ [part]: filter[part] })[0];
    const name = formatPart(part);
    return {
      label: name,
      description: value === undefined ? vscode.l10n.t('any') : plainLabel(value),
      action: { kind: 'change', part },
      buttons:
        value === undefined
          ? []
          : [{ iconPath: new vscode.ThemeIcon('close'), tooltip: vscode.l10n.t('Clear {0}', name) }],
    };
  });
}

function commandItems(filter: Filter): readonly BoxItem[] {
  const hasFilter = !isEmpty(filter);
  return [
    ...(hasFilter
      ? [
          { label: vscode.l10n.t('Clear Filter'), action: { kind: 'clear' } } as const,
          { label: vscode.l10n.t('Save Filter…'), action: { kind: 'run', command: commands.saveFilter } } as const,
        ]
      : []),
    ...(savedFilters.list.length > 0
      ? [
          {
            label: vscode.l10n.t('Saved Filters…'),
            action: { kind: 'run', command: commands.applySavedFilter },
          } as const,
        ]
      : []),
    { label: vscode.l10n.t('Done'), action: { kind: 'close' } },
  ];
}

function formatPart(part: FilterPart): string {
  switch (part) {
    case 'type':
      return vscode.l10n.t('Type');
    case 'assistant':
      return vscode.l10n.t('Assistant');
    case 'dates':
      return vscode.l10n.t('Date');
    case 'aiEnabled':
      return vscode.l10n.t('AI Status');
    case 'minMessages':
      return vscode.l10n.t('Minimum Messages');
    case 'minCost':
      return vscode.l10n.t('Minimum Cost');
    case 'label':
      return vscode.l10n.t('Label or Note');
    case 'calls':
      return vscode.l10n.t('Tool Calls');
    case 'tool':
      return vscode.l10n.t('Tool');
    case 'text':
      return vscode.l10n.t('Text');
  }
}
