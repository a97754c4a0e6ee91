import { publishAll } from '../../platform/bus.ts';
import { run, type Tx } from '../../platform/database.ts';
import { findingsSql, isClean, repeated, sameCode } from '../../platform/imports/queries.ts';
import { inParts, type ImportRules, type Lines, type WriteOrder } from '../../platform/imports/rules.ts';
import { unguessableHash } from '../../platform/passwords.ts';
import { latinSlug } from '../accounts/make-slug.ts';
import { removedAtOnce, writtenAtOnce } from './import-patients.ts';
import { doctorColumns, prepareDoctors } from './read-doctor.ts';

/** Doctors with an account that nobody has the password of: they sign in by a code, or set one by the usual reset. */
export const doctorImport: ImportRules = {
  kind: 'doctors',
  rowColumns: doctorColumns,
  prepare: prepareDoctors,
  judge: async (tx, { importId }) => {
    for (const source of judgements) await run(tx, { text: findingsSql(source) }, [importId]);
  },
  write: async (tx, order) => {
    for (const part of inParts(order.lines, writtenAtOnce)) {
      await writeDoctors(tx, part, order);
      await order.tell(part.until);
    }
  },
  findHindrances: async (tx, { importId, lines }) => {
    await run(tx, { text: findingsSql(hindrances) }, [importId, lines.from, lines.until]);
  },
  remove: async (tx, { importId, lines, tell }) => {
    for (const part of inParts(lines, removedAtOnce)) {
      for (const text of removals) await run(tx, { text }, [importId, part.from, part.until]);
      await tell(part.until);
    }
  },
};

const taken = (column: 'email' | 'mobile') => `
  select r.line, '${column}', '${column}_taken', r.${column}, '{}'::jsonb
  from import_rows r join users u on u.${column} = r.${column}
  where u.license_number is distinct from r.license_number`;

const judgements = [
  repeated('license_number', 'license_number', 'license_number'),
  repeated('email', 'email', 'email'),
  repeated('mobile', 'mobile', 'mobile'),
  `select r.line, 'license_number', ${sameCode}, r.license_number, '{}'::jsonb
   from import_rows r join users u on u.license_number = r.license_number`,
  taken('email'),
  taken('mobile'),
];

async function writeDoctors(
  tx: Tx,
  lines: Lines,
  { importId, approval, by, now }: WriteOrder,
): Promise<void> {
  const rows = await run<{ line: number; fullName: string }>(tx, { text: findClean }, [
    importId,
    lines.from,
    lines.until,
  ]);
  if (rows.length === 0) return;
  const hashes = rows.map(({ line }) => ({ line, hash: unguessableHash() }));
  const made = await run<{ id: number; line: number; fullName: string }>(tx, { text: writeUsers }, [
    JSON.stringify(hashes),
    now.toString(),
  ]);
  const slugs = await chooseSlugs(tx, made);
  await run(tx, { text: writeDoctorRows }, [
    JSON.stringify(slugs),
    approval,
    approval === 'approved' ? now.toString() : null,
    approval === 'approved' ? by.userId : null,
  ]);
  await run(tx, { text: writeSpecializations }, [JSON.stringify(slugs)]);
  await run(tx, { text: writeMade }, [importId, JSON.stringify(slugs)]);
  await publishAll(
    tx,
    'doctor.changed',
    made.map(({ id }) => ({ doctorId: id })),
  );
}

type Slug = { id: number; line: number; slug: string };

/** The first free of `salma-akter`, `salma-akter-2` … for each, as registration gives it. */
async function chooseSlugs(
  tx: Tx,
  doctors: readonly { id: number; line: number; fullName: string }[],
): Promise<Slug[]> {
  const wanted = doctors.map(({ id, line, fullName }) => ({
    id,
    line,
    base: latinSlug(fullName) ?? `doctor-${id}`,
  }));
  const rows = await run<{ slug: string }>(tx, { text: findSlugs }, [
    [...new Set(wanted.map(({ base }) => base))],
  ]);
  const used = new Set(rows.map(({ slug }) => slug));
  const next = new Map<string, number>();
  return wanted.map(({ id, line, base }) => {
    let count = next.get(base) ?? 1;
    const nth = () => (count === 1 ? base : `${base}-${count}`);
    while (used.has(nth())) count += 1;
    const slug = nth();
    used.add(slug);
    next.set(base, count);
    return { id, line, slug };
  });
}

