import type { Annotation, LabelFilter } from '../../model/annotation';
import { assertNever } from '../../util/assertNever';

/** Whether a conversation with these notes, or none, is one of those that are asked for. */
export function passesLabel(filter: LabelFilter, annotation: Annotation | undefined): boolean {
  switch (filter) {
    case 'good':
    case 'bad':
    case 'unsure':
      return annotation?.label === filter;
    case 'labelled':
      return annotation?.label !== undefined;
    case 'unlabelled':
      return annotation?.label === undefined;
    case 'noted':
      return annotation?.note !== undefined;
    default:
      return assertNever(filter);
  }
}
