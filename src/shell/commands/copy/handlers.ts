import { commands } from '../../../manifest';
import { createCopyAsCurl, type CopyCurlDeps } from './copyAsCurl';
import { createCopyAsJson } from './copyAsJson';
import { createCopyAsMarkdown, type CopyMarkdownDeps } from './copyAsMarkdown';
import { createCopyId } from './copyId';
import { createCopyLink } from './copyLink';

export type CopyCommandsDeps = CopyCurlDeps & CopyMarkdownDeps;

/** The commands that copy conversations. */
export function copyHandlers(dependencies: CopyCommandsDeps) {
  return {
    [commands.copyId]: createCopyId(dependencies),
    [commands.copyAsJson]: createCopyAsJson(dependencies),
    [commands.copyAsMarkdown]: createCopyAsMarkdown(dependencies),
    [commands.copyAsCurl]: createCopyAsCurl(dependencies),
    [commands.copyLink]: createCopyLink(dependencies),
  };
}
