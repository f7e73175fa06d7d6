import type { AnnotationLabel } from '../../core/model/annotation';

interface LabelIcon {
  /** A codicon's name. */
  readonly icon: string;
  /** A theme colour's id. */
  readonly color: string;
}

/** Told apart by shape as well as by colour. */
export const labelIcons: Readonly<Record<AnnotationLabel, LabelIcon>> = {
  good: { icon: 'thumbsup', color: 'charts.green' },
  bad: { icon: 'thumbsdown', color: 'charts.red' },
  unsure: { icon: 'question', color: 'charts.yellow' },
};
