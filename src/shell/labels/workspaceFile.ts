import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../../core/util/event';
import { formatLabelsProblem } from '../format/labels';
import { notify } from '../notify';
import { Labels, UnreadableFile, type LabelsProblem, type LabelsStorage } from './labels';

const folderName = '.aiployees';
const fileName = 'labels.json';
const labelsPath = `${folderName}/${fileName}`;

/** Enough for 100,000 labels. */
const maxFileBytes = 16_000_000;

/** Creates the labels of the open folder. */
export function createLabels(origin: () => string | undefined, logDefect: (error: unknown) => void): Labels {
  const storage = new WorkspaceLabelsFile();
  return new Labels({
    storage,
    origin,
    logDefect,
    report: (problem) => {
      if (problem.kind === 'failed') logDefect(problem.error);
      void showProblem(problem, storage);
    },
  });
}

async function showProblem(problem: LabelsProblem, storage: WorkspaceLabelsFile): Promise<void> {
  const message = formatLabelsProblem(problem, labelsPath);
  const [action, act] =
    problem.kind === 'noFolder'
      ? [vscode.l10n.t('Open Folder'), () => vscode.commands.executeCommand('workbench.action.files.openFolder')]
      : [vscode.l10n.t('Open File'), () => storage.open()];
  const canOpen =
    problem.kind === 'noFolder' || problem.kind === 'broken' || problem.kind === 'rejected' || problem.kind === 'entry';
  const show = problem.kind === 'broken' || problem.kind === 'rejected' ? notify.warn : notify.error;
  if ((await show(message, ...(canOpen ? [action] : []))) === action) await act();
}

/** The labels file of the open folder. Of several folders it is the first that has the file, else the first. */
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
    // A watcher starts late, may miss files in a new folder, and doesn't work on some disks.
    this.owned.add(vscode.window.onDidChangeWindowState(({ focused }) => focused && this.changed.fire()));
  }

  get isAvailable(): boolean {
    return this.folders.length > 0;
  }

  async open(): Promise<void> {
    await vscode.window.showTextDocument(await this.findUri());
  }

  async read(): Promise<string | undefined> {
    return readText(await this.findUri());
  }

  async replace(text: string, before: string | undefined): Promise<boolean> {
    const uri = await this.findUri();
    const { fs } = vscode.workspace;
    await fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
    const next = vscode.Uri.joinPath(uri, '..', `${fileName}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await fs.writeFile(next, Buffer.from(text));
      // Another program's changes must not be lost. VS Code's rename deletes the old file first.
      if ((await readText(uri)) !== before) {
        await fs.delete(next);
        return false;
      }
      await fs.rename(next, uri, { overwrite: true });
    } catch (error) {
      // If the old file is already gone, only the new file has the labels.
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

  private async findUri(): Promise<vscode.Uri> {
    const all = this.folders.map(({ uri }) => vscode.Uri.joinPath(uri, folderName, fileName));
    const [first] = all;
    if (first === undefined) throw new Error('No folder is open.');
    if (all.length > 1) for (const uri of all) if (await exists(uri)) return uri;
    return first;
  }
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > maxFileBytes) throw new UnreadableFile('tooLarge');
    return decodeText(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function decodeText(bytes: Uint8Array): string {
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
