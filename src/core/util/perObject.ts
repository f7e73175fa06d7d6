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