const findClean = `
  select r.line, r.full_name as "fullName" from import_rows r
  where r.line between $2 and $3 and ${isClean} order by r.line`;

const writeUsers = `
  with made as (
    insert into users (full_name, email, mobile, password_hash, user_type, division, district, thana, license_number,
                       experience_years, consultation_fee, created_at)
    select r.full_name, r.email, r.mobile, h.hash, 'doctor', r.division, r.district, r.thana, r.license_number,
      r.experience_years, r.consultation_fee, $2::timestamptz
    from jsonb_to_recordset($1::jsonb) as h (line integer, hash text) join import_rows r on r.line = h.line
    order by r.line
    returning id, license_number, full_name
  )
  select m.id, r.line, m.full_name as "fullName"
  from made m join import_rows r on r.license_number = m.license_number order by m.id`;

const findSlugs = `
  select slug from doctors where slug = any ($1::text[]) or regexp_replace(slug, '-[^-]*$', '') = any ($1::text[])`;

const given = (parameter: number) =>
  `jsonb_to_recordset($${parameter}::jsonb) as s (id integer, line integer, slug text)`;

const writeDoctorRows = `
  insert into doctors (user_id, slug, name_bn, gender, qualifications, approval, approval_decided_at,
                       approval_decided_by)
  select s.id, s.slug, r.name_bn, r.gender, r.qualifications, $2::text, $3::timestamptz, $4::int
  from ${given(1)} join import_rows r on r.line = s.line`;

const writeSpecializations = `
  insert into doctor_specializations (doctor_id, specialization_id)
  select s.id, specialization::int
  from ${given(1)} join import_rows r on r.line = s.line,
    jsonb_array_elements_text(r.specializations) as specialization`;

const writeMade = `insert into import_made (import_id, line, doctor_id) select $1, s.line, s.id from ${given(2)}`;

const hindrances = `
  select m.line, 'full_name', hindrance.code, u.full_name, '{}'::jsonb
  from import_made m
  join users u on u.id = m.doctor_id
  cross join lateral (
    select 'has_appointments' as code where exists (select from appointments a where a.doctor_id = u.id)
    union all
    select 'has_waited' where exists (select from waitlist_entries w where w.doctor_id = u.id)
    union all
    select 'has_signed_in'
    where u.email_verified_at is not null or u.mobile_verified_at is not null
      or exists (select from sign_ins i where i.user_id = u.id)
      or exists (select from verification_codes c where c.user_id = u.id)
      or exists (select from invitations n where n.user_id = u.id)
    union all
    select 'has_arrangement'
    where exists (select from visit_types v where v.doctor_id = u.id)
      or exists (select from schedules s where s.doctor_id = u.id)
      or exists (select from exceptions e where e.doctor_id = u.id)
      or exists (select from doctor_settings d where d.doctor_id = u.id)
    union all
    select 'has_staff' where exists (select from assistant_attachments t where t.doctor_id = u.id)
  ) as hindrance
  where m.import_id = $1 and m.line between $2 and $3`;

const ofLines = `in (select doctor_id from import_made where import_id = $1 and line between $2 and $3)`;

// Each removed doctor takes their row of import_made along.
const removals = [
  `delete from doctor_search where doctor_id ${ofLines}`,
  `delete from doctor_specializations where doctor_id ${ofLines}`,
  `with gone as (
     delete from doctors where user_id ${ofLines} returning user_id
   )
   delete from users u using gone where u.id = gone.user_id`,
];
