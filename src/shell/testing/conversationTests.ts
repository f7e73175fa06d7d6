import { type CancellationToken, type TestItem, TestRunRequest, TestRunProfileKind, l10n, tests, window } from 'vscode';
import { ApiError } from '../../core/api/errors';
import type { AssistantReference } from '../../core/testing/suite';
import { type Disposable, DisposableStore } from '../../core/util/event';
import type { App } from '../app';
import { formatAssistantLabel } from '../commands/quickPick';
import { notify, reportError } from '../notify';
import { RunConfirmation } from './confirmRun';
import { TestFiles } from './testFiles';
import { type ItemResult, type RunChoices, type RunContext, runRequest } from './testRun';

const timesOfProfile = 5;

/** Conversation tests in VS Code's Testing view. */
export class ConversationTests implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly controller = this.owned.add(
    tests.createTestController('aiployees.conversationTests', l10n.t('AIployees Conversations')),
  );
  private readonly files: TestFiles;
  private readonly context: RunContext;
  /** By the ID of the test's item: commands get copies of items. */
  private readonly results = new Map<string, ItemResult>();
  /** Runs don't overlap: tests of an assistant may share a calendar. */
  private lastRun: Promise<void> = Promise.resolve();

  constructor(private readonly app: App) {
    const { controller } = this;
    const report = (error: unknown): void => app.log.error('tests', error);
    this.files = this.owned.add(new TestFiles(controller, report));
    this.context = {
      app,
      controller,
      files: this.files,
      confirmation: new RunConfirmation(),
      onResult: (item, result) => this.results.set(item.id, result),
    };
    controller.resolveHandler = async (item) => {
      if (item === undefined) await this.files.discover();
      else await this.files.read(item);
    };
    controller.refreshHandler = (token) => this.files.discover(token);
    this.addProfile(l10n.t('Run'), true, () => Promise.resolve({ canEndEarly: true }));
    this.addProfile(l10n.t('Run Five Times'), false, () =>
      Promise.resolve({ repeat: timesOfProfile, canEndEarly: false }),
    );
    this.addProfile(l10n.t('Run with Another Assistant…'), false, async () => {
      const assistant = await this.askForAssistant();
      return assistant && { assistant, canEndEarly: true };
    });
    this.files.discover().catch(report);
  }

  /** Returns a test's latest result in this window. */
  findResult(itemId: string): ItemResult | undefined {
    return this.results.get(itemId);
  }

  dispose(): void {
    this.owned.dispose();
  }

  /** @param choose may ask; returns undefined if the user cancels */
  private addProfile(label: string, isDefault: boolean, choose: () => Promise<RunChoices | undefined>): void {
    const run = async (request: TestRunRequest, token: CancellationToken): Promise<void> => {
      const choices = await choose();
      if (choices === undefined) return;
      if (request.continuous === true) this.runContinuously(request, choices, token);
      else await this.run(request, choices, token);
    };
    const profile = this.controller.createRunProfile(label, TestRunProfileKind.Run, run, isDefault);
    profile.supportsContinuousRun = isDefault;
    this.owned.add(profile);
  }

  /** Starts when the previous run has ended. */
  private run(
    request: TestRunRequest,
    choices: RunChoices,
    token: CancellationToken,
    confirmation = this.context.confirmation,
  ): Promise<void> {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    if (token.isCancellationRequested) stop.abort();
    const ended = AbortSignal.any([stop.signal, this.app.ended]);
    const before = this.lastRun;
    const run = async (): Promise<void> => {
      await before;
      await runRequest({ ...this.context, confirmation }, request, choices, ended);
    };
    const settled = run().finally(() => void listening.dispose());
    this.lastRun = settled.catch((error: unknown) => this.app.log.error('tests', error));
    return settled;
  }

  /** Runs the included tests of each file that is saved. Saves during a run lead to one more run. */
  private runContinuously(request: TestRunRequest, choices: RunChoices, token: CancellationToken): void {
    const saved = new Set<TestItem>();
    // Sending after each save needs a consent of its own.
    const confirmation = new RunConfirmation();
    const { include } = request;
    const isIncluded = (file: TestItem): boolean =>
      include === undefined || include.some((item) => this.files.fileOf(item) === file);
    let isRunning = false;
    const runSaved = async (): Promise<void> => {
      if (isRunning) return;
      isRunning = true;
      try {
        while (saved.size > 0 && !token.isCancellationRequested) {
          const files = [...saved];
          saved.clear();
          const items = files.flatMap((file) =>
            include === undefined || include.includes(file)
              ? [file]
              : include.filter((item) => this.files.fileOf(item) === file),
          );
          const { exclude, profile } = request;
          await this.run(new TestRunRequest(items, exclude, profile, true), choices, token, confirmation);
        }
      } finally {
        isRunning = false;
      }
    };
    const listening = this.files.onDidSave((file) => {
      if (!isIncluded(file)) return;
      saved.add(file);
      runSaved().catch((error: unknown) => this.app.log.error('tests', error));
    });
    this.owned.add(token.onCancellationRequested(() => listening.dispose()));
  }

  private async askForAssistant(): Promise<AssistantReference | undefined> {
    const api = await this.app.api();
    if (api === undefined) {
      void notify.info(l10n.t('Set an API key first. Tests run on the server.'));
      return undefined;
    }
    try {
      const listed = await api.listAssistants({ signal: this.app.ended });
      const picked = await window.showQuickPick(
        listed
          .filter(({ isDeleted }) => isDeleted !== true)
          .map(({ name, uuid, serverId }) => ({
            label: formatAssistantLabel(name, uuid),
            reference: { name, id: serverId },
          })),
        { title: l10n.t('Run with Another Assistant'), placeHolder: l10n.t('Select an assistant') },
      );
      return picked?.reference;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      reportError(error, { kind: 'readingAssistants' });
      return undefined;
    }
  }
}
