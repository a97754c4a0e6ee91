import { brokenConstraint } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';

/** Says what is wrong when an error means that an exception or a holiday names a chamber that does not exist. */
export function refuseChamber(error: unknown): never {
  if (brokenConstraint(error) === 'exceptions_chamber_id_fkey')
    throw invalidInput({ path: 'chamberId', message: 'There is no such chamber' });
  throw error;
}
