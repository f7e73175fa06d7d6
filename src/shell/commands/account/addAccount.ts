import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { describeAccount, maximumNameLength, type Account } from '../../session/account';
import type { Session } from '../../session/session';
import { baseUrlProblemWords } from '../../words/address';
import { askForKey, keepOrUseForSession, tellKept, type GivenKey } from './askForKey';
import { ask } from './inputBox';

/** `Add Account…`: name, address and key. Nothing is kept before the last step is through. */
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
      if (name.trim().length > maximumNameLength)
        return vscode.l10n.t('Use at most {0} characters.', maximumNameLength);
      switch (session.accounts.nameProblem(name)) {
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
      const problem = session.accounts.baseUrlProblem(typed);
      return problem === undefined ? undefined : baseUrlProblemWords(problem);
    },
  });
}

async function addWithKey(session: Session, account: Account, given: GivenKey): Promise<void> {
  const where = await keepOrUseForSession((place) => session.addAccount(account, given.key, place));
  if (where !== undefined) tellKept(account, given, where);
}
