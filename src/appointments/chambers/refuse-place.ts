import { brokenConstraint } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';

/** Says what is wrong when an error means that a division, a district and a thana do not lie in each other. */
export function refusePlace(error: unknown): never {
  if (brokenConstraint(error)?.startsWith('chambers_division_district'))
    throw invalidInput({
      path: 'thana',
      message: 'Choose a division, a district in it and a thana in that',
    });
  throw error;
}
