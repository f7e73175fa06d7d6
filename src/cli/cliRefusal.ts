/** A reason to send nothing, for people. The command ends with code 2. */
export class CliRefusal extends Error {
  override readonly name = 'CliRefusal';
}
