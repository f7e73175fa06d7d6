import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { commands, views } from '../../manifest';
import type { App } from '../app';
import { notify } from '../notify';
import { type Account, describeAccount, maxNameChars } from '../session/account';
import { type KeyStatus, firstAccountId, KeyringError } from '../session/keyVault';
import { reportInvalidBaseUrl } from '../session/problems';
import type { Session } from '../session/session';
import { formatBaseUrlProblem, formatKeyringError } from '../format/keyring';
import { type EnteredKey, askForKey, storeOrUseForSession, reportStoredKey } from './askForKey';
import { ask } from './quickPick';

export const handlers = {
  [commands.setApiKey]: ({ session }: App, place?: unknown) => setApiKey(session, place),
  [commands.clearApiKey]: ({ session }: App) => clearApiKey(session),
  [commands.addAccount]: ({ session }: App) => addAccount(session),
  [commands.switchAccount]: ({ session }: App) => switchAccount(session),
  [commands.removeAccount]: ({ session }: App) => removeAccount(session),
  [commands.exploreSampleData]: async ({ session }: App) => {
    await session.exploreSampleData();
    // The walkthrough may be in front.
    await vscode.commands.executeCommand(`${views.conversations}.focus`);
  },
  [commands.leaveSampleData]: ({ session }: App) => session.leaveSampleData(),
};

/** Sets the current account's key. @param place `session` keeps the key out of the keyring */
export async function setApiKey(session: Session, place?: unknown): Promise<void> {
  const account = session.account;
  if (reportInvalidBaseUrl(account)) return;
  const several = session.accounts.list.length > 1;
  const title = several ? vscode.l10n.t('Set API Key: {0}', account.name) : vscode.l10n.t('Set API Key');
  const forSession = place === 'session';
  const given = await askForKey(session, account, { title, forSession });
  if (given === undefined || given === 'back') return;
  if (forSession) {
    await session.setKey(account, given.key, 'session');
    return reportStoredKey(account, given, 'session');
  }
  const where = await storeOrUseForSession((storage) => session.setKey(account, given.key, storage));
  if (where !== undefined) reportStoredKey(account, given, where);
}

export async function clearApiKey(session: Session): Promise<void> {
  const account = session.account;
  try {
    await session.clearKey(account);
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error;
    void notify.error(formatKeyringError(error));
    return;
  }
  const host = account.address.ok ? account.address.host : account.baseUrl;
  void notify.info(vscode.l10n.t('Cleared the API key for {0}.', host));
}

/** Saves nothing before the last step succeeds. */
export async function addAccount(session: Session): Promise<void> {
  const id = randomUUID();
  let name = '';
  let baseUrl = '';
  for (let step = 1; ;) {
    const question = { title: vscode.l10n.t('Add Account'), step, totalSteps: 3 };
    if (step === 3) {
      const account = describeAccount(id, baseUrl, name);
      const given = await askForKey(session, account, question);
      if (given === undefined) return;
      if (given !== 'back') return addWithKey(session, account, given);
      step = 2;
      continue;
    }
    const answer = step === 1 ? await askName(session, name, question) : await askBaseUrl(session, baseUrl, question);
    if (answer.kind === 'closed') return;
    if (answer.kind === 'entered') {
      if (step === 1) name = answer.value;
      else baseUrl = answer.value;
    }
    step += answer.kind === 'entered' ? 1 : -1;
  }
}

type StepQuestion = { readonly title: string; readonly step: number; readonly totalSteps: number };

function askName(session: Session, value: string, question: StepQuestion): ReturnType<typeof ask> {
  return ask({
    ...question,
    value,
    prompt: vscode.l10n.t('Account name, for example a brand or a client.'),
    placeholder: vscode.l10n.t('Name'),
    problem: (name) => {
      if (name.trim().length > maxNameChars) return vscode.l10n.t('Use at most {0} characters.', maxNameChars);
      switch (session.accounts.findNameProblem(name)) {
        case 'empty':
          return vscode.l10n.t('Enter a name.');
        case 'taken':
          return vscode.l10n.t('An account with this name already exists.');
        case undefined:
          return undefined;
      }
    },
  });
}

