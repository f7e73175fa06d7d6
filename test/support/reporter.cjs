// Mocha's own report, and the counts for `npm test` in the file that the environment names.
'use strict';
const { writeFileSync } = require('node:fs');
const { inspect } = require('node:util');
const { reporters } = require('mocha');

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const file = process.env.AIPLOYEES_TEST_RESULTS;
      if (file === undefined) return;
      const { passes, failures, pending } = runner.stats;
      const failed = this.failures.map((test) => `${test.fullTitle()}\n${inspect(test.err, { depth: 3 })}`);
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, failures: failed }));
    });
  }
};
