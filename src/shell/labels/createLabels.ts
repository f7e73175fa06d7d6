import * as vscode from 'vscode';
import { notify } from '../notify';
import { Labels, type LabelsProblem } from './labels';
import { labelsPath, WorkspaceLabelsFile } from './workspaceFile';
import { labelsProblemWords } from '../words/labelsProblem';

/** The labels of the folder that is open. */
export function createLabels(origin: () => string | undefined, defect: (error: unknown) => void): Labels {
  const storage = new WorkspaceLabelsFile();
  return new Labels({
    storage,
    origin,
    defect,
    report: (problem) => {
      // What is told is why; what exactly the system said helps whoever looks into it.
      if (problem.kind === 'failed') defect(problem.error);
      void tell(problem, storage);
    },
  });
}

async function tell(problem: LabelsProblem, storage: WorkspaceLabelsFile): Promise<void> {
  const words = labelsProblemWords(problem, labelsPath);
  const [action, act] =
    problem.kind === 'noFolder'
      ? [vscode.l10n.t('Open Folder'), () => vscode.commands.executeCommand('workbench.action.files.openFolder')]
      : [vscode.l10n.t('Open File'), () => storage.open()];
  const canOpen =
    problem.kind === 'noFolder' || problem.kind === 'broken' || problem.kind === 'rejected' || problem.kind === 'entry';
  const show = problem.kind === 'broken' || problem.kind === 'rejected' ? notify.warn : notify.error;
  if ((await show(words, ...(canOpen ? [action] : []))) === action) await act();
}
