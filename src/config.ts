import { readFileSync } from 'node:fs';
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

const json = <Schema extends z.ZodType>(schema: Schema, advice: string) =>
  z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: advice });
        return z.NEVER;
      }
    })
    .pipe(schema);

const wallTime = '([01][0-9]|2[0-3]):[0-5][0-9]';
const quietHours = z
  .string()
  .regex(new RegExp(`^(none|${wallTime}-${wallTime})$`), 'Use hours such as 22:00-07:00, or none')
  .transform((value) => {
    const [from, until] = value.split('-');
    return from !== undefined && until !== undefined && from !== until ? { from, until } : null;
  });

const rolePassword = z.string().min(16, 'Use at least 16 characters').optional();

const environment = z.object({
  /** Port of the HTTP server. */
  PORT: z.coerce.number('Use a port number').int().min(0).max(65_535).default(8000),
  /** Address to listen on; 0.0.0.0 for all. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Where the embedded database, keys and photos live. */
  DATA_DIR: z.string().min(1).default('.data'),
  /** A PostgreSQL 15+ server to use instead of the embedded one. */
  DATABASE_URL: address('postgres:', 'postgresql:').optional(),
  /** Its password, where the address does not carry it; likewise for the two below. */
  DATABASE_PASSWORD: z.string().optional(),
  /** Shares rate limits, live news and what is free among processes; without it each counts and reads for itself. */
  REDIS_URL: address('redis:', 'rediss:').optional(),
  REDIS_PASSWORD: z.string().optional(),
  /** Carries events to their consumers; without it they go from the worker's jobs straight to them. */
  RABBITMQ_URL: address('amqp:', 'amqps:').optional(),
  RABBITMQ_PASSWORD: z.string().optional(),
  /** Begins the names of queues in RabbitMQ and of keys in Redis, where installations share these. */
  INSTALLATION: z
    .string()
    .regex(/^[\w-]{1,60}$/, 'Use letters, digits, _ and -')
    .default('shomoy'),
  /** The services this process runs. */
  SERVICES: services.default(new Set(serviceNames)),
  /** Where the gateway finds the users service when this process does not run it. */
  USERS_URL: address('http:', 'https:').optional(),
  /** Where the gateway finds the appointments service when this process does not run it. */
  APPOINTMENTS_URL: address('http:', 'https:').optional(),
  /** Where the gateway asks for the worker's health; without it only the broker's queues tell of it. */
  WORKER_URL: address('http:', 'https:').optional(),
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
  /** Beginnings of the mobile numbers that codes are sent to, with commas between: SMS elsewhere cost what a thief likes. */
  SMS_PREFIXES: z
    .string()
    .transform((value) => value.split(',').map((prefix) => prefix.trim()))
    .pipe(z.array(z.string().regex(/^\+[0-9]{1,8}$/, 'Use beginnings such as +8801')).min(1))
    .default(['+8801']),
  /** An OpenTelemetry collector (OTLP over HTTP) that takes traces; the other OTEL_ variables hold too. */
  OTEL_EXPORTER_OTLP_ENDPOINT: address('http:', 'https:').optional(),
  /** Lets Prometheus read `/metrics`; without it there is no such page. */
  METRICS_TOKEN: z.string().min(16, 'Use at least 16 characters').optional(),
  /** `off` for tests and benchmarks. */
  RATE_LIMIT: z.enum(['on', 'off'], 'Use on or off').default('on'),
  /** `off` for tests and benchmarks: they share their machine, and a late event loop is no finding of theirs. */
  LOAD_SHEDDING: z.enum(['on', 'off'], 'Use on or off').default('on'),
  /** `off` for tests, whose clock stands while the machine's minutes turn: what recurs comes when they add it. */
  RECURRING_JOBS: z.enum(['on', 'off'], 'Use on or off').default('on'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'Use a level such as info')
    .default('info'),
  /** The name that messages begin with until an administrator names the organisation. */
  SENDER_NAME: z.string().min(1).max(30).default('Shomoy'),
  /** The mail server that e-mail goes through. */
  SMTP_URL: address('smtp:', 'smtps:').optional(),
  /** Who e-mail is from: an address, or `Name <address>`. */
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\r\n"]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'Use Name <name@example.com>')
    .optional(),
  /** The HTTP gateway that SMS go through; `{to}`, `{text}` and `{key}` stand in address, headers and body. */
  SMS_URL: address('http:', 'https:').optional(),
  SMS_METHOD: z.enum(['GET', 'POST'], 'Use GET or POST').default('POST'),
  /** Headers as a JSON object; the Content-Type decides how the body's values are escaped. */
  SMS_HEADERS: json(z.record(z.string(), z.string()), 'Use a JSON object of texts').default({
    'content-type': 'application/json',
  }),
  SMS_BODY: z.string().default('{"to":"{to}","text":"{text}"}'),
  /** How a taken SMS is recognised among answers 2xx: `any`, `text:PART`, or `json:PATH=VALUE|VALUE`. */
  SMS_SUCCESS: z
    .string()
    .regex(/^(any|text:.+|json:[\w.]+=.+)$/, 'Use any, text:PART or json:PATH=VALUE|VALUE')
    .default('any'),
  /** Statuses by which the gateway says that it took nothing and may be asked again. */
  SMS_RETRY_ON: z
    .string()
    .regex(/^[45][0-9]{2}(,[45][0-9]{2})*$/, 'Use statuses such as 429,503')
    .transform((value) => value.split(',').map(Number))
    .default([429, 503]),
  /** `on`: the gateway sends an SMS whose `{key}` it has seen before only once. */
  SMS_KEYED: z.enum(['on', 'off'], 'Use on or off').default('off'),
  /** Where the gateway says whether it took the SMS of a `{key}`: success as above, or 404. */
  SMS_LOOKUP_URL: address('http:', 'https:').optional(),
  /** What one part of an SMS costs, in BDT. */
  SMS_COST: z
    .string()
    .regex(/^[0-9]{1,4}(\.[0-9]{1,4})?$/, 'Use an amount such as 0.35')
    .default('0'),
  /** Local time in which reminders and news that can wait are not sent, unless a reader chose otherwise. */
  QUIET_HOURS: quietHours.default({ from: '22:00', until: '07:00' }),
  /** Keeps what would have gone out where SMTP_URL or SMS_URL is missing; `on` in the embedded run, `off` elsewhere. */
  MAILBOX: z.enum(['on', 'off'], 'Use on or off').optional(),
  /** `any` lets webhooks reach private addresses, for tests and for programs in one's own network. */
  WEBHOOK_TARGETS: z.enum(['public', 'any'], 'Use public or any').default('public'),
  /** WebSockets that a gateway holds at once; who comes on top is told to come back later. */
  MAX_STREAMS: z.coerce.number('Use a number').int().min(1).max(100_000).default(10_000),
  /** WebSockets of one user at once, by gateway: windows and devices. */
  MAX_STREAMS_PER_USER: z.coerce.number('Use a number').int().min(1).max(1_000).default(20),
  /** Connections to PostgreSQL this process may hold. */
  DATABASE_CONNECTIONS: z.coerce.number('Use a number').int().min(2).max(200).default(16),
  /** For `npm run migrate`: the passwords with which the services' database roles may sign in. */
  GATEWAY_DATABASE_PASSWORD: rolePassword,
  USERS_DATABASE_PASSWORD: rolePassword,
  APPOINTMENTS_DATABASE_PASSWORD: rolePassword,
  WORKER_DATABASE_PASSWORD: rolePassword,
});

