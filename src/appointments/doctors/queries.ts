import { instantOf } from '../../platform/instant-range.ts';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { DoctorCard } from '../../contract/doctors.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { epochOf } from '../availability/queries.ts';

/** What stands on a doctor's card whatever the hour; the photo is a file name. */
type Card = Omit<DoctorCard, 'id' | 'fee' | 'nextAvailable'>;

export type DoctorRow = {
  id: number;
  /** Null in a row that has to be refreshed. */
  card: Card | null;
  fee: string;
  nextAvailable: EpochMs | null;
  nextTimeZone: string | null;
  freshUntil: EpochMs | null;
};

const doctorColumns = `
  r.doctor_id as id, r.card, r.fee::text as fee, ${epochOf('r.next_available')} as "nextAvailable",
  r.next_time_zone as "nextTimeZone", ${epochOf('r.fresh_until')} as "freshUntil"`;

// A row may outlive its doctor's approval by the moment that its refresh takes.
const doctorTables = `
  doctor_search r
  join doctors d on d.user_id = r.doctor_id and d.approval = 'approved'
  join users u on u.id = r.doctor_id and u.status = 'active'`;

export type SearchQuery = {
  /** Lower-case words, NFC, each with its spellings: one of them must be in the doctor's text. */
  words: string[][];
  specialization: string | null;
  division: string | null;
  district: string | null;
  thana: string | null;
  gender: string | null;
  maxFee: string | null;
  availableBefore: EpochMs | null;
  sort: 'soonest' | 'fee';
  /** Sort value and id of the last doctor of the page before. */
  after: { value: number | null; id: number } | null;
  limit: number;
};

/**
 * One page of doctors. The conditions that are given are put together as text, parameters apart: a condition that is
 * switched off by a null parameter would keep the planner from the right index.
 */
export function searchDoctors(on: Queryable, query: SearchQuery): Promise<DoctorRow[]> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions: string[] = [];
  for (const spellings of query.words)
    conditions.push(
      `(${spellings.map((word) => `r.text like ${bind(`%${escapeLike(word)}%`)}`).join(' or ')})`,
    );
  if (query.specialization !== null)
    conditions.push(`exists (select from doctor_specializations ds join specializations s on s.id = ds.specialization_id
                             where ds.doctor_id = r.doctor_id and s.code = ${bind(query.specialization)})`);
  const place = (['division', 'district', 'thana'] as const).flatMap((part) =>
    query[part] === null ? [] : [`c.${part} = ${bind(query[part])}`],
  );
  if (place.length > 0)
    conditions.push(`exists (select from visit_types v join chambers c on c.id = v.chamber_id
                             where v.doctor_id = r.doctor_id and v.ended_at is null and ${place.join(' and ')})`);
  if (query.gender !== null)
    conditions.push(
      `exists (select from doctors d where d.user_id = r.doctor_id and d.gender = ${bind(query.gender)})`,
    );
  if (query.maxFee !== null) conditions.push(`r.fee <= ${bind(query.maxFee)}::numeric`);
  if (query.availableBefore !== null)
    conditions.push(`r.next_available < ${instantOf(bind(query.availableBefore))}`);
  if (query.after) conditions.push(afterCondition(query.sort, query.after, bind));
  const where = conditions.length === 0 ? '' : `where ${conditions.join('\n and ')}`;
  const order = query.sort === 'fee' ? 'r.fee, r.doctor_id' : 'r.next_available nulls last, r.doctor_id';
  // The page is chosen first, so that the doctors' standing is read for its rows alone.
  const text = `
    select ${doctorColumns}
    from (select r.doctor_id, r.card, r.fee, r.next_available, r.next_time_zone, r.fresh_until from doctor_search r
          ${where} order by ${order} limit ${bind(query.limit)}) r
      join doctors d on d.user_id = r.doctor_id and d.approval = 'approved'
      join users u on u.id = r.doctor_id and u.status = 'active'
    order by ${order}`;
  return run<DoctorRow>(
    on,
    conditions.length <= mostNamed && query.words.length === 0 ? named(text) : { text },
    values,
  );
}

/**
 * For each word the spellings among doctors' words that resemble it most; null when one resembles none. A wrong letter
 * in a name of six leaves a similarity near a half (nushrat, nusrat: 0.50; rafikul, rafiqul: 0.45).
 */
