import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from './secrets.ts';

const dataBytes = 12;
const macBytes = 16;

/** Lets a guest whose mobile was confirmed book for the patient until `expires`: both and a 128-bit MAC, nothing stored. */
export function signGuest(
  secrets: Secrets,
  { patientId, expires }: { patientId: number; expires: Temporal.Instant },
): string {
  const data = Buffer.alloc(dataBytes);
  data.writeUIntBE(patientId, 0, 6);
  data.writeUIntBE(expires.epochMilliseconds, 6, 6);
  return Buffer.concat([data, macOf(secrets, data)]).toString('base64url');
}

/** The patient a token is for, or null when it is not ours or has ended. */
export function readGuest(secrets: Secrets, token: string, now: Temporal.Instant): number | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== dataBytes + macBytes || bytes.toString('base64url') !== token) return null;
  const data = bytes.subarray(0, dataBytes);
  if (!timingSafeEqual(bytes.subarray(dataBytes), macOf(secrets, data))) return null;
  return data.readUIntBE(6, 6) > now.epochMilliseconds ? data.readUIntBE(0, 6) : null;
}

const macOf = (secrets: Secrets, data: Buffer): Buffer =>
  secrets.mac('guest', data.toString('hex')).subarray(0, macBytes);
