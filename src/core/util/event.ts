/** Something that holds a resource until it is disposed. Of the same shape as VS Code's `Disposable`. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables, and disposes them last in, first out. What is added after disposal is disposed at once. */
export class DisposableStore implements Disposable {
  private readonly owned: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(disposable: T): T {
    if (this.disposed) disposable.dispose();
    else this.owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    this.disposed = true;
    for (const disposable of this.owned.splice(0).reverse()) disposable.dispose();
  }
}

/** Subscribe; dispose what comes back to unsubscribe. Of the same shape as VS Code's `Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Tells listeners, in the order in which they subscribed. A listener that throws does not stop the others. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // Wrapped, so that one function subscribed twice is told twice and unsubscribed once.
    const entry = (value: T): void => listener(value);
    this.listeners.add(entry);
    return { dispose: () => void this.listeners.delete(entry) };
  };

  /** @throws AggregateError after all were told, where listeners threw. */
  fire(value: T): void {
    const failures: unknown[] = [];
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Listeners failed', { cause: failures[0] });
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** Resolves with what the event is next fired with. */
export function waitForEvent<T>(event: Event<T>): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      subscription.dispose();
      resolve(value);
    });
  });
}
