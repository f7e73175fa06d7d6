import { type CompletionItemProvider, type TextDocument, languages, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/util/event';
import type { TestFileEditor } from './editor';
import { isTestFile, findTestFiles, isTestInWorkspace, testFileGlob } from './testFile';

interface TestFeatures {
  /** Problems, completions, and hovers. Loads with the first test file that is opened. */
  readonly editor: () => Promise<TestFileEditor>;
  /**
   * The Testing view. Loads with the workspace's first test file: a test controller alone would add its icon to every
   * window.
   */
  readonly tests: () => Promise<unknown>;
}

export function registerTestFiles({ editor, tests }: TestFeatures): Disposable {
  const owned = new DisposableStore();
  const load = (document: TextDocument): void => {
    if (isTestFile(document)) void editor();
    if (isTestInWorkspace(document)) void tests();
  };
  owned.add(workspace.onDidOpenTextDocument(load));
  for (const document of workspace.textDocuments) load(document);
  const watcher = owned.add(workspace.createFileSystemWatcher(testFileGlob, false, true, true));
  owned.add(watcher.onDidCreate(() => void tests()));
  void findTestFiles(1).then(([first]) => first && tests());
  const selector = { pattern: testFileGlob };
  const completions: CompletionItemProvider = {
    provideCompletionItems: async (document, position) => (await editor()).complete(document, position),
  };
  owned.add(languages.registerCompletionItemProvider(selector, completions, ' ', '{', '['));
  owned.add(
    languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await editor()).describe(document, position),
    }),
  );
  return owned;
}
