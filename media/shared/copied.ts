import { icon } from './icons';

const confirmations = new WeakMap<Element, ReturnType<typeof setTimeout>>();

/** A tick in place of the copy icon, for as long as it takes to see it. */
export function confirmCopied(button: HTMLElement): void {
  clearTimeout(confirmations.get(button));
  button.replaceChildren(icon('check'));
  confirmations.set(
    button,
    setTimeout(() => button.replaceChildren(icon('copy')), 1500),
  );
}
