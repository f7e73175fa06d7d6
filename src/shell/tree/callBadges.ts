import * as vscode from 'vscode';
import { DisposableStore } from '../../core/util/event';
import type { CallSummaries } from '../../core/view/callSummary';
import { hashLabelKey } from '../../core/view/annotations';
import { formatBadge } from '../format/calls';
import { formatFailedCalls } from '../format/counts';

const scheme = 'aiployees-calls';

/** VS Code drops URIs of larger events (1.100, `ExtHostDecorations._maxEventSize`). */
const maxUrisPerEvent = 250;

/** The badges of rows with failed tool calls. */
export class CallBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new vscode.EventEmitter<vscode.Uri[]>());
  readonly onDidChangeFileDecorations = this.changed.event;

  /** Only of conversations with failed calls. */
  private readonly badges = new Map<string, { readonly uri: vscode.Uri; readonly failed: number }>();
  private readonly idByPath = new Map<string, string>();

  /** @param origin of the current account's server, to which the IDs belong */
  constructor(
    private readonly summaries: CallSummaries,
    private readonly origin: () => string | undefined,
  ) {
    this.owned.add(summaries.onDidChange((ids) => this.update(ids)));
    this.owned.add(vscode.window.registerFileDecorationProvider(this));
  }

  /** Contains a hash, because VS Code offers the URI to other extensions, and anyone with an ID can read its conversation. */
  createUri(id: string): vscode.Uri {
    const known = this.badges.get(id)?.uri;
    return known ?? vscode.Uri.from({ scheme, path: `/${hashLabelKey(this.origin() ?? '', id)}` });
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== scheme) return undefined;
    const badge = this.badges.get(this.idByPath.get(uri.path) ?? '');
    // Without a color, because the label's color has another meaning.
    return badge && new vscode.FileDecoration(formatBadge(badge.failed), formatFailedCalls(badge.failed));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private update(ids: readonly string[]): void {
    const changes: vscode.Uri[] = [];
    for (const id of ids) {
      const failed = this.summaries.of(id)?.failed ?? 0;
      const before = this.badges.get(id);
      if (failed === (before?.failed ?? 0)) continue;
      const uri = this.createUri(id);
      if (failed === 0) {
        this.badges.delete(id);
        this.idByPath.delete(uri.path);
      } else {
        this.badges.set(id, { uri, failed });
        this.idByPath.set(uri.path, id);
      }
      changes.push(uri);
    }
    for (let start = 0; start < changes.length; start += maxUrisPerEvent)
      this.changed.fire(changes.slice(start, start + maxUrisPerEvent));
  }
}
