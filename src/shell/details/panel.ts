import { commands as vscodeCommands, type WebviewPanel } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { userMessagesIn } from '../../core/running/arrival';
import type { PollOutcome } from '../../core/store/snapshot';
import { headOf, transcriptViewOf, copyTextOf } from '../../core/view/details';
import type { KnownConversation } from '../../core/view/facts';
import { commands } from '../../manifest';
import type { HostMessage, PageAction, PagePlace, PageState } from '../../protocol/details';
import { isPageMessage, type PageMessage } from '../../protocol/detailsMessages';
import type { PanelPageMessage } from '../../protocol/panel';
import { Annotating, type UnkeptNotes } from './annotating';
import { Composer, type Drafts } from './composer';
import type { App } from '../app';
import { headWords, tabTitle } from './head';
import { noticesOf } from './notices';
import { Reading, tellUnseen, type ReadingSource } from './reading';
import { apiOf } from '../session/state';
import { PagePanel } from '../webview/pagePanel';

/** The parts of the app that the panels use. */
export type DetailsApp = Pick<
  App,
  'config' | 'context' | 'labels' | 'log' | 'sender' | 'session' | 'store' | 'transcripts'
>;

export interface PanelContent {
  readonly id: string;
  /** The origin that the conversation belongs to; undefined where no account is current yet. */
  readonly origin: string | undefined;
}

/** What all panels share. */
export interface SharedByPanels {
  readonly unkeptNotes: UnkeptNotes;
  readonly drafts: Drafts;
  /** Shows a conversation that no page shows by now, to be written to. */
  readonly reopen: (content: PanelContent) => void;
}

type Request = Exclude<PageMessage, PanelPageMessage>;

/** One webview panel, and the conversation in it. */
export class ConversationPanel extends PagePanel<HostMessage, Request> {
  private reading: Reading;
  /** The row as it was last seen: a filter may unload it while its panel is open. */
  private lastRow: Conversation | undefined;
  private transcripts = 0;
  /** The transcript that the page has. */
  private sent = 0;
  /** Where the page is to go, until it says that it is there: it may be loading, or wait for the transcript. */
  private target: { readonly number: number; readonly place: PagePlace } | undefined;
  private targets = 0;
  private readonly annotating: Annotating;
  private readonly composer: Composer;
  /** Whether the user asked to write here: then the message box doesn't wait for the transcript. */
  private isWriting = false;

  constructor(
    panel: WebviewPanel,
    private readonly app: DetailsApp,
    content: PanelContent,
    private kept: boolean,
    private readonly shared: SharedByPanels,
  ) {
    const page = { name: 'details', isMessage: isPageMessage } as const;
    super(panel, app.context.extensionUri, page, app.log.problem);
    this.annotating = new Annotating(app.labels, shared.unkeptNotes, () => this.update());
    this.composer = new Composer(app.sender, shared.drafts, () => this.update());
    this.reading = this.open(content);
    void this.reading.read();
    this.update();
  }

  get id(): string {
    return this.reading.id;
  }

  /** The server that the conversation is of; undefined where no account was current yet. */
  get origin(): string | undefined {
    return this.reading.origin;
  }

  get row(): Conversation | undefined {
    // Ids are told apart by server: a row of another one's is not this conversation's.
    if (!this.reading.isElsewhere) this.lastRow = this.app.store.find(this.id) ?? this.lastRow;
    return this.lastRow;
  }

  get isKept(): boolean {
    return this.kept;
  }

  isOf({ id, origin }: PanelContent): boolean {
    return this.id === id && (this.reading.origin === origin || this.reading.origin === undefined);
  }

  /** Puts another conversation in this panel. The one before is no longer read. */
  show(content: PanelContent): void {
    this.reading.dispose();
    this.lastRow = undefined;
    this.target = undefined;
    this.isWriting = false;
    this.reading = this.open(content);
    this.update();
    void this.reading.read();
  }

  reveal(preserveFocus: boolean): void {
    this.panel.reveal(undefined, preserveFocus);
    // What could not be read when it was looked at before may be there by now.
    if (this.reading.problem !== undefined) void this.reading.read();
  }

  /** Has the page show a place as soon as its transcript is there. */
  goTo(place: PagePlace): void {
    this.targets += 1;
    this.target = { number: this.targets, place };
    this.update();
  }

  /** Has the page show its message box at once, and put the cursor there. */
  compose(): void {
    this.isWriting = true;
    this.goTo({ part: 'composer', found: '' });
  }

  /** As `compose`, for a page that knows itself that it had the cursor there. */
  resumeWriting(): void {
    this.isWriting = true;
    this.update();
  }

  keep(): void {
    this.kept = true;
    this.update();
  }

  async reload(): Promise<void> {
    await this.reading.read();
  }

  get isBusy(): boolean {
    return this.reading.busy;
  }

  /** Whether `poll` would ask the server. */
  get isPolled(): boolean {
    return this.isVisible && this.reading.isPolled;
  }

