import * as vscode from 'vscode';
import { commands } from '../../../manifest';
import type { Account } from '../../session/account';
import { toldOfBadAddress } from '../../session/badAddress';
import { KeyringError } from '../../session/keyringError';
import { firstAccountId } from '../../session/keyVault';
import type { KeyStanding } from '../../session/accountKeys';
import type { Session } from '../../session/session';
import { removeAsked } from './removeAccount';

/** Between two changes of the list, which takes as long as it has accounts. */
const pauseMs = 100;

interface AccountItem extends vscode.QuickPickItem {
  readonly account?: Account;
  readonly run?: 'sample' | 'add';
}

type Choice = { readonly item: AccountItem; readonly remove: boolean } | undefined;

/** `Switch Account…`: the accounts with how their keys stand, sample data, and a way to add or remove one. */
export async function switchAccount(session: Session): Promise<void> {
  for (;;) {
    const choice = await pick(session);
    if (choice === undefined) return;
    const { account, run } = choice.item;
    if (choice.remove && account !== undefined) {
      await removeAsked(session, account);
      continue;
    }
    if (run === 'add') await vscode.commands.executeCommand(commands.addAccount);
    if (run === 'sample') await session.exploreSampleData();
    if (account !== undefined && !toldOfBadAddress(account)) await session.switchTo(account.id);
    return;
  }
}

function pick(session: Session): Promise<Choice> {
  const box = vscode.window.createQuickPick<AccountItem>();
  box.title = vscode.l10n.t('Switch Account');
  box.placeholder = vscode.l10n.t('Select an account');
  box.matchOnDescription = true;
  const standings = new Map<string, KeyStanding>();
  let open = true;
  const show = (): void => {
    if (!open) return;
    const [active] = box.activeItems;
    box.keepScrollPosition = true;
    box.items = itemsOf(session, standings);
    const same = box.items.find(
      (item) => active !== undefined && item.account?.id === active.account?.id && item.run === active.run,
    );
    if (same !== undefined) box.activeItems = [same];
  };
  show();
  let due: ReturnType<typeof setTimeout> | undefined;
  const showSoon = (): void => {
    due ??= setTimeout(() => {
      due = undefined;
      show();
    }, pauseMs);
  };
  // How a key stands takes the keyring's time, which may be long: the accounts are there at once.
  box.busy = true;
  const read = session.accounts.list.map(async (account) => {
    standings.set(account.id, await session.keyStanding(account));
    showSoon();
  });
  const done = (): void => {
    clearTimeout(due);
    show();
    if (open) box.busy = false;
  };
  Promise.all(read).then(done, done);
  return new Promise((resolve) => {
    let choice: Choice;
    const choose = (item: AccountItem | undefined, remove: boolean): void => {
      if (item === undefined) return;
      choice = { item, remove };
      box.hide();
    };
    box.onDidAccept(() => choose(box.selectedItems[0], false));
    box.onDidTriggerItemButton(({ item }) => choose(item, true));
    box.onDidHide(() => {
      open = false;
      clearTimeout(due);
      box.dispose();
      resolve(choice);
    });
    box.show();
  });
}

function itemsOf(session: Session, standings: ReadonlyMap<string, KeyStanding>): AccountItem[] {
  const inSample = session.state.kind === 'sample';
  const currentId = session.account.id;
  const current = vscode.l10n.t('current');
  const accounts = session.accounts.list.map((account): AccountItem => {
    const isCurrent = !inSample && account.id === currentId;
    const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Remove Account') };
    return {
      account,
      label: account.name,
      iconPath: new vscode.ThemeIcon(isCurrent ? 'check' : 'account'),
      description: [isCurrent ? current : undefined, account.baseUrl].filter((part) => part !== undefined).join(' · '),
      detail: standingWords(account, standings.get(account.id)),
      ...(account.id === firstAccountId ? {} : { buttons: [remove] }),
    };
  });
  return [
    ...accounts,
    {
      run: 'sample',
      label: vscode.l10n.t('Sample data'),
      iconPath: new vscode.ThemeIcon(inSample ? 'check' : 'beaker'),
      description: inSample ? current : vscode.l10n.t('made up, no API key needed'),
    },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { run: 'add', label: vscode.l10n.t('Add Account…'), iconPath: new vscode.ThemeIcon('add') },
  ];
}

function standingWords(account: Account, standing: KeyStanding | undefined): string {
  if (!account.address.ok) return vscode.l10n.t('Invalid base URL');
  if (standing === undefined) return vscode.l10n.t('Checking for an API key…');
  if (standing instanceof KeyringError) {
    return standing.kind === 'rubbish'
      ? vscode.l10n.t('Saved API key is invalid')
      : vscode.l10n.t("Couldn't read the keyring");
  }
  switch (standing) {
    case 'none':
      return vscode.l10n.t('No API key');
    case 'keyring':
      return vscode.l10n.t('API key saved');
    case 'session':
      return vscode.l10n.t('API key for this session only');
  }
}
