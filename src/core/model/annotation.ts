/** The user's labels, as written in the labels file. */
export const annotationLabels = ['good', 'bad', 'unsure'] as const;
export type AnnotationLabel = (typeof annotationLabels)[number];

/** The user's label and note on a conversation; at least one of them. */
export interface Annotation {
  readonly label?: AnnotationLabel;
  /** At most `maxNoteChars`; may have several lines. */
  readonly note?: string;
}

export const maxNoteChars = 2000;

/** A single label, any label, no label, or any note. */
export const labelFilters = [...annotationLabels, 'labelled', 'unlabelled', 'noted'] as const;
export type LabelFilter = (typeof labelFilters)[number];
