/** A reason to send nothing, for people. The command ends with code 2. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
