import type { AnnotationLabel } from '../../core/model/annotation';

interface LabelIcon {
  /** Codicon name. */
  readonly icon: string;
  /** Theme color ID. */
  readonly color: string;
}

/** The labels differ in shape too, not only in color. */
export const labelIcons: Readonly<Record<AnnotationLabel, LabelIcon>> = {
  good: { icon: 'thumbsup', color: 'charts.green' },
  bad: { icon: 'thumbsdown', color: 'charts.red' },
  unsure: { icon: 'question', color: 'charts.yellow' },
};
