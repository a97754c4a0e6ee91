import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../platform/secrets.ts';

const idBytes = 6;
const macBytes = 16;

/** Token of the private link of an appointment: its id and a 128-bit MAC. Nothing is stored, nothing can be guessed. */
export const signLink = (secrets: Secrets, appointmentId: number): string =>
  sign(secrets, 'live-link', appointmentId);

/** The appointment a token opens, or null. */
export const readLink = (secrets: Secrets, token: string): number | null => read(secrets, 'live-link', token);

/** Proves whose a hold is where nobody is signed in. It opens nothing once the hold is a booking. */
export const signHold = (secrets: Secrets, holdId: number): string => sign(secrets, 'hold', holdId);

/** The hold a token proves, or null. */
export const readHold = (secrets: Secrets, token: string): number | null => read(secrets, 'hold', token);

/** Token of the private link of a waitlist entry, on which its offers are answered. */
export const signWaiting = (secrets: Secrets, entryId: number): string => sign(secrets, 'waiting', entryId);

/** The entry a token opens, or null. */
export const readWaiting = (secrets: Secrets, token: string): number | null =>
  read(secrets, 'waiting', token);

type Label = 'live-link' | 'hold' | 'waiting';

function sign(secrets: Secrets, label: Label, value: number): string {
  const id = Buffer.alloc(idBytes);
  id.writeUIntBE(value, 0, idBytes);
  return Buffer.concat([id, macOf(secrets, label, value)]).toString('base64url');
}

function read(secrets: Secrets, label: Label, token: string): number | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + macBytes || bytes.toString('base64url') !== token) return null;
  const value = bytes.readUIntBE(0, idBytes);
  return timingSafeEqual(bytes.subarray(idBytes), macOf(secrets, label, value)) ? value : null;
}

const macOf = (secrets: Secrets, label: Label, value: number): Buffer =>
  secrets.mac(label, String(value)).subarray(0, macBytes);
