import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/util/event';
import { memoizeAsync } from '../../core/util/memoize';
import type { Config } from '../config';
import { setContext } from '../contextKeys';
import type { Log } from '../log';
import { Accounts } from './accounts';
import type { ClientOptions } from './clients';
import { KeyVault } from './keyVault';
import { watchSessionProblems } from './problems';
import { Session } from './session';
import { toContext } from './state';

export interface OwnedSession extends Disposable {
  readonly session: Session;
}

/**
 * Connects the session to VS Code's secrets, state, settings and context keys. Reads no key and sends no request before the
 * first `session.ready()`.
 */
export function createSession(
  context: vscode.ExtensionContext,
  config: Config,
  log: Log,
  { sampleGrows }: Pick<ClientOptions, 'sampleGrows'>,
): OwnedSession {
  const owned = new DisposableStore();
  const { version } = context.extension.packageJSON as { readonly version: string };
  const clients = memoizeAsync(async () =>
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
      startWithSample: process.env['AIPLOYEES_SAMPLE'] === '1',
      report: (error) => log.error('session', error),
    }),
  );
  owned.add(mirrorInContext(session));
  owned.add(watchSessionProblems(session, log));
  owned.add(
    config.onDidChange((name) => {
      if (name === 'baseUrl') session.updateBaseUrl();
      if (name === 'requestTimeout') session.renewClient();
    }),
  );
  return { session, dispose: () => owned.dispose() };
}

/** Keeps the context keys up to date with the session. */
export function mirrorInContext(session: Session): Disposable {
  const updateAccounts = (): void => setContext({ hasSeveralAccounts: session.accounts.list.length > 1 });
  updateAccounts();
  const owned = new DisposableStore();
  owned.add(session.onDidChange((state) => setContext(toContext(state))));
  owned.add(session.accounts.onDidChange(updateAccounts));
  return owned;
}
