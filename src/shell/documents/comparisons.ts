import { CodeLens, commands as vscodeCommands, l10n, Range, TabInputTextDiff, Uri, window } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/event';
import { commands, comparisonDocuments } from '../../manifest';
import { notify } from '../notify';
import { DocumentStore } from './documentStore';
import {
  createComparisonText,
  formatComparisonTitle,
  type ComparedConversation,
  type ComparisonText,
} from './compareText';
import { createFileName } from './record';

type Side = 'left' | 'right';

interface Comparison extends ComparisonText {
  readonly ids: Readonly<Record<Side, string>>;
  /** The left conversation as shown. */
  readonly original: Pick<ComparedConversation, 'id' | 'conversation'>;
  readonly origin: string;
}

export interface ComparisonsDependencies {
  readonly open: (id: string, origin: string) => void;
}

const { scheme, extension } = comparisonDocuments;

/** Shows two conversations in VS Code's diff editor. */
export class Comparisons implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly store = this.owned.add(new DocumentStore<Comparison>(scheme));

  constructor(private readonly dependencies: ComparisonsDependencies) {}

  text(uri: Uri): string {
    return this.store.find(uri)?.[parseSide(uri)] ?? `${formatLostNote()}\n`;
  }

  async show(left: ComparedConversation, right: ComparedConversation, origin: string): Promise<void> {
    const comparison = {
      ...createComparisonText(left, right),
      ids: { left: left.id, right: right.id },
      original: { id: left.id, conversation: left.conversation },
      origin,
    };
    await this.store.open(comparison, async (token) => {
      const toUri = (side: Side, { id }: ComparedConversation): Uri =>
        Uri.from({ scheme, path: `/${token}/${side}/${createFileName(id, extension)}` });
      const title = formatComparisonTitle(left, right);
      await vscodeCommands.executeCommand('vscode.diff', toUri('left', left), toUri('right', right), title);
    });
  }

  /** @param uri of either side; anything else means the focused comparison */
  openSide(side: Side, uri: unknown): void {
    const comparison = this.findComparison(uri);
    if (comparison !== undefined) this.dependencies.open(comparison.ids[side], comparison.origin);
  }

  /** Returns the left conversation, or shows a message if it is lost. @param uri as for `openSide` */
  findOriginal(uri: unknown): (Comparison['original'] & Pick<Comparison, 'origin'>) | undefined {
    const comparison = this.findComparison(uri);
    return comparison && { ...comparison.original, origin: comparison.origin };
  }

  /** Both sides have the same lenses, to stay aligned. */
  lenses(uri: Uri): CodeLens[] {
    if (this.store.find(uri) === undefined) return [];
    const firstLine = new Range(0, 0, 0, 0);
    return [
      { title: l10n.t('Open Left'), command: commands.openLeft, arguments: [uri] },
      { title: l10n.t('Open Right'), command: commands.openRight, arguments: [uri] },
      { title: l10n.t('Rerun Left'), command: commands.rerunLeft, arguments: [uri] },
    ].map((command) => new CodeLens(firstLine, command));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private findComparison(uri: unknown): Comparison | undefined {
    const found = uri instanceof Uri && uri.scheme === scheme ? uri : findActiveComparison();
    const comparison = found && this.store.find(found);
    if (comparison === undefined) void notify.info(formatLostNote());
    return comparison;
  }
}

function findActiveComparison(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputTextDiff && input.original.scheme === scheme ? input.original : undefined;
}

function parseSide(uri: Uri): Side {
  return uri.path.split('/')[2] === 'right' ? 'right' : 'left';
}

function formatLostNote(): string {
  return l10n.t('This comparison was lost when the window was reloaded. Compare the conversations again.');
}
