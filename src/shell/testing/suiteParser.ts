import type { Uri } from 'vscode';
import { type ParsedSuite, parseSuiteInSteps } from '../../core/testing/parse';
import { runTimeSliced } from '../../core/util/slices';

/** Parses each text of a test file once, for its problems, its tests, and Save as Test. */
class SuiteParser {
  /** The latest text of each file. */
  private readonly latest = new Map<string, { readonly text: string; readonly parsed: Promise<ParsedSuite> }>();

  parse(uri: Uri, text: string): Promise<ParsedSuite> {
    const known = this.latest.get(String(uri));
    if (known?.text === text) return known.parsed;
    const parsed = parseInSlices(text);
    this.latest.set(String(uri), { text, parsed });
    return parsed;
  }

  /** Whether no newer text of the file was parsed since. */
  isLatest(uri: Uri, text: string): boolean {
    return this.latest.get(String(uri))?.text === text;
  }

  remove(uri: Uri): void {
    this.latest.delete(String(uri));
  }
}

export const suiteParser = new SuiteParser();

const neverAborted = new AbortController().signal;

async function parseInSlices(text: string): Promise<ParsedSuite> {
  const parsed = await runTimeSliced(parseSuiteInSteps(text), neverAborted);
  if (parsed === undefined) throw new Error('Parsing was aborted.');
  return parsed;
}
