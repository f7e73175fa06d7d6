import { type DocumentSelector, type TextDocument, languages, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/util/event';
import type { TestFileEditor } from './editor';

const selector: DocumentSelector = { pattern: '**/*.conversation.{yaml,yml}' };

/** Loads the features of test files when one is opened. Its problems appear without any other action. */
export function registerTestFileEditor(load: () => Promise<TestFileEditor>): Disposable {
  const owned = new DisposableStore();
  const loadFor = (document: TextDocument): void => {
    if (languages.match(selector, document) > 0) void load();
  };
  owned.add(workspace.onDidOpenTextDocument(loadFor));
  for (const document of workspace.textDocuments) loadFor(document);
  owned.add(
    languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: async (document, position) => (await load()).complete(document, position),
      },
      ' ',
      '{',
      '[',
    ),
  );
  owned.add(
    languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await load()).describe(document, position),
    }),
  );
  return owned;
}