/** Each can also be given as a file that holds the value: NAME_FILE. */
export const settingNames: readonly string[] = Object.keys(environment.shape);

export type Config = {
  port: number;
  host: string;
  dataDir: string;
  /** Undefined: the embedded server. */
  databaseUrl: string | undefined;
  databaseConnections: number;
  /** Of the services' database roles that `npm run migrate` lets sign in. */
  rolePasswords: ReadonlyMap<ServiceName, string>;
  redisUrl: string | undefined;
  rabbitmqUrl: string | undefined;
  installation: string;
  services: ReadonlySet<ServiceName>;
  usersUrl: string | undefined;
  appointmentsUrl: string | undefined;
  workerUrl: string | undefined;
  jwtSecret: string | undefined;
  publicUrl: string | undefined;
  trustedProxies: string[];
  smsPrefixes: string[];
  metricsToken: string | undefined;
  /** Where traces go, without the path. */
  tracesUrl: string | undefined;
  rateLimit: boolean;
  loadShedding: boolean;
  recurringJobs: boolean;
  logLevel: z.output<typeof environment>['LOG_LEVEL'];
  senderName: string;
  mail: { url: string; from: string } | undefined;
  sms: SmsGateway | undefined;
  /** Decimal, in BDT, for each part. */
  smsCost: string;
  quietHours: { from: string; until: string } | null;
  mailbox: boolean;
  privateWebhooks: boolean;
  maxStreams: number;
  maxStreamsPerUser: number;
};

