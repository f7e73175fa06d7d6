import * as vscode from 'vscode';
import { views } from '../../../manifest';
import type { Session } from '../../session/session';

/** `Explore Sample Data`: and shows it, since the walkthrough may be in front. */
export async function exploreSampleData(session: Session): Promise<void> {
  await session.exploreSampleData();
  await vscode.commands.executeCommand(`${views.conversations}.focus`);
}
