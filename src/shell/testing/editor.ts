import {
  CompletionItem,
  CompletionItemKind,
  Diagnostic,
  DiagnosticSeverity,
  Hover,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
  extensions,
  l10n,
  languages,
  workspace,
} from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import { type SuiteCompletion, type KnownNames, completeAt, describeAt } from '../../core/testing/complete';
import { formatProblem } from '../../core/testing/formatProblem';
import type { Problem, Severity } from '../../core/testing/problems';
import type { TextRange } from '../../core/testing/suite';
import { DisposableStore } from '../../core/util/event';
import { memoizeWeak } from '../../core/util/memoize';
import { settleWithin } from '../../core/util/timeout';
import type { App } from '../app';
import { isTestFile } from './testFile';
import { suiteParser } from './suiteParser';

const typingPauseMs = 300;
const maxAssistantsWaitMs = 2000;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

const itemKinds: Readonly<Record<SuiteCompletion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  type: CompletionItemKind.EnumMember,
  assistant: CompletionItemKind.Constant,
  tool: CompletionItemKind.Function,
  value: CompletionItemKind.Value,
};

/** A document that is parsed now, or after a pause in typing. */
interface Pending {
  readonly aborter: AbortController;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

/** Problems, completions, and hovers of open test files. */
export class TestFileEditor {
  private readonly owned = new DisposableStore();
  private readonly diagnostics = this.owned.add(languages.createDiagnosticCollection('aiployees.conversationTests'));
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly app: Pick<App, 'api' | 'callSummaries' | 'log' | 'store'>) {
    this.owned.add(workspace.onDidOpenTextDocument((document) => this.update(document, 0)));
    this.owned.add(workspace.onDidChangeTextDocument(({ document }) => this.update(document, typingPauseMs)));
    this.owned.add(
      workspace.onDidCloseTextDocument(({ uri }) => {
        this.cancel(String(uri));
        this.diagnostics.delete(uri);
      }),
    );
    for (const document of workspace.textDocuments) this.update(document, 0);
  }

  async complete(document: TextDocument, position: Position): Promise<CompletionItem[]> {
    const offset = document.offsetAt(position);
    const text = document.getText();
    const isAssistant = /^\s*(?:assistant|name)\s*:|[{,]\s*name\s*:/.test(document.lineAt(position.line).text);
    const known = { assistants: isAssistant ? await this.listAssistants() : [], tools: this.listTools() };
    return completeAt(l10n, text, offset, known).map((completion, index) => toItem(document, completion, index));
  }

  describe(document: TextDocument, position: Position): Hover | undefined {
    const found = describeAt(l10n, document.getText(), document.offsetAt(position));
    return found && new Hover(new MarkdownString().appendText(found.text), toRange(document, found.range));
  }

  dispose(): void {
    for (const key of this.pending.keys()) this.cancel(key);
    this.owned.dispose();
  }

  private update(document: TextDocument, delayMs: number): void {
    if (!isTestFile(document)) return;
    const key = String(document.uri);
    this.cancel(key);
    const aborter = new AbortController();
    const check = (): void => {
      this.check(document, aborter.signal).catch((error: unknown) => this.app.log.error('tests', error));
    };
    this.pending.set(key, { aborter, timer: delayMs > 0 ? setTimeout(check, delayMs) : undefined });
    if (delayMs === 0) check();
  }

  private cancel(key: string): void {
    const pending = this.pending.get(key);
    clearTimeout(pending?.timer);
    pending?.aborter.abort();
    this.pending.delete(key);
  }

  private async check(document: TextDocument, signal: AbortSignal): Promise<void> {
    const parsed = await suiteParser.parse(document.uri, document.getText());
    if (signal.aborted) return;
    // The YAML extension reports the same problems from the schema.
    const hasSchemaEditor = extensions.getExtension('redhat.vscode-yaml')?.isActive === true;
    const problems = parsed.problems.filter(({ isInSchema }) => !(hasSchemaEditor && isInSchema));
    this.diagnostics.set(
      document.uri,
      problems.map((problem) => toDiagnostic(document, problem)),
    );
  }

  /** Waits a little for the server's list, and returns the names of loaded conversations without it. */
  private async listAssistants(): Promise<KnownNames['assistants']> {
    const names = new Set<string>();
    const load = async (): Promise<void> => {
      const api = await this.app.api();
      for (const { name } of api === undefined ? [] : await loadAssistants(api))
        if (name !== undefined) names.add(name);
    };
    await settleWithin(maxAssistantsWaitMs, load());
    for (const { assistantName } of this.app.store.snapshot.rows)
      if (assistantName !== undefined) names.add(assistantName);
    return [...names].sort();
  }

  private listTools(): KnownNames['tools'] {
    const { callSummaries, store } = this.app;
    return [...new Set(store.snapshot.rows.flatMap(({ id }) => callSummaries.of(id)?.tools ?? []))].sort();
  }
}

const loadAssistants = memoizeWeak((api: ConversationsApi) =>
  api.listAssistants({ signal: new AbortController().signal }),
);

function toRange(document: TextDocument, { start, end }: TextRange): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

function toDiagnostic(document: TextDocument, problem: Problem): Diagnostic {
  const range = toRange(document, problem.range);
  const diagnostic = new Diagnostic(range, formatProblem(l10n, problem), severities[problem.severity]);
  diagnostic.source = 'AIployees';
  diagnostic.code = problem.detail.kind;
  return diagnostic;
}

function toItem(document: TextDocument, completion: SuiteCompletion, index: number): CompletionItem {
  const item = new CompletionItem(completion.label, itemKinds[completion.kind]);
  item.range = toRange(document, completion.range);
  item.insertText = completion.insertText;
  item.sortText = String(index).padStart(4, '0');
  // VS Code compares it with the replaced text, which may contain a quote.
  item.filterText = completion.insertText;
  if (completion.documentation !== undefined) item.documentation = completion.documentation;
  return item;
}
