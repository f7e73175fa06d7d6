import * as v from 'valibot';

export const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The page has loaded, and has received so many messages before it could say so. */
export const readyMessage = v.object({ type: v.literal('ready'), heard: wholeNumber });

/** What each page tells its panel. */
export type PanelPageMessage = v.InferOutput<typeof readyMessage>;

/** What each panel tells its page. */
export type PanelHostMessage =
  /** Comes first. `contents` are the translations of the display language, by the English text. */
  | { readonly type: 'language'; readonly contents: Readonly<Record<string, string>>; readonly language: string }
  | { readonly type: 'copied'; readonly ok: boolean };

/** Tells whether a value is what the schema says. Only its own fields count. */
export function isOf<S extends v.GenericSchema>(schema: S) {
  return (value: unknown): value is v.InferOutput<S> => v.is(schema, { ...(value as object) });
}