export async function findSpellings(pool: pg.Pool, words: string[]): Promise<string[][] | null> {
  const rows = await run<{ spellings: string[] | null }>(pool, spellingsAlike, [words]);
  const found = rows.map(({ spellings }) => spellings ?? []);
  return found.every((spellings) => spellings.length > 0) ? found : null;
}

const spellingsAlike: Statement = {
  name: 'spellings-alike',
  text: `
    select (select array_agg(word) from (
              select word from search_words where word % asked.word order by similarity(word, asked.word) desc, word limit 3
            ) alike) as spellings
    from unnest($1::text[]) with ordinality as asked (word, position) order by position`,
};

// Filters combine into thousands of texts, and a connection keeps what it has prepared; so only the plainest questions,
// some hundred texts, have a name. Words never: a plan that does not know them reads all doctors for the rarest.
const mostNamed = 2;

const named = (text: string): Statement => ({
  name: `search ${createHash('sha1').update(text).digest('base64url')}`,
  text,
});

function afterCondition(
  sort: SearchQuery['sort'],
  { value, id }: { value: number | null; id: number },
  bind: (value: unknown) => string,
): string {
  if (sort === 'fee') return `(r.fee, r.doctor_id) > (${bind(value)}::numeric, ${bind(id)}::int)`;
  if (value === null) return `r.next_available is null and r.doctor_id > ${bind(id)}::int`;
  return `((r.next_available, r.doctor_id) > (${instantOf(bind(value))}, ${bind(id)}::int) or r.next_available is null)`;
}

const escapeLike = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

const byIds: Statement = {
  name: 'search-rows-by-id',
  text: `select ${doctorColumns} from ${doctorTables} where r.doctor_id = any ($1::int[])`,
};

export const findDoctors = (pool: pg.Pool, ids: number[]): Promise<DoctorRow[]> =>
  run<DoctorRow>(pool, byIds, [ids]);

export type ProfileRow = DoctorRow & {
  aboutEn: string | null;
  aboutBn: string | null;
  needsApproval: boolean;
  chambers:
    | {
        id: number;
        name: string;
        nameBn: string | null;
        address: string;
        addressBn: string | null;
        phone: string | null;
        division: string;
        district: string;
        thana: string | null;
        timeZone: string;
        visitTypes: {
          id: number;
          kind: 'new' | 'follow_up' | 'report';
          minutes: number;
          fee: { amount: string; currency: string };
          windowDays: number | null;
        }[];
        hours: { weekday: number; from: string; to: string; mode: 'timed' | 'serial' }[];
      }[]
    | null;
};

const profile: Statement = {
  name: 'doctor-profile',
  text: `
    select ${doctorColumns}, d.about_en as "aboutEn", d.about_bn as "aboutBn",
      coalesce((select needs_approval from doctor_settings where doctor_id = d.user_id), false) as "needsApproval",
      (select json_agg(chamber) from (
         select c.id, c.name, c.name_bn as "nameBn", c.address, c.address_bn as "addressBn", c.phone, c.division,
           c.district, c.thana, c.time_zone as "timeZone",
           json_agg(json_build_object('id', v.id, 'kind', v.kind, 'minutes', v.minutes,
                    'fee', json_build_object('amount', v.fee::text, 'currency', 'BDT'),
                    'windowDays', v.window_days) order by v.id) as "visitTypes",
           (select coalesce(json_agg(json_build_object('weekday', s.weekday, 'from', to_char(s.from_time, 'HH24:MI'),
                     'to', to_char(s.to_time, 'HH24:MI'), 'mode', s.mode) order by s.weekday, s.from_time), '[]')
              from schedules s
              where s.doctor_id = d.user_id and s.chamber_id = c.id and s.ended_at is null
                and s.valid_from is null and s.valid_until is null) as hours
         from visit_types v join chambers c on c.id = v.chamber_id
         where v.doctor_id = d.user_id and v.ended_at is null
         group by c.id order by min(v.id)) chamber) as chambers
    from ${doctorTables}
    where case when $1 ~ '^[0-9]{1,10}$' then r.doctor_id = $1::bigint else d.slug = $1 end`,
};

/** By id or slug; null when there is no such doctor or they cannot be booked. */
export async function findProfile(pool: pg.Pool, idOrSlug: number | string): Promise<ProfileRow | null> {
  const [row] = await run<ProfileRow>(pool, profile, [String(idOrSlug)]);
  return row ?? null;
}
