import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const typeScript = ['*.ts', 'src/**/*.ts', 'media/**/*.ts', 'test/**/*.ts'];

export default defineConfig(
  globalIgnores(['dist/', 'out/', '.vscode-test/', 'test-results/']),
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.recommended],
    rules: { eqeqeq: 'error' },
  },
  {
    files: typeScript,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Most interfaces here are implemented by closures, which don't use `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Async only because the interface is: a provider, a mocha hook, a test double.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // Untrusted text could contain links and commands.
    files: ['src/**/*.ts'],
    ignores: ['src/shell/notify.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
          message: 'Say it by notify.',
        },
      ],
    },
  },
  {
    // Bodies, transcripts, and variables: JavaScript's own functions round numbers and drop duplicate fields.
    files: ['api', 'export', 'running']
      .map((folder) => `src/core/${folder}/**/*.ts`)
      .concat(
        ['documents', 'running', 'commands/copy', 'commands/running'].map((folder) => `src/shell/${folder}/**/*.ts`),
      ),
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'JSON', property: 'parse', message: 'Use parse of src/core/util/parseJson.ts, which loses nothing.' },
        { object: 'JSON', property: 'stringify', message: 'Use stringify of src/core/util/exactJson.ts.' },
      ],
    },
  },
  {
    // Test runners and their tools print to the terminal.
    files: ['test/support/**/*.ts', 'test/vscode-from-npm/**/*.ts', 'test/bench/**/*.ts', 'test/monkey/main.ts'],
    rules: { 'no-console': 'off' },
  },
);
