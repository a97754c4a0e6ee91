// The import law of ARCHITECTURE.md. Each rule's comment says what to do instead.
const domain = 'users|appointments|reports|notifications|gateway';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Move what both need into the one that the other may import.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'scheduling-is-pure',
      comment: 'scheduling imports nothing: pass what it needs as arguments.',
      severity: 'error',
      from: { path: '^src/scheduling/(?!testing/)', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/scheduling/' },
    },
    {
      name: 'contract-is-pure',
      comment: 'contract imports zod and types of scheduling alone: it is bundled into the web app.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/contract/|node_modules/zod/' },
    },
    {
      name: 'platform-knows-no-domain',
      comment:
        'platform may import contract and the type of the configuration: pass domain things as arguments.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^(src/(?!platform/|contract/|config\\.ts)|web/|test/)' },
    },
    {
      name: 'modules-do-not-know-each-other',
      comment: 'Publish an event, read the other module’s tables, or compose both in src/services.',
      severity: 'error',
      from: { path: `^src/(${domain})/` },
      to: { path: `^src/(${domain}|services)/`, pathNot: '^src/$1/' },
    },
    {
      name: 'web-imports-contract-and-scheduling',
      comment: 'The browser has no server: call the API through the contract.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src/(?!contract/|scheduling/)|test/|scripts/)' },
    },
    {
      name: 'outside-world-in-platform',
      comment:
        'Databases, brokers and mail are reached through src/platform alone (types may be named elsewhere).',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/' },
      to: {
        path: 'node_modules/(pg|ioredis|graphile-worker|nodemailer|rabbitmq-client)/',
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
