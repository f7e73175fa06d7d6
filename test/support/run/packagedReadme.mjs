/**
 * Returns the README as it ships. The package has no pictures and no other documents, and VS Code's extension page would
 * show links to them as broken: pictures, "Details:" lines, list items that start with a link to a file, and sections that
 * are empty then are left out. Links to headings and to the web stay.
 */
export function packagedReadme(markdown) {
  const withoutFiles = markdown
    .replaceAll(/^!\[[^\]]*\]\((?!https?:)[^)]*\)\n\n?/gm, '')
    .replaceAll(/^Details: .*\n\n?/gm, '')
    .replaceAll(/^- \[[^\]]+\]\((?!https?:|#).*\n/gm, '');
  return `${withoutFiles.replaceAll(/^## .*\n+(?=## |$(?![^]))/gm, '').trimEnd()}\n`;
}
