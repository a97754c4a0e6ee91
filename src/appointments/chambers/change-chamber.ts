import type { patchChamber } from '../../contract/chambers.ts';
import type { Chamber } from '../../contract/doctors.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { publish } from '../../platform/bus.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { presentChamber } from './present.ts';
import { chamberColumns, countDoctorsWithHours, findDoctorsOf, type ChamberRow } from './queries.ts';
import { refusePlace } from './refuse-place.ts';

export type ChamberChange = RouteRequest<typeof patchChamber>['body'];

/** Changes a chamber. Its time zone stays while hours there mean something by it. */
export async function changeChamber(
  db: Database,
  { chamberId, change }: { chamberId: number; change: ChamberChange },
  now: Temporal.Instant,
): Promise<Chamber> {
  try {
    return await db.transaction().execute(async (tx) => {
      const before = await lockChamber(tx, chamberId, change);
      const after = changed(before, change);
      if (after.time_zone !== before.time_zone) await refuseNewZone(tx, chamberId, now);
      const { id, ...values } = after;
      await tx.updateTable('chambers').set(values).where('id', '=', id).execute();
      if (findable.some((column) => after[column] !== before[column])) await refreshDoctors(tx, chamberId);
      return presentChamber(after);
    });
  } catch (error) {
    return refusePlace(error);
  }
}

/**
 * Hours are added under a key-share lock on their chamber. `for update` waits for that, so that a new zone sees them;
 * the weaker lock of every other change lets hours and bookings pass.
 */
async function lockChamber(tx: Tx, chamberId: number, { timeZone }: ChamberChange): Promise<ChamberRow> {
  const chamber = await tx
    .selectFrom('chambers')
    .select(chamberColumns)
    .where('id', '=', chamberId)
    .where('ended_at', 'is', null)
    .$if(timeZone !== undefined, (chambers) => chambers.forUpdate())
    .$if(timeZone === undefined, (chambers) => chambers.forNoKeyUpdate())
    .executeTakeFirst();
  if (!chamber) throw new Problem('not_found');
  return chamber;
}

function changed(before: ChamberRow, change: ChamberChange): ChamberRow {
  const { division = before.division, district = before.district } = change;
  const stays = division === before.division && district === before.district;
  return {
    id: before.id,
    name: change.name ?? before.name,
    name_bn: change.nameBn === undefined ? before.name_bn : change.nameBn,
    address: change.address ?? before.address,
    address_bn: change.addressBn === undefined ? before.address_bn : change.addressBn,
    phone: change.phone === undefined ? before.phone : change.phone,
    division,
    district,
    thana: change.thana === undefined ? (stays ? before.thana : null) : change.thana,
    time_zone: change.timeZone ?? before.time_zone,
  };
}

async function refuseNewZone(tx: Tx, chamberId: number, now: Temporal.Instant): Promise<void> {
  const doctors = await countDoctorsWithHours(tx, { chamberId, now });
  if (doctors > 0)
    throw new Problem(
      'chamber_in_use',
      `Its time zone cannot change while doctors have hours in this chamber (${doctors} of them). End the hours first.`,
    );
}

/** What doctors are found by. */
const findable = ['name', 'name_bn', 'division', 'district', 'thana'] as const;

async function refreshDoctors(tx: Tx, chamberId: number): Promise<void> {
  for (const doctorId of await findDoctorsOf(tx, chamberId))
    await publish(tx, { name: 'schedule.changed', data: { doctorId } });
}
