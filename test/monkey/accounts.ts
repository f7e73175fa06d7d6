import type { Workbench } from '../support/workbench/workbench';
import { paletteTitle } from './titles';
import type { Account } from './world';

/** Adds both accounts to a window without accounts; the first becomes current. */
export async function addAccounts(workbench: Workbench, [first, second]: readonly [Account, Account]): Promise<void> {
  const { quick, notifications } = workbench;
  await workbench.run(paletteTitle('addAccount'));
  for (const [index, text] of ['Second', second.server.url, '2|a-key-of-the-second'].entries()) {
    await quick.widget
      .locator('.quick-input-title')
      .filter({ hasText: `(${index + 1}/3)` })
      .waitFor();
    await quick.submit(text);
  }
  await notifications.read(/./);
  await notifications.clear();
  await workbench.run(paletteTitle('switchAccount'));
  await quick.list.filter({ hasText: first.server.url }).first().click();
  await workbench.expectKeyPrompt();
  await workbench.run(paletteTitle('setApiKey'));
  await quick.submit('1|a-key-of-the-first');
  await notifications.read(/./);
  await notifications.clear();
}
