import { icon } from './icons';

const confirmations = new WeakMap<Element, ReturnType<typeof setTimeout>>();

/** Briefly replaces the copy icon by a check mark. */
export function confirmCopied(button: HTMLElement): void {
  clearTimeout(confirmations.get(button));
  button.replaceChildren(icon('check'));
  confirmations.set(
    button,
    setTimeout(() => button.replaceChildren(icon('copy')), 1500),
  );
}
