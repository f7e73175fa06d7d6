/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/core/**/*.ts'],
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  mochaOptions: { 'no-config': true, spec: ['out/test/core/**/*.test.cjs'] },
  buildCommand: 'node esbuild.mjs --tests',
  ignorePatterns: ['.vscode-test', 'dist', 'out', 'test-results', '*.vsix', '.github'],
  // tsconfig.json needs no changes: esbuild builds the tests.
  tsconfigFile: 'none',
  tempDirName: '.vscode-test/mutation',
  coverageAnalysis: 'perTest',
  // A mutant of code that runs when a file is loaded needs all tests, which takes minutes.
  ignoreStatic: true,
  // Its warnings are only about tests in out/, whose source files it can't find.
  logLevel: 'error',
  reporters: ['progress-append-only', 'clear-text', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
  htmlReporter: { fileName: 'test-results/mutation.html' },
  allowConsoleColors: false,
  disableTypeChecks: false,
};
