/**
 * The README as it ships. Its pictures and the files beside it stay out of the .vsix, and VS Code's extension page would
 * show what it can't find as broken: pictures go, and links to files become plain words. Links to headings and to the web
 * stay.
 */
export function packagedReadme(markdown) {
  return markdown
    .replaceAll(/^!\[[^\]]*\]\((?!https?:)[^)]*\)\n\n?/gm, '')
    .replaceAll(/(?<!!)\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g, '$1');
}
