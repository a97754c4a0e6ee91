import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../platform/secrets.ts';

const idBytes = 6;
const macBytes = 16;

/** Token of the private link of an appointment: its id and a 128-bit MAC. Nothing is stored, nothing can be guessed. */
export function signLink(secrets: Secrets, appointmentId: number): string {
  const id = Buffer.alloc(idBytes);
  id.writeUIntBE(appointmentId, 0, idBytes);
  return Buffer.concat([id, macOf(secrets, appointmentId)]).toString('base64url');
}

/** The appointment a token opens, or null. */
export function readLink(secrets: Secrets, token: string): number | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + macBytes || bytes.toString('base64url') !== token) return null;
  const appointmentId = bytes.readUIntBE(0, idBytes);
  return timingSafeEqual(bytes.subarray(idBytes), macOf(secrets, appointmentId)) ? appointmentId : null;
}

const macOf = (secrets: Secrets, appointmentId: number): Buffer =>
  secrets.mac('live-link', String(appointmentId)).subarray(0, macBytes);
