import { sql } from 'kysely';
import { run, type Tx } from '../../platform/database.ts';
import { findingsSql } from '../../platform/imports/queries.ts';
import type { ImportRules, WriteOrder } from '../../platform/imports/rules.ts';
import { changeCalendarWithin } from '../calendar/change-calendar.ts';
import { endHours } from '../schedules/write-hours.ts';
import { judgeSchedules } from './judge-schedules.ts';
import { findDoctorRows, findDoctors } from './queries.ts';
import { prepareSchedules, scheduleRowColumns } from './read-schedule.ts';
import { atOnce, setImportedHours, type Made } from './set-imported-hours.ts';

/** Weekly hours of doctors in chambers, with the fees of visits there: each doctor's are one change of their calendar. */
export const scheduleImport: ImportRules = {
  kind: 'schedules',
  rowColumns: scheduleRowColumns,
  prepare: prepareSchedules,
  judge: judgeSchedules,
  write: writeSchedules,
  findHindrances: async (tx, { importId, lines }) => {
    await run(tx, { text: findingsSql(hindrances) }, [importId, lines.from, lines.until]);
  },
  remove: endImportedHours,
};

/** Doctor by doctor, wherever in the file their rows stand. */
async function writeSchedules(tx: Tx, { importId, by, now, tell }: WriteOrder): Promise<void> {
  let written = 0;
  for (const doctorIds of atOnce(await findDoctors(tx))) {
    const doctors = await findDoctorRows(tx, { importId, doctorIds });
    if (doctors.length === 0) continue;
    const made: Made[] = await setImportedHours(tx, doctors, by, now);
    await run(tx, { text: addMade }, [importId, JSON.stringify(made)]);
    written += doctors.reduce((sum, { rows }) => sum + rows.length, 0);
    await tell(written);
  }
}

/** As hours and fees always end: what was seen there keeps them. */
async function endImportedHours(tx: Tx, { importId, by, now, tell }: WriteOrder): Promise<void> {
  const rows = await run<{
    doctorId: number;
    scheduleIds: number[];
    visitTypeIds: number[];
    lines: number;
  }>(tx, { text: findMade }, [importId]);
  let ended = 0;
  for (const some of atOnce(rows)) {
    const scope = { doctorIds: some.map(({ doctorId }) => doctorId) };
    const change = { scope, by, why: 'The weekly hours ended.', now, query: {} };
    await changeCalendarWithin(tx, change, async () => {
      const of = some.flatMap(({ scheduleIds }) => scheduleIds);
      await endHours(tx, of, now);
      await sql`
        update visit_types set ended_at = ${now.toString()}
        where id = any (${some.flatMap(({ visitTypeIds }) => visitTypeIds)}) and ended_at is null`.execute(
        tx,
      );
    });
    ended += some.reduce((sum, { lines }) => sum + lines, 0);
    await tell(ended);
  }
}

const addMade = `
  insert into import_made_hours (import_id, line, schedule_id, visit_type_id)
  select $1, line, "scheduleId", "visitTypeId"
  from jsonb_to_recordset($2::jsonb) as made (line integer, "scheduleId" integer, "visitTypeId" integer)`;

// Asked row by row: statistics that were taken while the import wrote say that there is nothing, and a join by them compares
// everything with everything.
const doctorOf = `coalesce(
    (select s.doctor_id from schedules s where s.id = m.schedule_id),
    (select v.doctor_id from visit_types v where v.id = m.visit_type_id))`;

const findMade = `
  select ${doctorOf} as "doctorId",
    coalesce(array_agg(m.schedule_id) filter (where m.schedule_id is not null), '{}') as "scheduleIds",
    coalesce(array_agg(m.visit_type_id) filter (where m.visit_type_id is not null), '{}') as "visitTypeIds",
    count(distinct m.line) as lines
  from import_made_hours m
  where m.import_id = $1
  group by 1 order by 1`;

const hindrances = `
  select m.line, 'from', hindrance.code, hindrance.value, '{}'::jsonb
  from (
    select m.line, m.schedule_id, m.visit_type_id, ${doctorOf} as doctor_id
    from import_made_hours m
    where m.import_id = $1 and m.line between $2 and $3
  ) as m
  cross join lateral (
    select 'has_appointments' as code, to_char(s.from_time, 'HH24:MI') || '–' || to_char(s.to_time, 'HH24:MI') as value
    from schedules s
    where s.id = m.schedule_id and exists (
      select from sessions at join appointments a on a.session_id = at.id and a.doctor_id = at.doctor_id
      where at.schedule_id = s.id and a.status not in ('cancelled', 'no_show', 'expired'))
    union all
    select 'has_appointments', v.kind
    from visit_types v
    where v.id = m.visit_type_id and exists (
      select from appointments a
      where a.doctor_id = v.doctor_id and a.visit_type_id = v.id and a.status not in ('cancelled', 'no_show', 'expired'))
    union all
    select 'has_waited', null
    where exists (
      select from waitlist_entries w
      where w.doctor_id = m.doctor_id and w.status = 'waiting'
        and (w.schedule_id = m.schedule_id or w.visit_type_id = m.visit_type_id))
  ) as hindrance`;
