/** Where sample data claims to come from: a name that never resolves, and is never asked. */
export const sampleBaseUrl = 'https://sample.invalid/api';
