import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import common from './passwords/common-passwords.json' with { type: 'json' };
import { workQueue } from './work-queue.ts';

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const memory = 19_456;
const passes = 2;
const saltBytes = 16;
const tagBytes = 32;

// One hash keeps a core busy for some 30 ms. Node has four threads for such work; one is left to files and DNS.
const atOnce = Math.min(availableParallelism(), 3);
const hashing = workQueue({ atOnce, waiting: 50 * atOnce });

/** Hashes with argon2id off the event loop, to a PHC string. Refuses with `unavailable` when too many wait. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const tag = await derive({ password, salt, memory, passes, length: tagBytes });
  return phc(salt, tag);
}

/**
 * Whether the password belongs to the hash; false for a null hash, after the same work, so that the time tells nobody
 * which logins exist.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = pattern.exec(hash ?? unknown)?.groups;
  if (!parts) throw new Error('a stored password hash is not an argon2id PHC string');
  const expected = Buffer.from(parts['tag'] ?? '', 'base64');
  const tag = await derive({
    password,
    salt: Buffer.from(parts['salt'] ?? '', 'base64'),
    memory: Number(parts['memory']),
    passes: Number(parts['passes']),
    length: expected.length,
  });
  return timingSafeEqual(tag, expected) && hash !== null;
}

/** Whether the password is among those that breaches show first, in any case and with `@` for `a` and the like. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  if (whole.has(lower)) return true;
  return common.roots.some(
    (root) => plain(lower.slice(0, root.length)) === root && endings.has(lower.slice(root.length)),
  );
}

/** For an account whose owner has not chosen a password yet: the hash of one that nobody knows. */
export const unguessableHash = (): string => phc(randomBytes(saltBytes), randomBytes(tagBytes));

const whole = new Set(common.whole);
const endings = new Set(common.endings);

const disguises: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  $: 's',
  '5': 's',
  '1': 'i',
  '3': 'e',
};
const plain = (text: string): string => text.replace(/[@40$513]/g, (sign) => disguises[sign] ?? sign);

const pattern =
  /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<passes>\d+),p=1\$(?<salt>[A-Za-z0-9+/]+)\$(?<tag>[A-Za-z0-9+/]+)$/;

const phc = (salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=1$${unpadded(salt)}$${unpadded(tag)}`;

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const unknown = unguessableHash();

type Derivation = { password: string; salt: Buffer; memory: number; passes: number; length: number };

const derive = (input: Derivation): Promise<Buffer> =>
  hashing(
    () =>
      new Promise((resolve, reject) => {
        argon2(
          'argon2id',
          {
            // One password typed on two keyboards can arrive composed or not.
            message: input.password.normalize('NFC'),
            nonce: input.salt,
            parallelism: 1,
            memory: input.memory,
            passes: input.passes,
            tagLength: input.length,
          },
          (error, tag) => (error ? reject(error) : resolve(tag)),
        );
      }),
  );
