import { expect, test } from '@playwright/test';
import { readFindings } from '../support/runFindings';

// A project of its own, which runs when the others have ended.
test.describe('The whole run', () => {
  test('has no unhandled errors of the extension', async () => {
    const { keys, unhandledErrors } = await readFindings();
    test.skip(keys.length === 0, 'No test has used a key.');
    expect(unhandledErrors).toEqual([]);
  });

  test('leaves no key in files, logs, consoles, pages, storage, requests, and the clipboard', async () => {
    const { keys, leaks } = await readFindings();
    test.skip(keys.length === 0, 'No test has used a key.');
    expect(leaks).toEqual([]);
  });
});
