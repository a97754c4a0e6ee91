// `npm run secrets`: fills ./secrets with what compose.yaml takes from there. What is there already stays.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(process.argv[2] ?? 'secrets');

// Containers run as other users than ours, so the files are everybody's to read, and the folder is nobody's to enter.
mkdirSync(folder, { recursive: true, mode: 0o700 });
chmodSync(folder, 0o700);
const secret = () => randomBytes(32).toString('base64url');
for (const name of ['jwt_secret', 'metrics_token', 'postgres_password']) keep(name, secret());
for (const service of ['gateway', 'users', 'appointments', 'worker']) keep(`${service}_password`, secret());
const rabbitmq = keep('rabbitmq_password', secret());
keep('rabbitmq_conf', `default_user = shomoy\ndefault_pass = ${rabbitmq}\n`);
const redis = keep('redis_password', secret());
keep('redis_conf', `requirepass ${redis}\nsave ""\nmaxmemory 200mb\nmaxmemory-policy allkeys-lru\n`);
console.log(`The secrets are in ${folder}. Keep a copy of jwt_secret elsewhere: private links depend on it.`);

function keep(name: string, value: string): string {
  const file = path.join(folder, name);
  if (!existsSync(file)) writeFileSync(file, value, { mode: 0o444, flag: 'wx' });
  return readFileSync(file, 'utf8');
}