/** How an SMS is handed to a gateway. */
export type SmsGateway = {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string;
  success: string;
  retryOn: number[];
  keyed: boolean;
  lookupUrl: string | undefined;
};

/** Whether this process is the whole of Shomoy. */
export const runsAlone = ({ services }: Pick<Config, 'services'>): boolean =>
  serviceNames.every((name) => services.has(name));

/** Every problem of the configuration at once; `message` is ready for a terminal. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the configuration. The only reader of the environment; empty values count as absent. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const { given, unread } = readFiles(
    Object.fromEntries(
      Object.entries(env).filter((each): each is [string, string] => each[1] !== undefined && each[1] !== ''),
    ),
  );
  const parsed = environment.safeParse(given);
  const wrong = new Map([
    ...(parsed.error?.issues ?? []).map((issue) => [String(issue.path[0]), issue.message] as const),
    ...unread,
  ]);
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
    databaseUrl: withPassword(value.DATABASE_URL, value.DATABASE_PASSWORD),
    databaseConnections: value.DATABASE_CONNECTIONS,
    rolePasswords: new Map(
      serviceNames.flatMap((service) => {
        const password = value[passwordSetting[service]];
        return password === undefined ? [] : [[service, password] as const];
      }),
    ),
    redisUrl: withPassword(value.REDIS_URL, value.REDIS_PASSWORD),
    rabbitmqUrl: withPassword(value.RABBITMQ_URL, value.RABBITMQ_PASSWORD),
    installation: value.INSTALLATION,
    services: value.SERVICES,
    usersUrl: value.USERS_URL,
    appointmentsUrl: value.APPOINTMENTS_URL,
    workerUrl: value.WORKER_URL,
    jwtSecret: value.JWT_SECRET,
    publicUrl: value.PUBLIC_URL,
    trustedProxies: value.TRUSTED_PROXIES,
    smsPrefixes: value.SMS_PREFIXES,
    metricsToken: value.METRICS_TOKEN,
    tracesUrl: value.OTEL_EXPORTER_OTLP_ENDPOINT,
    rateLimit: value.RATE_LIMIT === 'on',
    loadShedding: value.LOAD_SHEDDING === 'on',
    recurringJobs: value.RECURRING_JOBS === 'on',
    logLevel: value.LOG_LEVEL,
    senderName: value.SENDER_NAME,
    mail:
      value.SMTP_URL !== undefined && value.MAIL_FROM !== undefined
        ? { url: value.SMTP_URL, from: value.MAIL_FROM }
        : undefined,
    sms:
      value.SMS_URL === undefined
        ? undefined
        : {
            url: value.SMS_URL,
            method: value.SMS_METHOD,
            headers: value.SMS_HEADERS,
            body: value.SMS_BODY,
            success: value.SMS_SUCCESS,
            retryOn: value.SMS_RETRY_ON,
            keyed: value.SMS_KEYED === 'on',
            lookupUrl: value.SMS_LOOKUP_URL,
          },
    smsCost: value.SMS_COST,
    quietHours: value.QUIET_HOURS,
    mailbox: value.MAILBOX === undefined ? value.DATABASE_URL === undefined : value.MAILBOX === 'on',
    privateWebhooks: value.WEBHOOK_TARGETS === 'any',
    maxStreams: value.MAX_STREAMS,
    maxStreamsPerUser: value.MAX_STREAMS_PER_USER,
  };
}

const passwordSetting = {
  gateway: 'GATEWAY_DATABASE_PASSWORD',
  users: 'USERS_DATABASE_PASSWORD',
  appointments: 'APPOINTMENTS_DATABASE_PASSWORD',
  worker: 'WORKER_DATABASE_PASSWORD',
} as const;

/** Secrets by file: whoever lists processes or reads an environment sees a path, not a password. */
function readFiles(env: Record<string, string>): {
  given: Record<string, string>;
  unread: [string, string][];
} {
  const given = { ...env };
  const unread: [string, string][] = [];
  for (const name of settingNames) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined) {
      unread.push([`${name}_FILE`, `${name} is set as well; keep one of the two`]);
      continue;
    }
    try {
      // The line end that an editor or `echo` leaves is nobody's secret.
      given[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      unread.push([`${name}_FILE`, 'names a file that cannot be read; check its path and who may read it']);
    }
    if (given[name] === '') unread.push([`${name}_FILE`, 'names an empty file']);
  }
  return { given, unread };
}

