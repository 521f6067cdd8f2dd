import tseslint from 'typescript-eslint';

// What is banned, where it is allowed all the same, and what to take instead. To allow a ban in one more file,
// add the file to `except`; a single line takes `// eslint-disable-next-line keyturn/<ban> -- reason`.
const bans = {
  'process-env': {
    except: ['src/config/**', 'src/keyturn.cts', 'test/**'],
    message: 'Inject Config (src/config) instead of reading the environment.',
    selectors: [
      `MemberExpression[object.name="process"]:matches([property.name="env"], [property.value="env"])`,
      `VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]`,
      `ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name="env"]`,
    ],
  },
  'system-time': {
    except: ['src/common/clock.ts', 'test/**'],
    message: 'Inject Clock (src/common/clock.ts) and call now() or after(); tests turn that clock.',
    selectors: [
      `MemberExpression[object.name="Date"]:matches([property.name="now"], [property.value="now"])`,
      `NewExpression[callee.name="Date"][arguments.length=0]`,
      `CallExpression[callee.name="Date"]`,
    ],
  },
  'math-random': {
    except: [],
    message: 'Take randomness from libs/opaque-token (or node:crypto within libs); Math.random is predictable.',
    selectors: [
      `MemberExpression[object.name="Math"]:matches([property.name="random"], [property.value="random"])`,
      `VariableDeclarator[init.name="Math"] > ObjectPattern > Property[key.name="random"]`,
    ],
  },
  cast: {
    except: [
      'libs/**',
      'test/**',
      'src/common/domain-error.ts',
      'src/common/{database,row-shape,rows}.ts',
      'src/common/sqlite-driver.ts',
      // passport's types know Express alone.
      'src/access/{authenticator,jwt.strategy,opaque.strategy}.ts',
      // The wrapper that puts refusals into the answer: <dialect>.mapper.ts, or <dialect>.payload.ts where it has its own file.
      'src/dialects/*/{shopify,adobe,commerce-layer,common-ground}.mapper.ts',
      'src/dialects/*/*.payload.ts',
    ],
    message: 'Narrow the type with a check, or let it be inferred; `as` silences the compiler.',
    selectors: [`TSAsExpression:not([typeAnnotation.typeName.name="const"])`, `TSTypeAssertion`],
  },
  parameters: {
    except: [],
    message: 'At most 4 parameters (a constructor: 6 injected things); take an object instead.',
    selectors: [
      `:matches(FunctionDeclaration, ArrowFunctionExpression)[params.length>4]`,
      `:not(MethodDefinition[kind="constructor"]) > FunctionExpression[params.length>4]`,
      `MethodDefinition[kind="constructor"] > FunctionExpression[params.length>6]`,
      `:matches(TSEmptyBodyFunctionExpression, TSAbstractMethodDefinition, TSDeclareFunction)[params.length>4]`,
    ],
  },
};

// ESLint's own no-restricted-syntax holds one list for the whole file, so a file that one ban spares would need the
// list of all others repeated. A rule for each ban can be switched off by itself.
const banRule = ({ message, selectors }) => ({
  meta: { type: 'problem', schema: [], messages: { banned: message } },
  create: (context) => ({ [selectors.join(', ')]: (node) => context.report({ node, messageId: 'banned' }) }),
});

const plugin = { rules: Object.fromEntries(Object.entries(bans).map(([name, ban]) => [name, banRule(ban)])) };

// prettier-ignore
/** Plain mistakes that neither the compiler nor typescript-eslint finds. */
const mistakes = [
  'for-direction', 'no-async-promise-executor', 'no-case-declarations', 'no-compare-neg-zero', 'no-cond-assign',
  'no-constant-binary-expression', 'no-constant-condition', 'no-control-regex', 'no-debugger', 'no-dupe-else-if',
  'no-empty', 'no-empty-character-class', 'no-empty-pattern', 'no-ex-assign', 'no-extra-boolean-cast', 'no-fallthrough',
  'no-global-assign', 'no-irregular-whitespace', 'no-loss-of-precision', 'no-misleading-character-class',
  'no-prototype-builtins', 'no-regex-spaces', 'no-self-assign', 'no-self-compare', 'no-sparse-arrays',
  'no-template-curly-in-string', 'no-unneeded-ternary', 'no-unsafe-finally', 'no-unsafe-optional-chaining',
  'no-useless-assignment', 'no-useless-backreference', 'no-useless-catch', 'no-useless-escape', 'preserve-caught-error',
  'require-yield', 'use-isnan', 'valid-typeof',
];

const typescript = ['src/**/*.{ts,cts}', 'libs/**/*.{ts,cts}', 'test/**/*.ts', 'ormconfig.ts'];
const tests = ['test/**/*.ts', '**/*.spec.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'test/tooling/.fixtures/', '**/*.d.cts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  {
    name: 'keyturn/everywhere',
    files: ['**/*.{ts,cts,js,mjs,cjs}'],
    rules: {
      ...Object.fromEntries(mistakes.map((rule) => [rule, 'error'])),
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'no-else-return': ['error', { allowElseIf: false }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', 300],
    },
  },
  {
    name: 'keyturn/javascript',
    files: ['**/*.{js,mjs,cjs}'],
    ignores: ['src/**'],
    languageOptions: {
      globals: {
        process: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        performance: 'readonly',
      },
    },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
  {
    name: 'keyturn/commonjs',
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
  },
  {
    name: 'keyturn/typescript',
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],

      // Modules, resolvers and marker classes often hold nothing but their decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Types that Nest injects must stay value imports, or their metadata is lost.
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // A text is spread on purpose, to get its code points.
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      // Mappers answer literals where a wire class (fields, no methods) is wanted.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `if (…) return await this.remove(…);` is the early return that we want.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // An async method without await turns its throws into rejections, which its callers count on.
      '@typescript-eslint/require-await': 'off',
      // `void` says in DomainErrors that a refusal has no facts.
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    name: 'keyturn/size',
    files: typescript,
    ignores: [...tests, 'src/migrations/**'],
    rules: { 'max-lines-per-function': ['error', 40] },
  },
  {
    name: 'keyturn/tests',
    files: tests,
    rules: {
      // expect(service.verb).toHaveBeenCalled() names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
      // Alphabets for generated values: [...'abc'].
      '@typescript-eslint/no-misused-spread': 'off',
      // Answers of the wire are compared whole, matcher by matcher.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  Object.entries(bans).map(([name, { except }]) => ({
    name: `keyturn/ban-${name}`,
    files: typescript,
    ignores: except,
    plugins: { keyturn: plugin },
    rules: { [`keyturn/${name}`]: 'error' },
  })),
);
