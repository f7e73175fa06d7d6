import { commands as vscodeCommands, type WebviewPanel } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { countUserMessages } from '../../core/running/arrival';
import type { PollOutcome } from '../../core/store/snapshot';
import { createHead, createTranscriptView, findCopyText } from '../../core/view/details';
import type { KnownConversation } from '../../core/view/facts';
import { commands } from '../../manifest';
import type { HostMessage, PageAction, PagePlace, PageState } from '../../protocol/details';
import { isPageMessage, type PageMessage } from '../../protocol/detailsMessages';
import type { PanelPageMessage } from '../../protocol/panel';
import { reportCopiedIds } from '../copyId';
import { PanelAnnotations, type UnsavedNotes } from './panelAnnotations';
import { Composer, type Drafts } from './composer';
import type { App } from '../app';
import { createHeadView, formatTabTitle } from './head';
import type { AboutChoice } from './aboutChoice';
import { createConversationLink, warnAboutLinks } from '../links';
import { createNotices } from './notices';
import { ConversationLoader, reportUnseenFailure, type LoaderSource } from './conversationLoader';
import { apiOf } from '../session/state';
import { PagePanel } from '../webview/pagePanel';

/** The parts of the app that the panels use. */
export type DetailsApp = Pick<
  App,
  'config' | 'context' | 'labels' | 'log' | 'sender' | 'session' | 'store' | 'transcripts'
>;

export interface PanelContent {
  readonly id: string;
  /** Server of the conversation; undefined if there is no account yet. */
  readonly origin: string | undefined;
}

export interface SharedPanelState {
  readonly unsavedNotes: UnsavedNotes;
  readonly drafts: Drafts;
  readonly about: AboutChoice;
  /** Shows a conversation again, with the focus in its message box. */
  readonly reopen: (content: PanelContent) => void;
}

type Request = Exclude<PageMessage, PanelPageMessage>;

/** A webview panel with one conversation at a time. */
export class ConversationPanel extends PagePanel<HostMessage, Request> {
  private loader: ConversationLoader;
  /** The latest row: a filter may unload it while the panel is open. */
  private lastRow: Conversation | undefined;
  private transcriptCount = 0;
  /** Number of the transcript that the page has. */
  private sentTranscript = 0;
  /** Posted until the page confirms it, because the page may still be loading or lack the transcript. */
  private target: { readonly number: number; readonly place: PagePlace } | undefined;
  private targetCount = 0;
  private readonly annotations: PanelAnnotations;
  private readonly composer: Composer;
  /** Whether to show the message box before the transcript is loaded. */
  private isWriting = false;

  constructor(
    panel: WebviewPanel,
    private readonly app: DetailsApp,
    content: PanelContent,
    private hasPin: boolean,
    private readonly shared: SharedPanelState,
  ) {
    const page = { name: 'details', isMessage: isPageMessage } as const;
    super(panel, app.context.extensionUri, page, app.log.error);
    this.annotations = new PanelAnnotations(app.labels, shared.unsavedNotes, () => this.update());
    this.composer = new Composer(app.sender, shared.drafts, () => this.update());
    this.loader = this.createLoader(content);
    void this.loader.load();
    this.update();
  }

  get id(): string {
    return this.loader.id;
  }

  /** Server of the conversation; undefined if there is no account yet. */
  get origin(): string | undefined {
    return this.loader.origin;
  }

  get row(): Conversation | undefined {
    // Another server may have another conversation with this ID.
    if (!this.loader.isElsewhere) this.lastRow = this.app.store.find(this.id) ?? this.lastRow;
    return this.lastRow;
  }

  get isPinned(): boolean {
    return this.hasPin;
  }

  isFor({ id, origin }: PanelContent): boolean {
    return this.id === id && (this.loader.origin === origin || this.loader.origin === undefined);
  }

  show(content: PanelContent): void {
    this.loader.dispose();
    this.lastRow = undefined;
    this.target = undefined;
    this.isWriting = false;
    this.loader = this.createLoader(content);
    this.update();
    void this.loader.load();
  }

  reveal(preserveFocus: boolean): void {
    this.panel.reveal(undefined, preserveFocus);
    // Retries after a failure.
    if (this.loader.problem !== undefined) void this.loader.load();
  }

  /** Scrolls to a place once the page has the transcript. */
  goTo(place: PagePlace): void {
    this.targetCount += 1;
    this.target = { number: this.targetCount, place };
    this.update();
  }

  /** Shows the message box immediately, and focuses it. */
  compose(): void {
    this.isWriting = true;
    this.goTo({ part: 'composer', found: '' });
  }

  /** Like `compose`, for a restored page, which focuses its message box itself. */
  resumeWriting(): void {
    this.isWriting = true;
    this.update();
  }

  pin(): void {
    this.hasPin = true;
    this.update();
  }

  async reload(): Promise<void> {
    await this.loader.load();
  }

  get isBusy(): boolean {
    return this.loader.isBusy;
  }

  get isPollable(): boolean {
    return this.isVisible && this.loader.isPollable;
  }

  /** Reloads the transcript in the background. */
  poll(signal: AbortSignal): Promise<PollOutcome> {
    return this.loader.poll(signal);
  }

  sessionChanged(): void {
    this.loader.handleSessionChange();
  }

