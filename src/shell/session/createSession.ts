import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { once } from '../../core/util/memoize';
import type { Config } from '../config';
import type { Log } from '../log';
import { Accounts } from './accounts';
import type { ClientOptions } from './clients';
import { mirrorInContext } from './context';
import { KeyVault } from './keyVault';
import { Session } from './session';
import { tellTroubles } from './problems';

/** The session, with all that it owns. */
export interface OwnedSession extends Disposable {
  readonly session: Session;
}

/**
 * Wires the session to VS Code's secrets, state, settings and context keys. Reads no key and sends nothing until
 * something asks `session.ready()`.
 */
export function createSession(
  context: vscode.ExtensionContext,
  config: Config,
  log: Log,
  { sampleGrows }: Pick<ClientOptions, 'sampleGrows'>,
): OwnedSession {
  const owned = new DisposableStore();
  const { version } = context.extension.packageJSON as { readonly version: string };
  const clients = once(async () =>
    (await import('./clients')).createClients({
      timeoutMs: () => config.requestTimeoutMs,
      log: log.request,
      sampleGrows,
      userAgent: `aiployees-conversations/${version} VSCode/${vscode.version}`,
    }),
  );
  const accounts = owned.add(new Accounts(context.globalState, () => config.baseUrl));
  const vault = owned.add(new KeyVault(context.secrets));
  const session = owned.add(
    new Session({
      accounts,
      vault,
      clients,
      beginOnSample: process.env['AIPLOYEES_SAMPLE'] === '1',
      report: (error) => log.problem('session', error),
    }),
  );
  owned.add(mirrorInContext(session));
  owned.add(tellTroubles(session, log));
  owned.add(
    config.onDidChange((name) => {
      if (name === 'baseUrl') session.addressChanged();
      if (name === 'requestTimeout') session.renewClient();
    }),
  );
  return { session, dispose: () => owned.dispose() };
}
