import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Annotation, LabelFilter, AnnotationLabel } from '../../core/model/annotation';
import { toVisibleLine } from '../../core/text/title';
import { assertNever } from '../../core/util/assertNever';
import type { LabelsProblem } from '../labels/labels';
import { findDiskErrorCode, formatDiskReason } from './disk';
import { plural } from './plural';

const maxRowChars = 40;
const maxSpokenChars = 200;

export function formatLabel(verdict: AnnotationLabel): string {
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

/** Part of a formatted filter: "test · labeled bad". */
export function formatLabelFilter(filter: LabelFilter): string {
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

/** Shown at the end of a row's description. Empty without a note. */
export function formatNotePreview(annotation: Annotation | undefined): string {
  const note = clipNote(annotation?.note, maxRowChars);
  return note === '' ? '' : vscode.l10n.t('"{0}"', note);
}

/** Read by screen readers after the row. */
export function formatSpokenAnnotation(annotation: Annotation | undefined): string {
  const note = clipNote(annotation?.note, maxSpokenChars);
  return [
    annotation?.label === undefined ? '' : formatLabelFilter(annotation.label),
    note === '' ? '' : vscode.l10n.t('note: {0}', note),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function clipNote(note: string | undefined, maxChars: number): string {
  const line = toVisibleLine(note ?? '').trim();
  return line.length > maxChars ? `${line.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}

/** @param file path in the workspace folder */
export function formatLabelsProblem(problem: LabelsProblem, file: string): string {
  switch (problem.kind) {
    case 'noFolder':
      return l10n.t('Labels and notes are saved in the open folder. Open a folder to label conversations.');
    case 'noServer':
      return l10n.t('Not saved. Set an API key first, so that the label can be saved for the right server.');
    case 'broken': {
      const why = formatBrokenFile(problem.problem, file);
      return problem.writing
        ? l10n.t("Not saved. {0} The file won't be changed until you fix this.", why)
        : l10n.t("{0} Its labels aren't shown, and the file won't be changed.", why);
    }
    case 'rejected':
      return plural(
        problem.count,
        "1 entry in {0} can't be read and was left unchanged.",
        "{1} entries in {0} can't be read and were left unchanged.",
        file,
      );
    case 'entry':
      return l10n.t("Not saved. This conversation's entry in {0} can't be read. Fix or delete it first.", file);
    case 'busy':
      return l10n.t('Not saved. Another program keeps changing {0}. Try again.', file);
    case 'failed':
      return problem.writing
        ? l10n.t("Not saved. Couldn't write {0}: {1}.", file, formatDiskReason(findDiskErrorCode(problem.error)))
        : l10n.t("Couldn't read {0}: {1}.", file, formatDiskReason(findDiskErrorCode(problem.error)));
    default:
      return assertNever(problem);
  }
}

function formatBrokenFile(problem: Extract<LabelsProblem, { kind: 'broken' }>['problem'], file: string): string {
  switch (problem.kind) {
    case 'conflict':
      return l10n.t('{0} has a merge conflict on line {1}.', file, problem.line);
    case 'notJson':
      return problem.line === undefined
        ? l10n.t("{0} isn't valid JSON.", file)
        : l10n.t("{0} isn't valid JSON (line {1}).", file, problem.line);
    case 'shape':
      return l10n.t("{0} isn't a labels file.", file);
    case 'newer':
      return l10n.t('{0} was written by a newer version of this extension.', file);
    case 'twice':
      return l10n.t('{0} has two entries for the same conversation. The second is on line {1}.', file, problem.line);
    case 'tooLarge':
      return l10n.t('{0} is too large.', file);
    case 'notText':
      return l10n.t("{0} isn't UTF-8 text.", file);
    default:
      return assertNever(problem);
  }
}
