import {
  type CancellationToken,
  FileSystemError,
  MarkdownString,
  RelativePattern,
  type TestController,
  type TestItem,
  TestTag,
  type TextDocument,
  type Uri,
  l10n,
  workspace,
} from 'vscode';
import { formatProblem } from '../../core/testing/formatProblem';
import type { Problem } from '../../core/testing/problems';
import type { TestCase, TestSuite } from '../../core/testing/suite';
import { escapeInline } from '../../core/text/escapeMarkdown';
import { toVisibleLine } from '../../core/text/title';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import { LineIndex } from './lineIndex';
import { findTestFiles, isTestInWorkspace, testFileGlob } from './testFile';
import { suiteParser } from './suiteParser';

/** A file that was read without errors. */
export interface ReadSuite {
  readonly suite: TestSuite;
  readonly lines: LineIndex;
  /** The tests by the IDs of their items. */
  readonly tests: ReadonlyMap<string, TestCase>;
}

interface TestFile {
  readonly item: TestItem;
  /** The last one without errors. */
  read: ReadSuite | undefined;
  typing: NodeJS.Timeout | undefined;
}

const maxFiles = 500;
const typingPauseMs = 300;

/** The workspace's test files as items of the Testing view. */
export class TestFiles implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly files = new Map<string, TestFile>();
  private readonly saved = this.owned.add(new Emitter<TestItem>());
  /** Fires with the item of a file that was saved, or written by another program. */
  readonly onDidSave = this.saved.event;

  constructor(
    private readonly controller: TestController,
    private readonly reportError: (error: unknown) => void,
  ) {
    this.owned.add(workspace.onDidOpenTextDocument((document) => this.update(document)));
    this.owned.add(workspace.onDidChangeTextDocument(({ document }) => this.updateAfterTyping(document)));
    this.owned.add(workspace.onDidSaveTextDocument(({ uri }) => this.noteSaved(uri)));
    for (const folder of workspace.workspaceFolders ?? []) {
      const watcher = this.owned.add(workspace.createFileSystemWatcher(new RelativePattern(folder, testFileGlob)));
      this.owned.add(watcher.onDidCreate((uri) => this.add(uri)));
      this.owned.add(watcher.onDidDelete((uri) => this.remove(uri)));
      this.owned.add(watcher.onDidChange((uri) => this.noteSaved(uri)));
    }
    for (const document of workspace.textDocuments) this.update(document);
  }

  /** Lists the workspace's files, without reading them. */
  async discover(token?: CancellationToken): Promise<void> {
    const uris = await findTestFiles(maxFiles + 1, token);
    if (token?.isCancellationRequested === true) return;
    const found = new Set(uris.slice(0, maxFiles).map(String));
    for (const [key, { item }] of this.files) if (!found.has(key) && item.uri !== undefined) this.remove(item.uri);
    for (const uri of uris.slice(0, maxFiles)) this.add(uri);
    this.showLimit(uris.length > maxFiles);
  }

  /** Reads a file from its editor, or from the disk. */
  async read(item: TestItem): Promise<ReadSuite | undefined> {
    const file = this.findFile(item);
    if (file === undefined) return undefined;
    const text = await this.load(file);
    if (text !== undefined) await this.parse(file, text);
    return file.item.error === undefined ? file.read : undefined;
  }

  /** Returns the item's file: itself, or the one that a test is in. */
  fileOf(item: TestItem): TestItem {
    return item.parent ?? item;
  }

  get items(): readonly TestItem[] {
    return [...this.files.values()].map(({ item }) => item);
  }

  dispose(): void {
    for (const { typing } of this.files.values()) clearTimeout(typing);
    this.owned.dispose();
  }

  private findFile({ uri }: TestItem): TestFile | undefined {
    return uri === undefined ? undefined : this.files.get(String(uri));
  }

  private add(uri: Uri): TestFile {
    const known = this.files.get(String(uri));
    if (known !== undefined) return known;
    const path = workspace.asRelativePath(uri);
    const item = this.controller.createTestItem(path, toVisibleLine(path), uri);
    item.canResolveChildren = true;
    const file = { item, read: undefined, typing: undefined };
    this.files.set(String(uri), file);
    this.controller.items.add(item);
    return file;
  }

  private remove(uri: Uri): void {
    const file = this.files.get(String(uri));
    if (file === undefined) return;
    clearTimeout(file.typing);
    suiteParser.remove(uri);
    this.files.delete(String(uri));
    this.controller.items.delete(file.item.id);
  }

  private update(document: TextDocument): void {
    if (!isTestInWorkspace(document)) return;
    this.run(this.parse(this.add(document.uri), document.getText()));
  }

  private updateAfterTyping(document: TextDocument): void {
    if (!isTestInWorkspace(document)) return;
    const file = this.add(document.uri);
    clearTimeout(file.typing);
    file.typing = setTimeout(() => this.update(document), typingPauseMs);
  }

  private noteSaved(uri: Uri): void {
    const file = this.files.get(String(uri));
    if (file === undefined) return;
    // A file that was never expanded isn't read.
    const isRead = file.read !== undefined || file.item.error !== undefined;
    this.run((isRead ? this.read(file.item) : Promise.resolve()).then(() => this.saved.fire(file.item)));
  }

  private run(work: Promise<unknown>): void {
    work.catch(this.reportError);
  }

  private async load({ item }: TestFile): Promise<string | undefined> {
    const { uri } = item;
    if (uri === undefined) return undefined;
    const open = workspace.textDocuments.find((document) => String(document.uri) === String(uri));
    if (open !== undefined) return open.getText();
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(uri));
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      item.error = l10n.t("Couldn't read the file: {0}", error.message);
      return undefined;
    }
  }

  /** Shows the tests of a text. While it's typed, errors leave the tests of the last correct text. */
  private async parse(file: TestFile, text: string): Promise<void> {
    const { item } = file;
    const { uri } = item;
    if (uri === undefined) return;
    const parsed = await suiteParser.parse(uri, text);
    // A newer text is being shown, or the file was deleted.
    if (!suiteParser.isLatest(uri, text)) return;
    const lines = new LineIndex(text);
    if (parsed.suite === undefined) {
      item.error = formatFileError(parsed.problems, lines);
      const isDirty = workspace.textDocuments.some((each) => String(each.uri) === String(uri) && each.isDirty);
      if (!isDirty) {
        file.read = undefined;
        item.children.replace([]);
      }
      return;
    }
    item.error = undefined;
    item.label = toVisibleLine(parsed.suite.description ?? item.id);
    file.read = this.showTests(item, parsed.suite, lines);
  }

  private showTests(file: TestItem, suite: TestSuite, lines: LineIndex): ReadSuite {
    const tests = new Map<string, TestCase>();
    const items = suite.tests.map((test, index) => {
      const id = createId(file, test, tests);
      tests.set(id, test);
      // The same item keeps its last result.
      const item =
        file.children.get(id) ?? this.controller.createTestItem(id, toVisibleLine(test.description), file.uri);
      const range = lines.toRange(test.range);
      if (item.range?.isEqual(range) !== true) item.range = range;
      item.sortText = String(index).padStart(4, '0');
      const tags = test.tags.map((tag) => new TestTag(tag));
      if (!isSameList(item.tags, tags, ({ id }) => id)) item.tags = tags;
      return item;
    });
    // VS Code hides the results of replaced items in the editor, also if the same items are set again.
    for (const [id] of file.children) if (!tests.has(id)) file.children.delete(id);
    for (const item of items) if (file.children.get(item.id) === undefined) file.children.add(item);
    return { suite, lines, tests };
  }

  private showLimit(isOverLimit: boolean): void {
    const id = 'limit';
    if (!isOverLimit) return this.controller.items.delete(id);
    const item = this.controller.createTestItem(id, l10n.t('Only the first {0} test files are listed', maxFiles));
    item.sortText = '\uffff';
    this.controller.items.add(item);
  }
}

function isSameList<T>(one: readonly T[], other: readonly T[], key: (item: T) => string): boolean {
  return one.length === other.length && one.every((item, index) => key(item) === key(other[index] as T));
}

/** Readable, because language models address tests by it. */
function createId(file: TestItem, { description }: TestCase, taken: ReadonlyMap<string, unknown>): string {
  const id = `${file.id} › ${description}`;
  if (!taken.has(id)) return id;
  let number = 2;
  while (taken.has(`${id} (${number})`)) number += 1;
  return `${id} (${number})`;
}

function formatFileError(problems: readonly Problem[], lines: LineIndex): MarkdownString | string {
  const first = problems.find(({ severity }) => severity === 'error');
  if (first === undefined) return '';
  const line = lines.toRange(first.range).start.line + 1;
  return new MarkdownString(escapeInline(l10n.t('Line {0}: {1}', line, formatProblem(l10n, first))));
}
