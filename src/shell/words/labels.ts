import * as vscode from 'vscode';
import type { Annotation, LabelFilter, Verdict } from '../../core/model/annotation';
import { visible } from '../../core/text/label';
import { assertNever } from '../../core/util/assertNever';

const longestInRow = 40;
const longestSpoken = 200;

export function verdictWords(verdict: Verdict): string {
  switch (verdict) {
    case 'good':
      return vscode.l10n.t('Good');
    case 'bad':
      return vscode.l10n.t('Bad');
    case 'unsure':
      return vscode.l10n.t('Unsure');
    default:
      return assertNever(verdict);
  }
}

/** Within a filter's words: "test · labelled bad". */
export function labelFilterWords(filter: LabelFilter): string {
  switch (filter) {
    case 'good':
      return vscode.l10n.t('labeled good');
    case 'bad':
      return vscode.l10n.t('labeled bad');
    case 'unsure':
      return vscode.l10n.t('labeled unsure');
    case 'labelled':
      return vscode.l10n.t('labeled');
    case 'unlabelled':
      return vscode.l10n.t('not labeled');
    case 'noted':
      return vscode.l10n.t('with a note');
    default:
      return assertNever(filter);
  }
}

/** The beginning of a note, for the end of a row's description; empty where there is none. */
export function noteBeginning(annotation: Annotation | undefined): string {
  const note = lineOf(annotation?.note, longestInRow);
  return note === '' ? '' : vscode.l10n.t('"{0}"', note);
}

/** What a screen reader says of it after the row. */
export function annotationSpoken(annotation: Annotation | undefined): string {
  const note = lineOf(annotation?.note, longestSpoken);
  return [
    annotation?.label === undefined ? '' : labelFilterWords(annotation.label),
    note === '' ? '' : vscode.l10n.t('note: {0}', note),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function lineOf(note: string | undefined, longest: number): string {
  const line = visible(note ?? '').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
