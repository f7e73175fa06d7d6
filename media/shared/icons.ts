import arrowDown from '@vscode/codicons/src/icons/arrow-down.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevron from '@vscode/codicons/src/icons/chevron-right.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import keyboard from '@vscode/codicons/src/icons/record-keys.svg';
import question from '@vscode/codicons/src/icons/question.svg';
import thumbsdown from '@vscode/codicons/src/icons/thumbsdown.svg';
import thumbsup from '@vscode/codicons/src/icons/thumbsup.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';

const sources = {
  arrowDown,
  check,
  chevron,
  copy,
  edit,
  error,
  info,
  keyboard,
  question,
  thumbsdown,
  thumbsup,
  warning,
};
export type IconName = keyof typeof sources;

const parsed = new Map<IconName, Element>();

/** Returns a codicon, hidden from screen readers: the text next to it has its meaning. */
export function icon(name: IconName): Element {
  let original = parsed.get(name);
  if (original === undefined) {
    original = new DOMParser().parseFromString(sources[name], 'image/svg+xml').documentElement;
    original.setAttribute('class', `codicon ${name}`);
    original.setAttribute('aria-hidden', 'true');
    parsed.set(name, original);
  }
  return document.importNode(original, true);
}
