import { z } from 'zod';

export const serviceNames = ['gateway', 'users', 'appointments', 'worker'] as const;
export type ServiceName = (typeof serviceNames)[number];

const address = (...protocols: string[]) =>
  z.string().refine(
    (value) => {
      const url = URL.parse(value);
      return url !== null && protocols.includes(url.protocol);
    },
    `Use an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

const services = z
  .string()
  .transform((value) => value.split(',').map((name) => name.trim()))
  .pipe(
    z.array(z.enum(serviceNames, `Use names out of ${serviceNames.join(', ')}, with commas between`)).min(1),
  )
  .transform((names) => new Set(names));

const environment = z.object({
  /** Port of the HTTP server. */
  PORT: z.coerce.number('Use a port number').int().min(0).max(65_535).default(8000),
  /** Address to listen on; 0.0.0.0 for all. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Where the embedded database, keys and photos live. */
  DATA_DIR: z.string().min(1).default('.data'),
  /** A PostgreSQL 15+ server to use instead of the embedded one. */
  DATABASE_URL: address('postgres:', 'postgresql:').optional(),
  /** Shares rate limits among several gateways; without it each counts for itself. */
  REDIS_URL: address('redis:', 'rediss:').optional(),
  /** Checked for form only: events travel through PostgreSQL until services need a broker of their own. */
  RABBITMQ_URL: address('amqp:', 'amqps:').optional(),
  /** The services this process runs. */
  SERVICES: services.default(new Set(serviceNames)),
  /** Where the gateway finds the users service when this process does not run it. */
  USERS_URL: address('http:', 'https:').optional(),
  /** Where the gateway finds the appointments service when this process does not run it. */
  APPOINTMENTS_URL: address('http:', 'https:').optional(),
  /** Secret that tokens and private links are made from. Made and kept in DATA_DIR in the embedded run. */
  JWT_SECRET: z.string().min(32, 'Use at least 32 characters').optional(),
  /** Address under which people reach the site when a proxy stands in front, for links and cookies. */
  PUBLIC_URL: address('http:', 'https:').optional(),
  /** Addresses or networks of proxies whose X-Forwarded-For is believed, with commas between. */
  TRUSTED_PROXIES: z
    .string()
    .transform((value) => value.split(',').map((proxy) => proxy.trim()))
    .pipe(
      z.array(
        z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'Use addresses or networks such as 10.0.0.0/8'),
      ),
    )
    .default([]),
  /** `off` for tests and benchmarks: neither rates are limited nor load is shed. */
  RATE_LIMIT: z.enum(['on', 'off'], 'Use on or off').default('on'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'Use a level such as info')
    .default('info'),
  /** Connections to PostgreSQL this process may hold. */
  DATABASE_CONNECTIONS: z.coerce.number('Use a number').int().min(2).max(200).default(16),
});

export type Config = {
  port: number;
  host: string;
  dataDir: string;
  /** Undefined: the embedded server. */
  databaseUrl: string | undefined;
  databaseConnections: number;
  redisUrl: string | undefined;
  rabbitmqUrl: string | undefined;
  services: ReadonlySet<ServiceName>;
  usersUrl: string | undefined;
  appointmentsUrl: string | undefined;
  jwtSecret: string | undefined;
  publicUrl: string | undefined;
  trustedProxies: string[];
  rateLimit: boolean;
  logLevel: z.output<typeof environment>['LOG_LEVEL'];
};

/** Every problem of the configuration at once; `message` is ready for a terminal. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the configuration. The only reader of the environment; empty values count as absent. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  const wrong = new Map((parsed.error?.issues ?? []).map((issue) => [String(issue.path[0]), issue.message]));
  // What is wrong counts as absent here, so that a person learns of everything at once.
  const right = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
  const problems = [
    ...[...wrong].map(([name, message]) => `${name}: ${message}`),
    ...missing(environment.parse(right)).filter((line) => !wrong.has(line.split(':')[0] ?? '')),
  ];
  if (!parsed.success || problems.length > 0)
    throw new ConfigError(
      `The configuration is not usable:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
  const value = parsed.data;
  return {
    port: value.PORT,
    host: value.HOST,
    dataDir: value.DATA_DIR,
    databaseUrl: value.DATABASE_URL,
    databaseConnections: value.DATABASE_CONNECTIONS,
    redisUrl: value.REDIS_URL,
    rabbitmqUrl: value.RABBITMQ_URL,
    services: value.SERVICES,
    usersUrl: value.USERS_URL,
    appointmentsUrl: value.APPOINTMENTS_URL,
    jwtSecret: value.JWT_SECRET,
    publicUrl: value.PUBLIC_URL,
    trustedProxies: value.TRUSTED_PROXIES,
    rateLimit: value.RATE_LIMIT === 'on',
    logLevel: value.LOG_LEVEL,
  };
}

/** What the embedded one-process run makes for itself and every other run must be given. */
function missing(value: z.output<typeof environment>): string[] {
  const problems: string[] = [];
  const whole = serviceNames.every((name) => value.SERVICES.has(name));
  if (!whole && !value.DATABASE_URL)
    problems.push('DATABASE_URL: needed when SERVICES names only some services: they share one PostgreSQL');
  if ((value.DATABASE_URL || !whole) && !value.JWT_SECRET)
    problems.push('JWT_SECRET: needed with a database of your own; make one with `openssl rand -base64 32`');
  if (value.SERVICES.has('gateway')) {
    if (!value.SERVICES.has('users') && !value.USERS_URL)
      problems.push('USERS_URL: needed by a gateway that does not run the users service itself');
    if (!value.SERVICES.has('appointments') && !value.APPOINTMENTS_URL)
      problems.push(
        'APPOINTMENTS_URL: needed by a gateway that does not run the appointments service itself',
      );
  }
  const behindGateway =
    !value.SERVICES.has('gateway') && (value.SERVICES.has('users') || value.SERVICES.has('appointments'));
  if (behindGateway && value.RATE_LIMIT === 'on' && value.TRUSTED_PROXIES.length === 0)
    problems.push('TRUSTED_PROXIES: needed behind a gateway, or its address is taken for everybody’s');
  return problems;
}
