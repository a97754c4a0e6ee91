import { run } from '../../platform/database.ts';
import { findingsSql, isClean, repeated, sameCode } from '../../platform/imports/queries.ts';
import type { Cells } from '../../platform/imports/read-cells.ts';
import { inParts, type ImportRow, type ImportRules } from '../../platform/imports/rules.ts';

/** Patients without an account, as the desk writes them down. */
export const patientImport: ImportRules = {
  kind: 'patients',
  rowColumns: 'full_name text, mobile text, email text, gender text, birth_year integer',
  prepare: async (_tx, now) => {
    // A year that has begun somewhere on earth.
    const { year } = now.toZonedDateTimeISO('+14:00');
    return (cells) => readPatient(cells, year);
  },
  judge: async (tx, { importId }) => {
    for (const source of [repeatedByMobile, repeatedByEmail, samePatients])
      await run(tx, { text: findingsSql(source) }, [importId]);
  },
  write: async (tx, { importId, lines, by, now, tell }) => {
    for (const part of inParts(lines, writtenAtOnce)) {
      await run(tx, { text: writePatients }, [importId, part.from, part.until, by.userId, now.toString()]);
      await tell(part.until);
    }
  },
  findHindrances: async (tx, { importId, lines }) => {
    await run(tx, { text: findingsSql(hindrances) }, [importId, lines.from, lines.until]);
  },
  remove: async (tx, { importId, lines, tell }) => {
    for (const part of inParts(lines, removedAtOnce)) {
      await run(tx, { text: removePatients }, [importId, part.from, part.until]);
      await tell(part.until);
    }
  },
};

// A statement of one to three seconds, in which nobody can end the work.
export const writtenAtOnce = 10_000;
// Each row is looked for in every table that could name it.
export const removedAtOnce = 1_000;

const genders = {
  female: ['f', 'woman', 'নারী', 'মহিলা'],
  male: ['m', 'man', 'পুরুষ'],
  other: ['o', 'অন্যান্য'],
};

function readPatient(cells: Cells, latestYear: number): ImportRow {
  cells.need('full_name');
  if (cells.cell('mobile') === '' && cells.cell('email') === '') cells.refuse('mobile', 'no_contact');
  return {
    full_name: cells.text('full_name', 100),
    mobile: cells.mobile('mobile'),
    email: cells.email('email'),
    gender: cells.choice('gender', genders),
    birth_year: cells.year('birth_year', latestYear),
  };
}

// Several people share a mobile or an e-mail; those of one name are one person, with an account or without.
const repeatedByMobile = repeated('mobile, lower(full_name)', 'full_name', 'full_name');
const repeatedByEmail = repeated('email, lower(full_name)', 'full_name', 'full_name');

const samePatients = `
  select line, 'full_name', ${sameCode}, full_name, '{}'::jsonb
  from (
    select r.line, r.full_name from import_rows r
    join patients p on p.mobile = r.mobile and lower(p.full_name) = lower(r.full_name)
    union
    select r.line, r.full_name from import_rows r
    join patients p on p.email = r.email and lower(p.full_name) = lower(r.full_name)
    union
    select r.line, r.full_name from import_rows r
    join users u on u.mobile = r.mobile
    join patients p on p.user_id = u.id and lower(p.full_name) = lower(r.full_name)
    union
    select r.line, r.full_name from import_rows r
    join users u on u.email = r.email
    join patients p on p.user_id = u.id and lower(p.full_name) = lower(r.full_name)
  ) as known`;

const writePatients = `
  with made as (
    insert into patients (full_name, mobile, email, gender, birth_year, created_by, created_at)
    select r.full_name, r.mobile, r.email, r.gender, r.birth_year, $4::int, $5::timestamptz
    from import_rows r where r.line between $2::int and $3::int and ${isClean} order by r.line
    returning id, full_name, mobile, email
  )
  insert into import_made (import_id, line, patient_id)
  select $1, r.line, m.id
  from made m
  join import_rows r on r.full_name = m.full_name and coalesce(r.mobile, '') = coalesce(m.mobile, '')
    and coalesce(r.email, '') = coalesce(m.email, '')
  where r.line between $2::int and $3::int`;

const hindrances = `
  select m.line, 'full_name', hindrance.code, p.full_name, '{}'::jsonb
  from import_made m
  join patients p on p.id = m.patient_id
  cross join lateral (
    select 'has_appointments' as code where exists (select from appointments a where a.patient_id = p.id)
    union all
    select 'has_waited' where exists (select from waitlist_entries w where w.patient_id = p.id)
  ) as hindrance
  where m.import_id = $1 and m.line between $2 and $3`;

const removePatients = `
  with gone as (
    delete from import_made where import_id = $1 and line between $2 and $3 returning patient_id
  )
  delete from patients p using gone where p.id = gone.patient_id`;
