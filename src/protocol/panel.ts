import * as v from 'valibot';

export const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The page has loaded. `heard` is the number of messages that it has received. */
export const readyMessage = v.object({ type: v.literal('ready'), heard: wholeNumber });

export type PanelPageMessage = v.InferOutput<typeof readyMessage>;

export type PanelHostMessage =
  /** Posted first. `contents` are the translations by their English text. */
  | { readonly type: 'language'; readonly contents: Readonly<Record<string, string>>; readonly language: string }
  | { readonly type: 'copied'; readonly ok: boolean };

/** Creates a type guard for the schema. It ignores inherited fields. */
export function createGuard<S extends v.GenericSchema>(schema: S) {
  return (value: unknown): value is v.InferOutput<S> => v.is(schema, { ...(value as object) });
}
