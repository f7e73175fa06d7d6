import * as vscode from 'vscode';
import { workspace } from 'vscode';
import type { Annotation } from '../../core/model/annotation';
import type { Conversation } from '../../core/model/conversation';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import { once } from '../../core/util/memoize';
import { notify } from '../notify';
import { labelsProblemWords } from '../format/labels';
import { Labels, type LabelsProblem } from './labels';
import { WorkspaceLabelsFile, labelsPath } from './workspaceFile';

/** The labels of the folder that is open, for the rest of the extension. Their file is read when somebody first asks. */
export class FolderLabels implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;

  private labels: Labels | undefined;
  private readonly load = once(async () => {
    this.labels = this.owned.add(createLabels(this.origin, this.problem));
    this.owned.add(this.labels.onDidChange(() => this.changed.fire()));
    return this.labels;
  });

  /**
   * @param origin of the current account's API
   * @param problem is told what the log should have: why labels could not be loaded, read or written, and what failed of those who
   * were told of a change
   */
  constructor(
    private readonly origin: () => string | undefined,
    private readonly problem: (error: unknown) => void,
  ) {}

  /** Whether there is a folder to keep labels in. */
  get isAvailable(): boolean {
    return (workspace.workspaceFolders?.length ?? 0) > 0;
  }

  /** Resolves when the file was read for the first time, or takes too long. */
  get ready(): Promise<void> {
    return this.load().then(({ ready }) => ready, this.problem);
  }

  of(origin: string | undefined, id: string): Annotation | undefined {
    if (this.labels === undefined) void this.ready;
    return this.labels?.of(origin, id);
  }

  /** Of a row of the current account. */
  readonly ofRow = (row: Conversation): Annotation | undefined => {
    if (this.labels === undefined) void this.ready;
    return this.labels?.ofRow(row);
  };

  /**
   * Changes what is written down about conversations. What fails is reported.
   * @returns whether it is in the file
   */
  async change(
    origin: string | undefined,
    ids: readonly string[],
    edit: (before: Annotation) => Annotation,
  ): Promise<boolean> {
    return (await this.load()).change(origin, ids, edit);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

/** The labels of the folder that is open. */
function createLabels(origin: () => string | undefined, defect: (error: unknown) => void): Labels {
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
