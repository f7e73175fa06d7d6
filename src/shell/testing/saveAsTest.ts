import {
  type QuickPickItem,
  Uri,
  WorkspaceEdit,
  Range,
  commands as vscodeCommands,
  l10n,
  window,
  workspace,
} from 'vscode';
import { ApiError } from '../../core/api/errors';
import type { Assistant } from '../../core/model/conversation';
import { type ConvertedConversation, convertToTest } from '../../core/testing/fromConversation';
import type { MaskedKind } from '../../core/testing/privacy';
import type { AssistantReference } from '../../core/testing/suite';
import { appendTests, createTestFileName, writeTestFile } from '../../core/testing/testFileText';
import { commands } from '../../manifest';
import type { App } from '../app';
import { plainLabel } from '../commands/quickPick';
import { plural } from '../format/plural';
import { notify, reportError } from '../notify';
import { type ReadConversation, findTargetsOrHint } from '../targets';
import { readTranscripts } from '../transcripts';
import { findTestFiles } from './testFile';
import { resultHandlers } from './resultCommands';
import { suiteParser } from './suiteParser';

export const handlers = { [commands.saveAsTest]: saveAsTest, ...resultHandlers };

interface TestFileItem extends QuickPickItem {
  readonly uri: Uri;
  /** Undefined for a new file. */
  readonly text: string | undefined;
}

/** Saves conversations of one assistant as tests in a file of the workspace, and opens it. */
async function saveAsTest(app: App, ...args: unknown[]): Promise<void> {
  const targets = findTargetsOrHint(app, args);
  const api = await app.api();
  if (targets.length === 0 || api === undefined) return;
  const [folder] = workspace.workspaceFolders ?? [];
  if (folder === undefined) return void notify.info(l10n.t('Open a folder first. Tests are saved in it.'));
  const read = await readTranscripts(app, api, targets);
  if (read === undefined) return;
  for (const error of read.failures) reportError(error, { kind: 'readingTranscript' });
  if (read.read.length === 0) return;
  const uuids = new Set(read.read.map(({ conversation }) => conversation?.assistantId ?? ''));
  const [uuid = ''] = uuids;
  const name = read.read[0]?.conversation?.assistantName;
  if (uuids.size > 1)
    return void notify.info(l10n.t('A test file has one assistant. Select conversations of one assistant.'));
  if (uuid === '' || name === undefined)
    return void notify.info(
      l10n.t("The conversation's assistant is unknown. Load it in the Conversations view, then try again."),
    );
  const assistant = await findReference(app, uuid, name);
  const converted = convertAll(app, read.read);
  if (converted.length === 0)
    return void notify.info(l10n.t("There's nothing to save as a test: no user messages that can be sent."));
  const file = await askForFile(folder.uri, assistant);
  if (file === undefined) return;
  const tests = converted.map(({ test }) => test);
  const text = file.text === undefined ? writeTestFile(assistant, tests) : appendTests(file.text, tests);
  if (text === undefined)
    return void notify.error(
      l10n.t("Couldn't add tests to {0}. Correct its problems first.", workspace.asRelativePath(file.uri)),
    );
  await write(file, text);
  await window.showTextDocument(file.uri);
  await report(converted);
}

/** The integer ID is needed only if several assistants have this name. */
async function findReference(app: App, uuid: string, name: string): Promise<AssistantReference> {
  const listed = await loadAssistants(app);
  const namesakes = listed.filter((each) => each.name === name);
  const id = namesakes.length > 1 ? namesakes.find((each) => each.uuid === uuid)?.serverId : undefined;
  return { name, id };
}

/** Not every server lists its assistants; then the name has to do. */
async function loadAssistants(app: App): Promise<readonly Assistant[]> {
  try {
    return (await (await app.api())?.listAssistants({ signal: app.ended })) ?? [];
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}

function convertAll(app: App, read: readonly ReadConversation[]): readonly ConvertedConversation[] {
  return read.flatMap(({ id, conversation, transcript }) => {
    const converted = convertToTest({ id, conversation, transcript }, { zone: app.config.timeZone });
    return converted === 'noUserMessages' ? [] : [converted];
  });
}

async function askForFile(folder: Uri, assistant: AssistantReference): Promise<TestFileItem | undefined> {
  const existing = await findFiles(assistant);
  const created = await createItem(folder, assistant);
  if (existing.length === 0) return created;
  return window.showQuickPick([...existing, created], {
    title: l10n.t('Save as Test'),
    placeHolder: l10n.t('Select a test file'),
  });
}

const maxFiles = 500;

/** Returns the workspace's test files of this assistant. */
async function findFiles({ name, id }: AssistantReference): Promise<readonly TestFileItem[]> {
  const uris = await findTestFiles(maxFiles);
  const items: TestFileItem[] = [];
  for (const uri of uris) {
    const text = (await workspace.openTextDocument(uri)).getText();
    const { suite } = await suiteParser.parse(uri, text);
    if (suite === undefined || suite.assistant.name !== name || (id !== undefined && suite.assistant.id !== id))
      continue;
    items.push({ label: plainLabel(workspace.asRelativePath(uri)), uri, text });
  }
  return items;
}

async function createItem(folder: Uri, { name }: AssistantReference): Promise<TestFileItem> {
  const fileName = createTestFileName(name);
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? fileName : fileName.replace('.conversation', `-${number}.conversation`);
    const uri = Uri.joinPath(folder, 'tests', numbered);
    if (await exists(uri)) continue;
    const label = l10n.t('New File: {0}', plainLabel(workspace.asRelativePath(uri)));
    return { label, uri, text: undefined };
  }
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** An open editor keeps its undo history. */
async function write({ uri, text: before }: TestFileItem, text: string): Promise<void> {
  if (before === undefined) return workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await workspace.openTextDocument(uri);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
  await workspace.applyEdit(edit);
  await document.save();
}

async function report(converted: readonly ConvertedConversation[]): Promise<void> {
  const run = l10n.t('Run Tests');
  const masked = new Set(converted.flatMap((each) => each.masked));
  const text = [
    plural(converted.length, 'Saved 1 test.', 'Saved {0} tests.'),
    ...[...masked].map(formatMasked),
    ...(masked.size === 0 ? [] : [l10n.t('The text may contain more personal data.')]),
  ].join(' ');
  if ((await notify.info(text, run)) === run) await vscodeCommands.executeCommand('testing.runCurrentFile');
}

function formatMasked(kind: MaskedKind): string {
  switch (kind) {
    case 'phones':
      return l10n.t('Phone numbers are masked.');
    case 'emails':
      return l10n.t('Email addresses are masked.');
    case 'ids':
      return l10n.t('IDs are removed.');
  }
}
