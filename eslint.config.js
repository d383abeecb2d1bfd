import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'coverage',
      'node_modules',
      'data',
      'bin/*.mjs',
      '*.config.js',
      '.dependency-cruiser.cjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Texts are spread into code points on purpose: Chinese characters outside the first plane count as one.
      '@typescript-eslint/no-misused-spread': 'off',
      // Two instances on one file lose commits without an error: only store/database.ts opens.
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@duckdb/node-api',
              message: 'DuckDB is opened in store/database.ts and nowhere else.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.object.name='DuckDBInstance'][callee.property.name='create']",
          message:
            'Use DuckDBInstance.fromCache for files: two create() calls on one file lose commits.',
        },
      ],
    },
  },
  {
    files: ['store/database.ts', 'store/published.ts'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-syntax': 'off' },
  },
);
