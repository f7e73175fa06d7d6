import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../../core/util/event';
import { labelsProblemWords } from '../format/labels';
import { notify } from '../notify';
import { Labels, UnreadableFile, type LabelsProblem, type LabelsStorage } from './labels';

const folderName = '.aiployees';
const fileName = 'labels.json';
/** What the file is called, seen from the folder that is open. */
const labelsPath = `${folderName}/${fileName}`;

/** Bytes: room for 100,000 labels. */
const largest = 16_000_000;

/** Labels of the open folder. @param defect logs an error */
export function createLabels(origin: () => string | undefined, defect: (error: unknown) => void): Labels {
  const storage = new WorkspaceLabelsFile();
  return new Labels({
    storage,
    origin,
    defect,
    report: (problem) => {
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

/**
 * The labels file of the folder that is open. Of several folders it is the first one's that has such a file, else it
 * will be the first one's.
 */
export class WorkspaceLabelsFile implements LabelsStorage {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;

  constructor() {
    const watcher = this.owned.add(vscode.workspace.createFileSystemWatcher(`**/${folderName}{,/${fileName}}`));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
      this.owned.add(event(() => this.changed.fire()));
    }
    this.owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.changed.fire()));
    // A watcher begins some time after the window opened, may miss what is in a folder that was just made, and some disks have none.
    this.owned.add(vscode.window.onDidChangeWindowState(({ focused }) => focused && this.changed.fire()));
  }

  get isAvailable(): boolean {
    return this.folders.length > 0;
  }

  /** Shows the file in an editor. */
  async open(): Promise<void> {
    await vscode.window.showTextDocument(await this.uri());
  }

  async read(): Promise<string | undefined> {
    return textOf(await this.uri());
  }

  async replace(text: string, before: string | undefined): Promise<boolean> {
    const uri = await this.uri();
    const { fs } = vscode.workspace;
    await fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
    const next = vscode.Uri.joinPath(uri, '..', `${fileName}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await fs.writeFile(next, Buffer.from(text));
      // What somebody else wrote meanwhile must not be lost. VS Code's renaming has a moment without any file.
      if ((await textOf(uri)) !== before) {
        await fs.delete(next);
        return false;
      }
      await fs.rename(next, uri, { overwrite: true });
    } catch (error) {
      // Where the old file is gone already, the new one is all that there is.
      if (before === undefined || (await exists(uri))) await fs.delete(next).then(undefined, () => undefined);
      throw error;
    }
    return true;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private get folders(): readonly vscode.WorkspaceFolder[] {
    return vscode.workspace.workspaceFolders ?? [];
  }

  private async uri(): Promise<vscode.Uri> {
    const all = this.folders.map(({ uri }) => vscode.Uri.joinPath(uri, folderName, fileName));
    const [first] = all;
    if (first === undefined) throw new Error('No folder is open.');
    if (all.length > 1) for (const uri of all) if (await exists(uri)) return uri;
    return first;
  }
}

/** @throws UnreadableFile, or what the file system says. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > largest) throw new UnreadableFile('tooLarge');
    return decoded(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile('notText');
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
