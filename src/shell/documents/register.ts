import { languages, workspace, type DocumentColorProvider, type TextDocument, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/event';
import { comparisonDocuments, conversationDocuments } from '../../manifest';
import type { App } from '../app';
import type { Comparisons } from './comparisons';

/**
 * VS Code takes `#5669` for a color and draws a swatch, in any language that no extension finds the colors of. Its setting against
 * that comes too late in a diff editor: a search for colors that has begun still ends in swatches (1.100 and 1.139).
 */
const noColorProvider: DocumentColorProvider = { provideDocumentColors: () => [], provideColorPresentations: () => [] };

/** Has VS Code ask for the texts of our documents, and for what stands above them. */
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
