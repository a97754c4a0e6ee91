import type { Tx } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { channelTo } from '../codes/policy.ts';
import { takeCode } from '../codes/take-code.ts';
import { addPatientWithoutAccount } from '../patients/add-desk-patient.ts';
import { findPatientWithoutAccount } from '../patients/queries.ts';

/** A guest token lasts so long: a booking and a second look, not a sign-in. */
const tokenHours = 2;

export type ConfirmedGuest = {
  patient: { id: number; fullName: string } | null;
  /** Of the token. */
  expires: string;
};

/**
 * Takes a guest's code: whoever they named becomes a patient without an account, or is the one who is there already. Null
 * after a wrong code, which stays counted.
 */
export async function registerGuest(
  tx: Tx,
  secrets: Secrets,
  given: { codeId: string; code: string },
  now: Temporal.Instant,
): Promise<ConfirmedGuest | null> {
  const taken = await takeCode(tx, secrets, { ...given, purpose: 'guest' }, now);
  if (!taken) return null;
  const { destination, fullName } = taken;
  const reached = channelTo(destination) === 'sms' ? { mobile: destination } : { email: destination };
  const patient =
    fullName === null
      ? await findPatientWithoutAccount(tx, reached)
      : await addPatientWithoutAccount(tx, { fullName, ...reached }, { userId: null }, now);
  return {
    patient: patient ? { id: patient.id, fullName: patient.full_name } : null,
    expires: now.add({ hours: tokenHours }).toString(),
  };
}
