import type { Selectable } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Chambers } from '../../platform/database-schema.ts';

export const chamberColumns = [
  'id',
  'name',
  'name_bn',
  'address',
  'address_bn',
  'phone',
  'division',
  'district',
  'thana',
  'time_zone',
] as const;

export type ChamberRow = Pick<Selectable<Chambers>, (typeof chamberColumns)[number]>;

/** Chambers by id, from `after` on. */
export function findChambers(
  db: Database,
  query: { district: string | undefined; after: number; limit: number },
): Promise<ChamberRow[]> {
  return db
    .selectFrom('chambers')
    .select(chamberColumns)
    .where('id', '>', query.after)
    .$if(query.district !== undefined, (chambers) => chambers.where('district', '=', query.district ?? ''))
    .orderBy('id')
    .limit(query.limit)
    .execute();
}
