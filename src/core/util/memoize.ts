/** Does what takes time once, for all who ask for it. Where it fails, whoever asks next has it tried again. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let working: Promise<T> | undefined;
  return () => {
    working ??= work().catch((error: unknown) => {
      working = undefined;
      throw error;
    });
    return working;
  };
}

/** Work that is done once for each object, and holds for as long as the object lives: for objects that never change. */
export function perObject<Of extends object, T>(work: (of: Of) => T): (of: Of) => T {
  const done = new WeakMap<Of, { readonly made: T }>();
  return (of) => {
    let known = done.get(of);
    if (known === undefined) {
      known = { made: work(of) };
      done.set(of, known);
    }
    return known.made;
  };
}
