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
