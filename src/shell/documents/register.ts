import { languages, workspace, type DocumentColorProvider, type TextDocument, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/event';
import { comparisonDocuments, conversationDocuments } from '../../manifest';
import type { App } from '../app';
import type { Comparisons } from './comparisons';

/**
 * Keeps VS Code from showing a color swatch at `#5669` (microsoft/vscode#233083). Turning off `editor.defaultColorDecorators`
 * is too late in a diff editor that has started to look for colors (1.100, 1.139).
 */
const noColorProvider: DocumentColorProvider = { provideDocumentColors: () => [], provideColorPresentations: () => [] };

export function registerDocuments(load: () => Promise<Pick<App, 'comparisons' | 'documents'>>): Disposable {
  const owned = new DisposableStore();
  const comparisons = async (): Promise<Comparisons> => (await load()).comparisons();
  const { scheme } = comparisonDocuments;
  owned.add(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async (uri: Uri) => (await comparisons()).text(uri),
    }),
  );
  for (const each of [scheme, conversationDocuments.scheme])
    owned.add(languages.registerColorProvider({ scheme: each }, noColorProvider));
  owned.add(
    languages.registerCodeLensProvider(
      { scheme },
      { provideCodeLenses: async ({ uri }: TextDocument) => (await comparisons()).lenses(uri) },
    ),
  );
  owned.add(
    workspace.registerTextDocumentContentProvider(conversationDocuments.scheme, {
      provideTextDocumentContent: async (uri: Uri) => (await (await load()).documents()).text(uri),
    }),
  );
  return owned;
}
