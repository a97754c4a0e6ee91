import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/** Everything that is derived from the one secret of an installation, each part under its own label. */
export type Secrets = {
  /** Ed25519, for access tokens. */
  signing: { privateKey: KeyObject; publicKey: KeyObject; keyId: string };
  /** HMAC-SHA-256 under a label; the same input gives the same 32 bytes. */
  mac(label: string, input: string): Buffer;
  /** Encrypts under a label what must lie in the database for a while (AES-256-GCM: nonce, tag, text). */
  seal(label: string, text: string): Buffer;
  /** The text again. Throws when it was sealed under another label or secret, or changed since. */
  unseal(label: string, sealed: Buffer): string;
};

// DER header of a PKCS #8 Ed25519 private key; the 32 bytes of the seed follow (RFC 8410).
const pkcs8Ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Throws when the secret is too short to protect anything. */
export function deriveSecrets(secret: string): Secrets {
  if (secret.length < 32)
    throw new Error(
      'The secret is missing or damaged: set JWT_SECRET, or remove jwt.secret from the data folder to have a new one made.',
    );
  const derive = (label: string) => Buffer.from(hkdfSync('sha256', secret, 'shomoy', label, 32));
  const seed = derive('access-token');
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Ed25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey);
  const keyId = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('base64url')
    .slice(0, 12);
  const keys = new Map<string, Buffer>();
  const keyOf = (label: string): Buffer => {
    let key = keys.get(label);
    if (!key) keys.set(label, (key = derive(label)));
    return key;
  };
  return {
    signing: { privateKey, publicKey, keyId },
    mac: (label, input) => createHmac('sha256', keyOf(label)).update(input).digest(),
    seal(label, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', keyOf(`seal ${label}`), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    unseal(label, sealed) {
      const nonce = sealed.subarray(0, nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(`seal ${label}`), nonce);
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      const body = sealed.subarray(nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}

const nonceBytes = 12;
const tagBytes = 16;
