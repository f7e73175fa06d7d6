import { breakLinks } from '../../core/text/title';

/**
 * Makes untrusted text safe for quick picks and input boxes: no icons such as `$(trash)`, no links and no images. VS Code
 * renders descriptions and details as Markdown when the mouse hovers over them.
 */
export function plainLabel(text: string): string {
  return breakLinks(text).replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, '\\$&');
}
