import * as vscode from 'vscode';
import { toVisibleLine } from '../core/text/title';
import { isTimeZone } from '../core/text/time';
import { DisposableStore, type Disposable, Emitter } from '../core/util/event';
import { settings, type SettingName } from '../manifest';
import { notify } from './notify';

/** The current settings, with invalid values replaced. */
export class Config implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<SettingName>());
  /** Fires once for each changed setting. */
  readonly onDidChange = this.changed.event;

  private warnedOfZone: string | undefined;

  /** @param warn shows a message about an invalid setting */
  constructor(private readonly warn: (message: string) => void = warnWithSettings) {
    this.owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        for (const name of Object.keys(settings) as SettingName[]) {
          if (change.affectsConfiguration(settings[name].id)) this.changed.fire(name);
        }
      }),
    );
  }

  /** The first account's base URL, as written. */
  get baseUrl(): string {
    const value = this.readMachineValue('baseUrl');
    return typeof value === 'string' ? value : settings.baseUrl.default;
  }

  /** Conversations per request. */
  get pageSize(): number {
    return clampInteger(vscode.workspace.getConfiguration().get(settings.pageSize.id), settings.pageSize);
  }

  get followIntervalMs(): number {
    return (
      clampInteger(vscode.workspace.getConfiguration().get(settings.followInterval.id), settings.followInterval) * 1000
    );
  }

  /** Whether to poll while the view is hidden, for the badge on its icon. */
  get followWhileHidden(): boolean {
    return vscode.workspace.getConfiguration().get<unknown>(settings.followWhileHidden.id) === true;
  }

  get requestTimeoutMs(): number {
    return clampInteger(this.readMachineValue('requestTimeout'), settings.requestTimeout) * 1000;
  }

  /** Time zone of the server's times without one: `UTC`, `local` or an IANA name. */
  get timeZone(): string {
    const value = vscode.workspace.getConfiguration().get<unknown>(settings.timeZone.id);
    const zone = typeof value === 'string' ? value.trim() : '';
    if (zone !== '' && isTimeZone(zone)) return zone;
    // Called for every row, so each invalid value is reported once.
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
   * Returns the user's value or the default. Never reads a workspace's value, which could send the key to another server, even
   * if the setting's scope failed to exclude it.
   */
  private readMachineValue(name: 'baseUrl' | 'requestTimeout'): unknown {
    return (
      vscode.workspace.getConfiguration().inspect<unknown>(settings[name].id)?.globalValue ?? settings[name].default
    );
  }
}

const maxShownChars = 80;

interface Bounds {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Returns a whole number within the bounds, or the default if the value isn't a number. */
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
