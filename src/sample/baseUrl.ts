/** The base URL that sample data shows: a name that never resolves and receives no requests. */
export const sampleBaseUrl = 'https://sample.invalid/api';
