import { commands } from '../../../manifest';
import type { Handlers } from '../register';
import { createCopyAsCurl, type CopyCurlDeps } from './copyAsCurl';
import { createCopyAsJson } from './copyAsJson';
import { createCopyAsMarkdown, type CopyMarkdownDeps } from './copyAsMarkdown';
import { createCopyId } from './copyId';
import { createCopyLink, type CopyLinkDeps } from './copyLink';

/** The commands that copy conversations. */
export function copyCommands(dependencies: CopyCurlDeps & CopyMarkdownDeps & CopyLinkDeps): Handlers {
  return {
    [commands.copyId]: createCopyId(dependencies),
    [commands.copyAsJson]: createCopyAsJson(dependencies),
    [commands.copyAsMarkdown]: createCopyAsMarkdown(dependencies),
    [commands.copyAsCurl]: createCopyAsCurl(dependencies),
    [commands.copyLink]: createCopyLink(dependencies),
  };
}
