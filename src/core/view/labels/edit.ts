import type { Annotation, Verdict } from '../../model/annotation';

/** @param label undefined takes it away */
export function withLabel({ note }: Annotation, label: Verdict | undefined): Annotation {
  return { ...(label !== undefined && { label }), ...(note !== undefined && { note }) };
}

/** @param typed nothing but space takes the note away */
export function withNote({ label }: Annotation, typed: string): Annotation {
  const note = typed.replaceAll('\r\n', '\n').trim();
  return { ...(label !== undefined && { label }), ...(note !== '' && { note }) };
}
