import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';

const pureRooms = ['sim', 'kubectl', 'workstation', 'lab', 'quiz', 'progress', 'assignment'].map(
  (room) => `src/${room}/**/*.ts`,
);
const noPurity = 'Pure rooms must give the same result for the same seed and transcript.';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      '.astro',
      'src/pure-globals.d.ts',
      'src/sim/api/generated',
      'tests/recordings/compare',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...astro.configs.recommended,
  {
    files: ['**/*.{ts,mjs,astro}'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Build elements; markup from strings is not allowed.' },
        { property: 'outerHTML', message: 'Build elements; markup from strings is not allowed.' },
        { property: 'insertAdjacentHTML', message: 'Build elements instead.' },
      ],
      eqeqeq: 'error',
      'no-control-regex': 'off',
    },
  },
  {
    files: ['scripts/**', '*.mjs', '*.config.*', 'tests/**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' },
    },
  },
  {
    files: pureRooms,
    ignores: ['**/*.test.ts', '**/testing/**', '**/testing.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: `${noPurity} Ask the Clock; format with runtime/time.ts.` },
        { name: 'setTimeout', message: `${noPurity} Use clock.after().` },
        { name: 'setInterval', message: `${noPurity} Use clock.after().` },
        { name: 'queueMicrotask', message: `${noPurity} Use clock.after(0, ...).` },
        { name: 'Promise', message: `${noPurity} Pure rooms are synchronous.` },
        { name: 'performance', message: `${noPurity} Ask the Clock.` },
        { name: 'crypto', message: `${noPurity} Draw from a Random of your component.` },
        { name: 'structuredClone', message: 'Not in every host; copy the fields you change.' },
        { name: 'Intl', message: `${noPurity} Its answers depend on the host.` },
        { name: 'localStorage', message: 'Storage is handed in.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: `${noPurity} Draw from a Random.` },
        { property: 'localeCompare', message: `${noPurity} Compare with < and >.` },
        { property: 'toLocaleString', message: `${noPurity} Write the format out.` },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'FunctionDeclaration[async=true], FunctionExpression[async=true]',
          message: `${noPurity} Pure rooms are synchronous.`,
        },
        {
          selector: 'ArrowFunctionExpression[async=true]',
          message: `${noPurity} Pure rooms are synchronous.`,
        },
        {
          selector: "NewExpression[callee.name='RegExp']",
          message:
            'A pattern from a learner can hang the tab. Use the linear engine in kernel/regex.',
        },
        { selector: "CallExpression[callee.name='RegExp']", message: 'Use kernel/regex.' },
      ],
    },
  },
);
