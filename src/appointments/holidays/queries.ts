import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/database.ts';

export type HolidayRow = {
  id: number;
  name: string;
  nameBn: string;
  chamberId: number | null;
  from: string;
  until: string;
  tentative: boolean;
};

const columns = sql`
  id, name, name_bn as "nameBn", chamber_id as "chamberId", from_local as "from", until_local as until, tentative`;

/** Those that touch the dates, by their start. */
export async function findHolidays(
  on: Database | Tx,
  { from, until }: { from: string; until: string | null },
): Promise<HolidayRow[]> {
  const { rows } = await sql<HolidayRow>`
    select ${columns} from exceptions
    where kind = 'holiday' and ended_at is null and until_local >= ${from}
      and (${until}::text is null or from_local <= ${until})
    order by from_local, id`.execute(on);
  return rows;
}

/** Null when there is no such holiday, or no more. */
export async function findHoliday(on: Database | Tx, id: number): Promise<HolidayRow | null> {
  const { rows } = await sql<HolidayRow>`
    select ${columns} from exceptions where id = ${id} and kind = 'holiday' and ended_at is null`.execute(on);
  return rows[0] ?? null;
}

export type PublicHolidayRow = {
  name: string;
  nameBn: string;
  from: string;
  until: string;
  moonSighted: boolean;
  holidayId: number | null;
};

/**
 * The public holidays of a year, each with the holiday here that it became. It is known again by its name in that year,
 * since the moon may have moved its dates.
 */
export async function findPublicHolidays(on: Database | Tx, year: number): Promise<PublicHolidayRow[]> {
  const { rows } = await sql<PublicHolidayRow>`
    select p.name, p.name_bn as "nameBn", p.first_date as "from", p.last_date as until,
      p.moon_sighted as "moonSighted",
      (select min(e.id) from exceptions e
       where e.kind = 'holiday' and e.ended_at is null and e.name = p.name
         and abs(left(e.from_local, 10)::date - p.first_date) <= 15) as "holidayId"
    from public_holidays p
    where p.country = 'BD' and extract(year from p.first_date) = ${year}
    order by p.first_date, p.name`.execute(on);
  return rows;
}