function withPassword(address: string | undefined, password: string | undefined): string | undefined {
  if (address === undefined || password === undefined) return address;
  const url = new URL(address);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** What the embedded one-process run makes for itself and every other run must be given. */
function missing(value: z.output<typeof environment>): string[] {
  const problems: string[] = [];
  const whole = runsAlone({ services: value.SERVICES });
  if (!whole && !value.DATABASE_URL)
    problems.push('DATABASE_URL: needed when SERVICES names only some services: they share one PostgreSQL');
  if ((value.DATABASE_URL || !whole) && !value.JWT_SECRET)
    problems.push('JWT_SECRET: needed with a database of your own; make one with `openssl rand -base64 32`');
  const why = 'needed when SERVICES names only some services:';
  if (!whole && !value.RABBITMQ_URL) problems.push(`RABBITMQ_URL: ${why} it carries events between them`);
  if (!whole && !value.REDIS_URL) problems.push(`REDIS_URL: ${why} they count rate limits together`);
  if (value.SERVICES.has('gateway')) {
    if (!value.SERVICES.has('users') && !value.USERS_URL)
      problems.push('USERS_URL: needed by a gateway that does not run the users service itself');
    if (!value.SERVICES.has('appointments') && !value.APPOINTMENTS_URL)
      problems.push(
        'APPOINTMENTS_URL: needed by a gateway that does not run the appointments service itself',
      );
  }
  if (value.SMTP_URL && !value.MAIL_FROM)
    problems.push('MAIL_FROM: needed with SMTP_URL, such as `Shomoy <no-reply@example.com>`');
  if (value.SMS_URL) {
    const template = [value.SMS_URL, value.SMS_BODY, ...Object.values(value.SMS_HEADERS)].join(' ');
    for (const name of ['{to}', '{text}', ...(value.SMS_KEYED === 'on' ? ['{key}'] : [])])
      if (!template.includes(name))
        problems.push(`SMS_BODY: ${name} must stand in it, in SMS_URL or in SMS_HEADERS`);
  }
  const behindGateway =
    !value.SERVICES.has('gateway') && (value.SERVICES.has('users') || value.SERVICES.has('appointments'));
  if (behindGateway && value.RATE_LIMIT === 'on' && value.TRUSTED_PROXIES.length === 0)
    problems.push('TRUSTED_PROXIES: needed behind a gateway, or its address is taken for everybody’s');
  return problems;
}
