import { type CancellationToken, type TextDocument, type Uri, workspace } from 'vscode';

export const testFileGlob = '**/*.conversation.{yaml,yml}';

/** Without earlier versions of a file, which a comparison shows. */
export function isTestFile({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return /\.conversation\.ya?ml$/.test(uri.path) && uri.scheme !== 'git';
}

export function isTestInWorkspace(document: Pick<TextDocument, 'uri'>): boolean {
  return isTestFile(document) && workspace.getWorkspaceFolder(document.uri) !== undefined;
}

/** Finds the workspace's test files, without those of packages. */
export function findTestFiles(max: number, token?: CancellationToken): Thenable<Uri[]> {
  return workspace.findFiles(testFileGlob, '**/node_modules/**', max, token);
}
