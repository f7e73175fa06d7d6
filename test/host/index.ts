// The module that VS Code calls in its extension host to run the host tests.
import { runMocha } from '../support/runners/runMocha';

/** Rejects where a test failed or none was found; VS Code turns that into its exit code. */
export async function run(): Promise<void> {
  const { passed, failed } = await runMocha([__dirname], 30_000);
  if (failed > 0) throw new Error(`${failed} host tests failed.`);
  if (passed === 0) throw new Error('No host test ran.');
}
