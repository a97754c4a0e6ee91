import type { Chamber } from '../../contract/doctors.ts';
import type { createChamber as route } from '../../contract/chambers.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { brokenConstraint, type Database } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';
import { chamberColumns } from './queries.ts';
import { presentChamber } from './present.ts';

/** Adds a chamber; its place must exist. */
export async function createChamber(
  db: Database,
  input: RouteRequest<typeof route>['body'],
  now: Temporal.Instant,
): Promise<Chamber> {
  try {
    const row = await db
      .insertInto('chambers')
      .values({
        name: input.name,
        name_bn: input.nameBn ?? null,
        address: input.address,
        address_bn: input.addressBn ?? null,
        phone: input.phone ?? null,
        division: input.division,
        district: input.district,
        thana: input.thana ?? null,
        time_zone: input.timeZone,
        created_at: now.toString(),
      })
      .returning(chamberColumns)
      .executeTakeFirstOrThrow();
    return presentChamber(row);
  } catch (error) {
    if (brokenConstraint(error)?.startsWith('chambers_division_district'))
      throw invalidInput({
        path: 'thana',
        message: 'Choose a division, a district in it and a thana in that',
      });
    throw error;
  }
}
