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
  /** The left one, as it was known when it was shown. */
  readonly original: Pick<ComparedConversation, 'id' | 'conversation'>;
  /** Whose conversations they are. */
  readonly origin: string;
}

export interface ComparisonsDependencies {
  /** Opens a conversation of this origin. */
  readonly open: (id: string, origin: string) => void;
}

const { scheme, extension } = comparisonDocuments;

/** Two conversations side by side in VS Code's own diff editor. */
export class Comparisons implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly store = this.owned.add(new DocumentStore<Comparison>(scheme));

  constructor(private readonly dependencies: ComparisonsDependencies) {}

  /** Of one side, by its address. */
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
      const address = (side: Side, { id }: ComparedConversation): Uri =>
        Uri.from({ scheme, path: `/${token}/${side}/${createFileName(id, extension)}` });
      const title = formatComparisonTitle(left, right);
      await vscodeCommands.executeCommand('vscode.diff', address('left', left), address('right', right), title);
    });
  }

  /** @param address of either side; of anything else it is the comparison that has the focus */
  openSide(side: Side, address: unknown): void {
    const comparison = this.findComparison(address);
    if (comparison !== undefined) this.dependencies.open(comparison.ids[side], comparison.origin);
  }

  /**
   * The left conversation, and whose it is; undefined, after having said so, where it is not known any more.
   * @param address of either side; of anything else it is the comparison that has the focus
   */
  findOriginal(address: unknown): (Comparison['original'] & Pick<Comparison, 'origin'>) | undefined {
    const comparison = this.findComparison(address);
    return comparison && { ...comparison.original, origin: comparison.origin };
  }

  /** The same on both sides, lest one stand lower: first what can be clicked, for a narrow side cuts off the end. */
  lenses(uri: Uri): CodeLens[] {
    const comparison = this.store.find(uri);
    if (comparison === undefined) return [];
    const firstLine = new Range(0, 0, 0, 0);
    return [
      { title: l10n.t('Open Left'), command: commands.openLeft, arguments: [uri] },
      { title: l10n.t('Open Right'), command: commands.openRight, arguments: [uri] },
      { title: l10n.t('Rerun Left'), command: commands.rerunLeft, arguments: [uri] },
      { title: comparison.summary, command: '' },
    ].map((command) => new CodeLens(firstLine, command));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private findComparison(address: unknown): Comparison | undefined {
    const uri = address instanceof Uri && address.scheme === scheme ? address : findActiveComparison();
    const comparison = uri && this.store.find(uri);
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
