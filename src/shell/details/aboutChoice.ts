import type { Memento } from 'vscode';

const stateKey = 'aiployees.aboutOpen';

/** Whether panels show facts and variables, stored for the user. */
export class AboutChoice {
  private current: boolean;

  constructor(
    private readonly memory: Memento,
    private readonly onChange: () => void,
  ) {
    this.current = memory.get<unknown>(stateKey) === true;
  }

  get isOpen(): boolean {
    return this.current;
  }

  async set(isOpen: boolean): Promise<void> {
    if (isOpen === this.current) return;
    this.current = isOpen;
    this.onChange();
    await this.memory.update(stateKey, isOpen ? true : undefined);
  }
}
