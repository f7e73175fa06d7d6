// What the words for users and the log need of VS Code, for tests in plain Node: English, as when no language pack is installed.
export { env, l10n } from '../media/vscodeWords';

/** Every line that was logged. */
export const logged: string[] = [];
const log = (line: string): void => void logged.push(line);

/** All that notifications told; nobody answers them. */
export const told: string[] = [];
const tell = (message: string): Promise<undefined> => {
  told.push(message);
  return new Promise(() => undefined);
};

export const ProgressLocation = {};
export const Uri = {};
export const workspace = {};

export const window = {
  createOutputChannel: () => ({ info: log, warn: log, error: log, show: () => undefined, dispose: () => undefined }),
  showErrorMessage: tell,
  withProgress: (options: { readonly title: string }) => tell(options.title),
};