  /** Reads the transcript again without anybody having asked for it. */
  poll(signal: AbortSignal): Promise<PollOutcome> {
    return this.reading.poll(signal);
  }

  sessionChanged(): void {
    this.reading.sessionChanged();
  }

  /** Tells the page how things stand now. */
  override update(): void {
    if (this.isClosed) return;
    const known = this.known();
    const head = headOf(known);
    const title = tabTitle(this.id, this.row);
    if (this.panel.title !== title) this.panel.title = title;
    // While the page is loaded, it is told of what has come: not that it is awaited.
    if (!this.isPageReady && this.reading.busy) return;
    const { transcript, number } = this.reading;
    if (transcript !== undefined && this.sent !== number) {
      this.sent = number;
      this.post({ type: 'transcript', number, transcript: transcriptViewOf(transcript) });
    }
    const clock = { zone: this.app.config.timeZone, now: Date.now() };
    const state: PageState = {
      id: this.id,
      origin: this.reading.origin ?? '',
      kept: this.kept,
      head: headWords(head, clock),
      ...this.annotating.tell(this.reading.origin, this.id),
      busy: this.reading.busy,
      notices: noticesOf(this.reading, this.accountName),
      transcript: number,
      composer: this.composerState(),
    };
    this.post({ type: 'state', state });
    if (this.target !== undefined && this.isThere(this.target.place, state))
      this.post({ type: 'goTo', ...this.target });
  }

  private isThere({ part }: PagePlace, { transcript, composer }: PageState): boolean {
    if (part === 'composer') return composer !== undefined;
    return part === 'note' || transcript > 0;
  }

  /** Stops reading and listening. The tab stays: a window that is reloaded brings it back. */
  override dispose(): void {
    this.reading.dispose();
    super.dispose();
  }

  private open({ id, origin }: PanelContent): Reading {
    const reading = new Reading(this.source, id, origin, () => ++this.transcripts);
    reading.onDidChange(() => this.update());
    return reading;
  }

  /** Of another account's conversation, or before it was read, there is nothing to write to, unless that is what the user wants. */
  private composerState(): PageState['composer'] {
    const { isElsewhere, transcript } = this.reading;
    if (isElsewhere || (transcript === undefined && !this.isWriting)) return undefined;
    return this.composer.stateOf({ id: this.id, conversation: this.row });
  }

  private async send({ id, text }: Extract<PageMessage, { type: 'send' }>): Promise<void> {
    const { reading } = this;
    const { transcript } = reading;
    if (id !== this.id || transcript === undefined || this.composerState() === undefined) return;
    const before = userMessagesIn(transcript.turns);
    const outcome = await this.composer.send({ id, conversation: this.row }, text, before);
    if (outcome === undefined || outcome.kind === 'declined') return;
    const isShown = (): boolean => !this.isClosed && this.reading === reading;
    await Promise.all([
      tellUnseen(
        outcome,
        () => isShown() && this.panel.visible,
        () => this.shared.reopen({ id, origin: reading.origin }),
      ),
      isShown() ? reading.read() : undefined,
    ]);
  }

  private get source(): ReadingSource {
    const { session, transcripts } = this.app;
    return { transcripts, api: () => apiOf(session.state), ready: () => session.ready() };
  }

  private get accountName(): string | undefined {
    const { state } = this.app.session;
    return state.kind === 'account' ? state.account.name : undefined;
  }

  private known(): KnownConversation {
    return { id: this.id, row: this.row, transcript: this.reading.transcript };
  }

  protected override pageLoaded(isNew: boolean): void {
    if (isNew) this.sent = 0;
    if (isNew || this.reading.busy) this.update();
  }

  protected override async handle(message: Request): Promise<void> {
    switch (message.type) {
      case 'undrawn':
        this.problem(
          'drawing the conversation page',
          new Error(`turn ${message.turn + 1} is shown as it was sent: ${message.error}`),
        );
        return;
      case 'copy':
        return this.copy(message);
      case 'label':
      case 'note':
      case 'giveUpNote':
        return this.annotating.obey(message);
      case 'raw':
        if (message.transcript === this.reading.number) this.postRaw();
        return;
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
        this.composer.write(message.id, message.text);
        return;
      case 'send':
        return this.send(message);
      case 'arrived':
        if (this.target?.number === message.number) this.target = undefined;
        return;
    }
  }

  private postRaw(): void {
    const { transcript, number } = this.reading;
    if (transcript !== undefined) this.post({ type: 'raw', number, raw: transcript.raw });
  }

  private async copy({ what, id, transcript }: Extract<PageMessage, { type: 'copy' }>): Promise<void> {
    const needsTranscript = what.kind === 'message' || what.kind === 'call';
    const isShown = id === this.id && (!needsTranscript || transcript === this.reading.number);
    const text = isShown ? copyTextOf(this.known(), what) : undefined;
    await this.copyText(text);
  }

  private async act(action: PageAction): Promise<void> {
    if (action === 'retry') await this.reading.read();
    else await vscodeCommands.executeCommand(commands[action]);
  }
}
