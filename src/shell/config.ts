import * as vscode from 'vscode';
import { toVisibleLine } from '../core/text/label';
import { isTimeZone } from '../core/text/time';
import { DisposableStore, type Disposable, Emitter } from '../core/util/event';
import { settings, type SettingName } from '../manifest';
import { notify } from './notify';

/** The settings, typed and made safe: whatever was written, what comes out can be used. Always as they are now. */
export class Config implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<SettingName>());
  /** Told once for each setting that has changed. */
  readonly onDidChange = this.changed.event;

  private warnedOfZone: string | undefined;

  /** @param warn tells the user that a setting can't be used as it is */
  constructor(private readonly warn: (message: string) => void = warnWithSettings) {
    this.owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        for (const name of Object.keys(settings) as SettingName[]) {
          if (change.affectsConfiguration(settings[name].id)) this.changed.fire(name);
        }
      }),
    );
  }

  /** The first account's address, as written. */
  get baseUrl(): string {
    const value = this.machineValue('baseUrl');
    return typeof value === 'string' ? value : settings.baseUrl.default;
  }

  /** Conversations asked for at once. */
  get pageSize(): number {
    return clampInteger(vscode.workspace.getConfiguration().get(settings.pageSize.id), settings.pageSize);
  }

  get followIntervalMs(): number {
    return (
      clampInteger(vscode.workspace.getConfiguration().get(settings.followInterval.id), settings.followInterval) * 1000
    );
  }

  /** Whether new conversations are looked for also where nobody sees the list, for their number on the view's icon. */
  get followWhileHidden(): boolean {
    return vscode.workspace.getConfiguration().get<unknown>(settings.followWhileHidden.id) === true;
  }

  get requestTimeoutMs(): number {
    return clampInteger(this.machineValue('requestTimeout'), settings.requestTimeout) * 1000;
  }

  /** The zone that the server's zoneless times are read in: `UTC`, `local` or an IANA name. */
  get timeZone(): string {
    const value = vscode.workspace.getConfiguration().get<unknown>(settings.timeZone.id);
    const zone = typeof value === 'string' ? value.trim() : '';
    if (zone !== '' && isTimeZone(zone)) return zone;
    // Read for every row: say it once for a value, not once for a row.
    const written = JSON.stringify(value);
    if (this.warnedOfZone !== written) {
      this.warnedOfZone = written;
      this.warn(
        vscode.l10n.t(
          "{0} isn't a valid time zone, so times are read as UTC. Use UTC, local, or a name such as Europe/Berlin.",
          toVisibleLine(written).slice(0, maxShownChars),
        ),
      );
    }
    return settings.timeZone.default;
  }

  dispose(): void {
    this.owned.dispose();
  }

  /**
   * The user's own value, or the default. A workspace's value is never looked at, even where one should slip past the
   * setting's scope: it could send a key to a stranger's server.
   */
  private machineValue(name: 'baseUrl' | 'requestTimeout'): unknown {
    return (
      vscode.workspace.getConfiguration().inspect<unknown>(settings[name].id)?.globalValue ?? settings[name].default
    );
  }
}

/** UTF-16 units of a setting's value in a notification: a folder may bring it. */
const maxShownChars = 80;

interface Bounds {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A whole number within the bounds; the default where what was written is no number. */
export function clampInteger(value: unknown, bounds: Bounds): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return bounds.default;
  return Math.min(bounds.maximum, Math.max(bounds.minimum, Math.round(value)));
}

function warnWithSettings(message: string): void {
  const openSettings = vscode.l10n.t('Open Settings');
  void notify.warn(message, openSettings).then((chosen) => {
    if (chosen === openSettings)
      void vscode.commands.executeCommand('workbench.action.openSettings', settings.timeZone.id);
  });
}
