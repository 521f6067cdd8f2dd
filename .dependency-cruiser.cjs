// Who may import whom. Each rule has planted violations in test/tooling/.fixtures/<rule>.

const core =
  '(?:activation|customer|customer-group|email-confirmation|one-time-secret|token|password-reset|mail|lockout|store|subscription|tag|webhook|event|idempotency)';
const surface = '(?:dialects/[^/]+|admin|pages|cli)';
const packages = (...names) => `(?:^|/)node_modules/(?:${names.join('|')})/`;

/** The core's layers, the highest first: a module may import the layers below its own, never one beside it. */
const layers = [
  ['password-reset', 'activation', 'email-confirmation', 'subscription', 'webhook'],
  ['customer'],
  ['one-time-secret'],
  ['token', 'mail', 'lockout', 'tag', 'customer-group'],
  ['store', 'event', 'idempotency'],
];

const coreDirection = layers.map((modules, layer) => ({
  name: 'core-direction',
  severity: 'error',
  comment:
    'password-reset, activation, email-confirmation, subscription, webhook → customer → one-time-secret → token, mail, lockout, tag, customer-group → store, event, idempotency → common, config; the core knows nothing else of src.',
  from: { path: `^src/(${modules.join('|')})/` },
  to: { path: '^src/', pathNot: `^src/(?:$1|${[...layers.slice(layer + 1).flat(), 'common', 'config'].join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'libs-know-nothing',
      severity: 'error',
      comment: 'A lib could be its own package: it imports npm packages, Node and other libs.',
      from: { path: '^libs/' },
      to: { path: '^(?:src|test|scripts)/|^ormconfig\\.ts$' },
    },
    {
      name: 'common-is-a-leaf',
      severity: 'error',
      comment: 'common imports config and libs, config imports libs; neither knows a module.',
      from: { path: '^src/(common|config)/' },
      to: { path: '^src/', pathNot: '^src/(?:$1|config)/' },
    },
    {
      name: 'dialects-are-strangers',
      severity: 'error',
      comment: 'Dialects and our own surfaces meet in the core only.',
      from: { path: `^src/(${surface})/` },
      to: { path: `^src/${surface}/`, pathNot: '^src/$1/' },
    },
    {
      name: 'through-the-front-door',
      severity: 'error',
      comment: "Only a core module's index.ts may be imported from outside of it.",
      from: { path: '^src/([^/]+)/' },
      to: { path: `^src/${core}/`, pathNot: ['^src/$1/', '/index\\.ts$'] },
    },
    ...coreDirection,
    {
      name: 'core-knows-no-transport',
      severity: 'error',
      comment: 'The core says what happened; how it travels is the business of dialects and surfaces.',
      from: { path: `^src/${core}/` },
      to: {
        path: packages(
          'graphql', 'mercurius', 'fastify', '@fastify/[^/]+', 'passport[^/]*',
          '@nestjs/graphql', '@nestjs/mercurius', '@nestjs/passport', '@nestjs/platform-[^/]+',
        ), // prettier-ignore
      },
    },
    {
      name: 'access-knows-no-dialect',
      severity: 'error',
      comment: 'access imports common, config, libs, customer, token, store and event.',
      from: { path: '^src/access/' },
      to: { path: '^src/', pathNot: '^src/(?:access|common|config|customer|event|token|store)/' },
    },
    {
      name: 'no-queries-in-surfaces',
      severity: 'error',
      comment: 'Dialects and surfaces ask a core service; queries live in repositories.',
      from: { path: `^src/${surface}/` },
      to: { path: packages('typeorm', '@nestjs/typeorm', 'mysql2', 'libsql', '@libsql/[^/]+') },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Type-only imports count: whatever needs each other belongs in one file.',
      from: { path: '^(?:src|libs)/' },
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere slips through every rule above.',
      from: { path: '^(?:src|libs)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Type-only imports count.
    tsPreCompilationDeps: true,
    // The compiler's `paths` lead #lib/* to the sources; package.json's `imports` would lead to dist.
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
