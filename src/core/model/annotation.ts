/** What the reader thinks of a conversation, in the words of the labels file. */
export const verdicts = ['good', 'bad', 'unsure'] as const;
export type Verdict = (typeof verdicts)[number];

/** What the reader wrote down about a conversation: a label, a note, or both. */
export interface Annotation {
  readonly label?: Verdict;
  /** The reader's own words, at most `longestNote`; may have several lines. */
  readonly note?: string;
}

/** UTF-16 units. */
export const longestNote = 2000;

/** Labels to filter by: one of them, any, none, or whatever the label a note. */
export const labelFilters = [...verdicts, 'labelled', 'unlabelled', 'noted'] as const;
export type LabelFilter = (typeof labelFilters)[number];
