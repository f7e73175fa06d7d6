import * as vscode from 'vscode';
import { type SearchQuery, compileQuery } from '../../core/view/transcriptSearch/query';
import type { SearchRequest } from '../search/transcriptSearch';

interface Searchable {
  /** How many conversations would be searched now. */
  readonly count: () => number;
  /** Resolves when that is more than nothing, if there is anything. */
  readonly loaded: Promise<void>;
}

/** Asks what to look for; a button changes between text and regular expression. */
export function askQuery(last: SearchQuery, { count, loaded }: Searchable): Promise<SearchRequest | undefined> {
  const box = vscode.window.createInputBox();
  // Results of the search before may still come, and VS Code may give their rows the focus.
  box.ignoreFocusOut = true;
  let isRegex = last.isRegex;
  const problem = (): string | undefined => problemWords({ text: box.value, isRegex });
  const show = (): void => {
    box.title = isRegex
      ? vscode.l10n.t('Search Transcripts: Regular Expression')
      : vscode.l10n.t('Search Transcripts: Text');
    box.prompt = promptWords(isRegex, count());
    box.buttons = [
      isRegex
        ? { iconPath: new vscode.ThemeIcon('symbol-string'), tooltip: vscode.l10n.t('Use Plain Text') }
        : { iconPath: new vscode.ThemeIcon('regex'), tooltip: vscode.l10n.t('Use Regular Expression') },
    ];
    box.validationMessage = box.value === '' ? undefined : problem();
  };
  box.value = last.text;
  box.valueSelection = [0, last.text.length];
  box.placeholder = vscode.l10n.t('Search messages, tool names, arguments, results, and variables');
  box.busy = true;
  show();
  let isOpen = true;
  const known = (): void => {
    if (!isOpen) return;
    box.busy = false;
    show();
  };
  loaded.then(known, known);
  return new Promise((resolve) => {
    box.onDidChangeValue(show);
    box.onDidTriggerButton(() => {
      isRegex = !isRegex;
      show();
    });
    box.onDidAccept(() => {
      const query = { text: box.value, isRegex };
      const compiled = compileQuery(query);
      if (compiled.ok) {
        resolve({ query, find: compiled.find });
        box.hide();
      } else {
        box.validationMessage = problem();
      }
    });
    box.onDidHide(() => {
      isOpen = false;
      box.dispose();
      resolve(undefined);
    });
    box.show();
  });
}

function promptWords(isRegex: boolean, searchable: number): string {
  const how = isRegex ? vscode.l10n.t('Ignores case.') : vscode.l10n.t('Ignores case and accents.');
  const where =
    searchable === 1
      ? vscode.l10n.t('Searches 1 loaded conversation that matches the filter.')
      : vscode.l10n.t('Searches {0} loaded conversations that match the filter.', searchable);
  return `${how} ${where}`;
}

function problemWords(query: SearchQuery): string | undefined {
  const compiled = compileQuery(query);
  if (compiled.ok) return undefined;
  return compiled.problem === 'nothing'
    ? vscode.l10n.t('Enter text to search for.')
    : vscode.l10n.t('Invalid regular expression: {0}', compiled.reason);
}