function askBaseUrl(session: Session, value: string, question: StepQuestion): ReturnType<typeof ask> {
  return ask({
    ...question,
    value: value === '' ? 'https://' : value,
    prompt: vscode.l10n.t("Base URL of the account's API, where the API key is sent. It usually ends in /api."),
    placeholder: 'https://call.aiployees.com/api',
    problem: (typed) => {
      const problem = session.accounts.findBaseUrlProblem(typed);
      return problem === undefined ? undefined : formatBaseUrlProblem(problem);
    },
  });
}

async function addWithKey(session: Session, account: Account, given: EnteredKey): Promise<void> {
  const where = await storeOrUseForSession((place) => session.addAccount(account, given.key, place));
  if (where !== undefined) reportStoredKey(account, given, where);
}

/** Minimum time between two updates of the list: each update rebuilds all items. */
const pauseMs = 100;

interface AccountItem extends vscode.QuickPickItem {
  readonly account?: Account;
  readonly run?: 'sample' | 'add';
}

type Choice = { readonly item: AccountItem; readonly remove: boolean } | undefined;

/** Lists the accounts with the status of their keys, the sample data, and buttons to add or remove an account. */
export async function switchAccount(session: Session): Promise<void> {
  for (;;) {
    const choice = await pick(session);
    if (choice === undefined) return;
    const { account, run } = choice.item;
    if (choice.remove && account !== undefined) {
      await confirmAndRemove(session, account);
      continue;
    }
    if (run === 'add') await vscode.commands.executeCommand(commands.addAccount);
    if (run === 'sample') await session.exploreSampleData();
    if (account !== undefined && !reportInvalidBaseUrl(account)) await session.switchTo(account.id);
    return;
  }
}

function pick(session: Session): Promise<Choice> {
  const box = vscode.window.createQuickPick<AccountItem>();
  box.title = vscode.l10n.t('Switch Account');
  box.placeholder = vscode.l10n.t('Select an account');
  box.matchOnDescription = true;
  const statuses = new Map<string, KeyStatus>();
  let open = true;
  const show = (): void => {
    if (!open) return;
    const [active] = box.activeItems;
    box.keepScrollPosition = true;
    box.items = createAccountItems(session, statuses);
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
  // The keyring may be slow, so the accounts show first and the status of their keys follows.
  box.busy = true;
  const read = session.accounts.list.map(async (account) => {
    statuses.set(account.id, await session.keyStatus(account));
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

function createAccountItems(session: Session, statuses: ReadonlyMap<string, KeyStatus>): AccountItem[] {
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
      detail: formatKeyStatus(account, statuses.get(account.id)),
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

function formatKeyStatus(account: Account, status: KeyStatus | undefined): string {
  if (!account.address.ok) return vscode.l10n.t('Invalid base URL');
  if (status === undefined) return vscode.l10n.t('Checking for an API key…');
  if (status instanceof KeyringError) {
    return status.kind === 'invalid'
      ? vscode.l10n.t('Saved API key is invalid')
      : vscode.l10n.t("Couldn't read the keyring");
  }
  switch (status) {
    case 'none':
      return vscode.l10n.t('No API key');
    case 'keyring':
      return vscode.l10n.t('API key saved');
    case 'session':
      return vscode.l10n.t('API key for this session only');
  }
}

export async function removeAccount(session: Session): Promise<void> {
  const items = session.accounts.list
    .filter(({ id }) => id !== firstAccountId)
    .map((account) => ({ label: account.name, description: account.baseUrl, account }));
  if (items.length === 0) {
    const message = vscode.l10n.t(
      "There are no added accounts to remove. To remove the first account's key, run Clear API Key.",
    );
    void notify.info(message);
    return;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Remove Account'),
    placeHolder: vscode.l10n.t('Select an account to remove from this machine, with its API key'),
  });
  if (picked !== undefined) await confirmAndRemove(session, picked.account);
}

/** Asks first, because the platform shows a key only when it is created. */
async function confirmAndRemove(session: Session, account: Account): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const detail = vscode.l10n.t('Its API key is removed too. Nothing changes on the server.');
  const question = vscode.l10n.t('Remove the account "{0}"?', account.name);
  const choice = await notify.warn(question, { modal: true, detail }, remove);
  if (choice !== remove) return false;
  try {
    await session.removeAccount(account);
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error;
    const anyway = vscode.l10n.t('Remove Anyway');
    if ((await notify.warn(formatKeyringError(error), anyway)) !== anyway) return false;
    await session.removeAccount(account, true);
  }
  void notify.info(vscode.l10n.t('Removed the account "{0}" and its API key.', account.name));
  return true;
}
