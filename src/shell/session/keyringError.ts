/**
 * - `failed`: the keyring said no (`cause` has why)
 * - `hung`: it did not answer in time, as locked keyrings on Linux do
 * - `rubbish`: it gave something that can't be a key
 */
export type KeyringTrouble = 'failed' | 'hung' | 'rubbish';
export type KeyringTask = 'read' | 'keep' | 'forget';

/** The system's keyring, behind VS Code's SecretStorage, let us down. Never carries a key. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';

  constructor(
    readonly kind: KeyringTrouble,
    readonly task: KeyringTask,
    cause?: unknown,
  ) {
    super(`keyring ${kind} to ${task}`, { cause });
  }
}
