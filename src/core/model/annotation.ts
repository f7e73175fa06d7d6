/** What the reader thinks of a conversation, in the words of the labels file. */
export const annotationLabels = ['good', 'bad', 'unsure'] as const;
export type AnnotationLabel = (typeof annotationLabels)[number];

/** What the reader wrote down about a conversation: a label, a note, or both. */
export interface Annotation {
  readonly label?: AnnotationLabel;
  /** The reader's own words, at most `longestNote`; may have several lines. */
  readonly note?: string;
}

/** UTF-16 units. */
export const maxNoteChars = 2000;

/** Labels to filter by: one of them, any, none, or whatever the label a note. */
export const labelFilters = [...annotationLabels, 'labelled', 'unlabelled', 'noted'] as const;
export type LabelFilter = (typeof labelFilters)[number];
