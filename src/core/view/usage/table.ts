import { unstarted } from '../../text/formula';

/** A table to be pasted into a spreadsheet or a document: cells between tabs, none of which starts a formula. */
export function tabSeparated(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((text) => unstarted(text.replace(/\s+/g, ' ').trim())).join('\t')).join('\n');
}
