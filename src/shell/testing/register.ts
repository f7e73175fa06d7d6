import { RelativePattern, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/util/event';
import { memoizeAsync } from '../../core/util/memoize';

export const testFileGlob = '**/*.conversation.{yaml,yml}';

export function isTestFile(path: string): boolean {
  return /\.conversation\.ya?ml$/.test(path);
}

/**
 * Loads conversation tests with the workspace's first test file. Without one, VS Code shows no Testing view for this
 * extension: a test controller alone would add its icon to every window.
 */
export function registerConversationTests(load: () => Promise<unknown>): Disposable {
  const owned = new DisposableStore();
  const loadOnce = memoizeAsync(load);
  const check = (path: string): void => void (isTestFile(path) && loadOnce());
  owned.add(workspace.onDidOpenTextDocument(({ uri }) => check(uri.path)));
  for (const { uri } of workspace.textDocuments) check(uri.path);
  for (const folder of workspace.workspaceFolders ?? []) {
    const watcher = owned.add(
      workspace.createFileSystemWatcher(new RelativePattern(folder, testFileGlob), false, true, true),
    );
    owned.add(watcher.onDidCreate(({ path }) => check(path)));
  }
  void workspace.findFiles(testFileGlob, undefined, 1).then(([first]) => first && loadOnce());
  return owned;
}
