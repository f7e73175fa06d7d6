import { expect, test } from '@playwright/test';
import { readFindings } from '../support/runFindings';

// This file is a project that runs after the others.
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
