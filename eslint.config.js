import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Only the protocol and the detector may be shared; the page never reaches into the agent or the server. */
const pageBoundary = {
  patterns: [
    {
      group: ['**/agent/**', '**/server/**', 'node:*'],
      message: 'The page imports only src/, protocol/ and vad/.',
    },
  ],
};

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      '.cache',
      'test-results',
      'playwright-report',
      'bench/results',
      // AssemblyScript: read by its own compiler.
      'vad/kernel/assembly',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.js',
            '*.ts',
            'server/*.mjs',
            'server/*/*.mjs',
            'cli/*.mjs',
            'deploy/*.mjs',
            'public/*.js',
          ],
          // What runs without having been built, and the configurations, belong to no program.
          maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: 16,
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // The compiler asks for brackets where a key may be absent; dots would not compile.
      '@typescript-eslint/dot-notation': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    languageOptions: { globals: globals.browser },
    plugins: { 'react-hooks': hooks },
    rules: { ...hooks.configs.recommended.rules, 'no-restricted-imports': ['error', pageBoundary] },
  },
  {
    files: ['vad/**/*.ts'],
    rules: {
      // Inner loops over typed arrays: each index is within by construction, and a check would cost as much as the sum.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['#protocol/*', '**/src/**', '**/agent/**', '**/server/**'],
              message: 'The detector imports nothing of the rest.',
            },
          ],
        },
      ],
    },
  },
  { files: ['bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs}'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { globals: globals.node },
  },
);
