import { l10n } from 'vscode';
import { assertNever } from '../../core/util/assertNever';
import type { LabelsProblem } from '../labels/labels';
import { diskCodeOf, diskReason } from './disk';

/** What is wrong with the labels file, and what follows from it. @param file its path below the folder */
export function labelsProblemWords(problem: LabelsProblem, file: string): string {
  switch (problem.kind) {
    case 'noFolder':
      return l10n.t(
        'Labels and notes are kept in the folder that is open, and none is. Open a folder to label conversations.',
      );
    case 'noServer':
      return l10n.t('Not kept. Without an API key it is not known which server the conversation is of.');
    case 'broken': {
      const why = brokenWords(problem.problem, file);
      return problem.writing
        ? l10n.t('Not kept. {0} The file is left as it is until that is put right.', why)
        : l10n.t('{0} Its labels are not shown, and it is left as it is.', why);
    }
    case 'rejected':
      return problem.count === 1
        ? l10n.t('1 entry of {0} can’t be read. It is left as it is.', file)
        : l10n.t('{0} entries of {1} can’t be read. They are left as they are.', problem.count, file);
    case 'entry':
      return l10n.t('Not kept. This conversation’s entry in {0} can’t be read. Put it right or delete it first.', file);
    case 'busy':
      return l10n.t('Not kept. Something else goes on writing to {0}. Try again.', file);
    case 'failed':
      return problem.writing
        ? l10n.t('Not kept. {0} could not be written: {1}.', file, diskReason(diskCodeOf(problem.error)))
        : l10n.t('{0} could not be read: {1}.', file, diskReason(diskCodeOf(problem.error)));
    default:
      return assertNever(problem);
  }
}

function brokenWords(problem: Extract<LabelsProblem, { kind: 'broken' }>['problem'], file: string): string {
  switch (problem.kind) {
    case 'conflict':
      return l10n.t('{0} has a merge conflict in line {1}.', file, problem.line);
    case 'notJson':
      return problem.line === undefined
        ? l10n.t('{0} is not valid JSON.', file)
        : l10n.t('{0} is not valid JSON, see line {1}.', file, problem.line);
    case 'shape':
      return l10n.t('{0} is not a file of labels.', file);
    case 'newer':
      return l10n.t('{0} is of a newer version of this extension.', file);
    case 'twice':
      return l10n.t('{0} has two entries for one conversation; the second is in line {1}.', file, problem.line);
    case 'tooLarge':
      return l10n.t('{0} is too large.', file);
    case 'notText':
      return l10n.t('{0} is not UTF-8 text.', file);
    default:
      return assertNever(problem);
  }
}
