/** What a whole run covers at least, in per cent of all of src. To be kept about a point below what whole runs print. */
export const floors = { lines: 82, branches: 72 };