  override update(): void {
    if (this.isClosed) return;
    const known = this.knownConversation();
    const head = createHead(known);
    const title = formatTabTitle(this.id, this.row);
    if (this.panel.title !== title) this.panel.title = title;
    // A loading page needs no state before the transcript has loaded or failed.
    if (!this.isPageReady && this.loader.isBusy) return;
    const { transcript, number } = this.loader;
    if (transcript !== undefined && this.sentTranscript !== number) {
      this.sentTranscript = number;
      this.post({ type: 'transcript', number, transcript: createTranscriptView(transcript) });
    }
    const clock = { zone: this.app.config.timeZone, now: Date.now() };
    const state: PageState = {
      id: this.id,
      origin: this.loader.origin ?? '',
      kept: this.hasPin,
      head: createHeadView(head, clock),
      aboutOpen: this.shared.about.isOpen,
      ...this.annotations.toPageState(this.loader.origin, this.id),
      busy: this.loader.isBusy,
      notices: createNotices(this.loader, this.accountName),
      transcript: number,
      composer: this.composerState(),
    };
    this.post({ type: 'state', state });
    if (this.target !== undefined && this.canGoTo(this.target.place, state))
      this.post({ type: 'goTo', ...this.target });
  }

  private canGoTo({ part }: PagePlace, { transcript, composer }: PageState): boolean {
    if (part === 'composer') return composer !== undefined;
    return part === 'note' || transcript > 0;
  }

  /** Leaves the tab open: VS Code restores it after a reload of the window. */
  override dispose(): void {
    this.loader.dispose();
    super.dispose();
  }

  private createLoader({ id, origin }: PanelContent): ConversationLoader {
    const reading = new ConversationLoader(this.source, id, origin, () => ++this.transcriptCount);
    reading.onDidChange(() => this.update());
    return reading;
  }

  /** Shown only for conversations of the current server, after loading or on request. */
  private composerState(): PageState['composer'] {
    const { isElsewhere, transcript } = this.loader;
    if (isElsewhere || (transcript === undefined && !this.isWriting)) return undefined;
    return this.composer.getState({ id: this.id, conversation: this.row });
  }

  private async send({ id, text }: Extract<PageMessage, { type: 'send' }>): Promise<void> {
    const { loader: reading } = this;
    const { transcript } = reading;
    if (id !== this.id || transcript === undefined || this.composerState() === undefined) return;
    const before = countUserMessages(transcript.turns);
    const outcome = await this.composer.send({ id, conversation: this.row }, text, before);
    if (outcome === undefined || outcome.kind === 'declined') return;
    const isShown = (): boolean => !this.isClosed && this.loader === reading;
    await Promise.all([
      reportUnseenFailure(
        outcome,
        () => isShown() && this.panel.visible,
        () => this.shared.reopen({ id, origin: reading.origin }),
      ),
      isShown() ? reading.load() : undefined,
    ]);
  }

  private get source(): LoaderSource {
    const { session, transcripts } = this.app;
    return { transcripts, api: () => apiOf(session.state), ready: () => session.ready() };
  }

  private get accountName(): string | undefined {
    const { state } = this.app.session;
    return state.kind === 'account' ? state.account.name : undefined;
  }

  private knownConversation(): KnownConversation {
    return { id: this.id, row: this.row, transcript: this.loader.transcript };
  }

  protected override pageLoaded(isNew: boolean): void {
    if (isNew) this.sentTranscript = 0;
    if (isNew || this.loader.isBusy) this.update();
  }

  protected override async handle(message: Request): Promise<void> {
    switch (message.type) {
      case 'undrawn':
        this.reportProblem(
          'rendering the conversation page',
          new Error(`turn ${message.turn + 1} is shown as it was sent: ${message.error}`),
        );
        return;
      case 'copy':
        return this.copy(message);
      case 'label':
      case 'note':
      case 'giveUpNote':
        return this.annotations.handle(message);
      case 'raw':
        if (message.transcript === this.loader.number) this.postRaw();
        return;
      case 'about':
        return this.shared.about.set(message.open);
      case 'find':
        await vscodeCommands.executeCommand('editor.action.webvieweditor.showFind');
        return;
      case 'go':
        await vscodeCommands.executeCommand(
          message.to === 'next' ? commands.nextConversation : commands.previousConversation,
        );
        return;
      case 'action':
        return this.act(message.action);
      case 'draft':
        this.composer.setDraft(message.id, message.text);
        return;
      case 'send':
        return this.send(message);
      case 'stopWaiting':
        return this.composer.stopWaiting(message.id);
      case 'arrived':
        if (this.target?.number === message.number) this.target = undefined;
        return;
    }
  }

  private postRaw(): void {
    const { transcript, number } = this.loader;
    if (transcript !== undefined) this.post({ type: 'raw', number, raw: transcript.raw });
  }

  private async copy({ what, id, transcript }: Extract<PageMessage, { type: 'copy' }>): Promise<void> {
    const needsTranscript = what.kind === 'message' || what.kind === 'call';
    const isShown = id === this.id && (!needsTranscript || transcript === this.loader.number);
    if (what.kind === 'turnLink') return this.copyTurnLink(isShown ? what.turn : undefined);
    const text = isShown ? findCopyText(this.knownConversation(), what) : undefined;
    await this.copyText(text);
    if (what.kind === 'id' && text !== undefined) reportCopiedIds([text]);
  }

  private async copyTurnLink(turn: number | undefined): Promise<void> {
    const { id, origin } = this;
    const link = origin === undefined || turn === undefined ? undefined : createConversationLink({ origin, id, turn });
    await this.copyText(link);
    if (link !== undefined) warnAboutLinks(1);
  }

  private async act(action: PageAction): Promise<void> {
    if (action === 'retry') await this.loader.load();
    else await vscodeCommands.executeCommand(commands[action]);
  }
}
