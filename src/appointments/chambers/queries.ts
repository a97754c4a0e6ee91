import { sql, type Selectable } from 'kysely';
import type { Database, Tx } from '../../platform/database.ts';
import type { Chambers } from '../../platform/database-schema.ts';
import { today } from '../exceptions/queries.ts';

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
export type AddedChamberRow = ChamberRow & { created_by: number | null };

export type ChamberQuery = {
  /** Letters of a name, in either script. */
  letters: string | undefined;
  district: string | undefined;
  after: number;
  limit: number;
};

/** Chambers that have not ended, by id, from `after` on. */
export function findChambers(db: Database, query: ChamberQuery): Promise<AddedChamberRow[]> {
  const { letters = '', district } = query;
  return db
    .selectFrom('chambers')
    .select([...chamberColumns, 'created_by'])
    .where('ended_at', 'is', null)
    .where('id', '>', query.after)
    .$if(district !== undefined, (chambers) => chambers.where('district', '=', district ?? ''))
    .$if(letters !== '', (chambers) => chambers.where(namesContain(letters)))
    .orderBy('id')
    .limit(query.limit)
    .execute();
}

// A Bangla letter can be spelt with one code point or two; nobody types a line feed, so no find spans both names.
const namesContain = (letters: string) => sql<boolean>`
  strpos(normalize(lower(concat_ws(chr(10), name, name_bn)), nfc), normalize(lower(${letters}), nfc)) > 0`;

/** Null when there is no such chamber or it has ended. */
export async function findChamber(db: Database, id: number): Promise<AddedChamberRow | null> {
  const chamber = await db
    .selectFrom('chambers')
    .select([...chamberColumns, 'created_by'])
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return chamber ?? null;
}

/** How many doctors have hours in a chamber, weekly or on single days, that are not over. */
export async function countDoctorsWithHours(
  tx: Tx,
  { chamberId, now }: { chamberId: number; now: Temporal.Instant },
): Promise<number> {
  const { count } = await tx
    .selectFrom('schedules')
    .select(({ fn }) => fn.count<number>('doctor_id').distinct().as('count'))
    .where('chamber_id', '=', chamberId)
    .where('ended_at', 'is', null)
    .where((on) => on.or([on('valid_until', 'is', null), on('valid_until', '>=', today(now))]))
    .executeTakeFirstOrThrow();
  return count;
}

/** The doctors whose search row tells of a chamber: those with a visit type or hours there. */
export async function findDoctorsOf(tx: Tx, chamberId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('visit_types')
    .select('doctor_id')
    .where('chamber_id', '=', chamberId)
    .where('ended_at', 'is', null)
    .union((sets) =>
      sets
        .selectFrom('schedules')
        .select('doctor_id')
        .where('chamber_id', '=', chamberId)
        .where('ended_at', 'is', null),
    )
    .execute();
  return rows.map((row) => row.doctor_id);
}
