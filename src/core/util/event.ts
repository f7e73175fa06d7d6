/** Structurally the same as VS Code's `Disposable`. */
export interface Disposable {
  dispose(): void;
}

/** Disposes in reverse order. Disposables added after disposal are disposed immediately. */
export class DisposableStore implements Disposable {
  private readonly owned: Disposable[] = [];
  private isDisposed = false;

  add<T extends Disposable>(disposable: T): T {
    if (this.isDisposed) disposable.dispose();
    else this.owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    this.isDisposed = true;
    for (const disposable of this.owned.splice(0).reverse()) disposable.dispose();
  }
}

/** Structurally the same as VS Code's `Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Notifies listeners in the order of subscription. A listener that throws doesn't stop the others. */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // Wrapped, so that a function subscribed twice is called twice and removed once.
    const entry = (value: T): void => listener(value);
    this.listeners.add(entry);
    return { dispose: () => void this.listeners.delete(entry) };
  };

  /** @throws AggregateError after notifying all listeners, if any of them threw */
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

/** Resolves with the event's next value. */
export function waitForEvent<T>(event: Event<T>): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      subscription.dispose();
      resolve(value);
    });
  });
}
