const { leftOut } = require('./scripts/test-scope.cjs');

// CommonJS mode with everything transformed, node_modules too: several dependencies are ES modules only,
// one is CommonJS and requires Nest, and this is the variant in which both load without experimental flags.
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
    module: { type: 'commonjs' },
  },
];

module.exports = {
  rootDir: '.',
  testEnvironment: 'node',
  testTimeout: 30_000, // starting the whole application takes long on a busy machine
  testMatch: ['<rootDir>/{src,libs,test}/**/*.spec.ts'],
  testPathIgnorePatterns: leftOut(process.env.DB),
  maxWorkers: 2,
  globals: { FUZZ: Number(process.env.FUZZ || 1) }, // by how much generated tests are longer than usual
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
  moduleNameMapper: {
    '^#lib/(.*)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.cjs$': '$1',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.(ts|cts|m?js)$': swc },
  transformIgnorePatterns: ['^$'],
};
