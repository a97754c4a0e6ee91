import type { createChamber as route } from '../../contract/chambers.ts';
import type { Chamber } from '../../contract/doctors.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Database } from '../../platform/database.ts';
import { presentChamber } from './present.ts';
import { chamberColumns } from './queries.ts';
import { refusePlace } from './refuse-place.ts';

/** `createdBy` is left out for what comes with the installation: that is the administrators' to change. */
export type NewChamber = RouteRequest<typeof route>['body'] & { createdBy?: number };

/** Adds a chamber; its place must exist. */
export async function createChamber(
  db: Database,
  input: NewChamber,
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
        created_by: input.createdBy ?? null,
        created_at: now.toString(),
      })
      .returning(chamberColumns)
      .executeTakeFirstOrThrow();
    return presentChamber(row);
  } catch (error) {
    return refusePlace(error);
  }
}
