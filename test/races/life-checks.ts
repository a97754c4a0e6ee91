import type { TestApp } from '../harness/app.ts';
import type { Told } from './crowd.ts';

type Overlaps = { doctor: number; patient: number; serial: number };

/** Pairs of live claims that must not be, found by plain comparisons instead of what the constraints are made of. */
export async function overlaps({ deps: { pool } }: TestApp): Promise<Overlaps> {
  const { rows } = await pool.query<Overlaps>(`
    with lives as materialized (
      select id, doctor_id, patient_id, session_id, serial, overbook_reason is null as counted,
        lower(occupied) as busy_from, upper(occupied) as busy_until, lower(period) as starts, upper(period) as ends
      from appointments where status in ('held', 'pending', 'confirmed', 'arrived', 'in_consultation', 'completed')
    )
    select
      count(*) filter (where a.doctor_id = b.doctor_id and a.counted and b.counted
                         and a.busy_from < b.busy_until and b.busy_from < a.busy_until) as doctor,
      count(*) filter (where a.patient_id = b.patient_id and a.starts < b.ends and b.starts < a.ends) as patient,
      count(*) filter (where a.session_id = b.session_id and a.serial = b.serial) as serial
    from lives a join lives b on a.id < b.id and (a.doctor_id = b.doctor_id or a.patient_id = b.patient_id)`);
  const [found] = rows;
  if (!found) throw new Error('a count answers one row');
  return found;
}

/** Appointments whose history, replayed from its first row, does not lead to what they are now. */
export async function unreplayable({ deps: { pool } }: TestApp): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(`
    with steps as (
      select h.*, lag(to_status) over life as before, row_number() over life as place_in_line
      from appointment_history h window life as (partition by appointment_id order by version)
    ), lives as (
      select appointment_id, max(version) as last,
        bool_and(version = place_in_line and from_status is not distinct from before
                 and (from_status is null or from_status = to_status
                      or exists (select from appointment_moves m
                                 where m.from_status = steps.from_status and m.to_status = steps.to_status))) as sound
      from steps group by appointment_id
    )
    select a.id
    from appointments a
      left join lives on lives.appointment_id = a.id
      left join appointment_history h on h.appointment_id = a.id and h.version = lives.last
    where not coalesce(lives.sound and h.version = a.version and h.to_status = a.status and h.period = a.period
                       and h.serial is not distinct from a.serial, false)
    order by a.id`);
  return rows.map(({ id }) => id);
}

/** Answers that no row of the history bears out. */
export async function unkept({ deps: { pool } }: TestApp, told: readonly Told[]): Promise<unknown[]> {
  const { rows } = await pool.query(
    `select t.*, h.to_status, h.period::text, h.serial as kept_serial
     from jsonb_to_recordset($1::jsonb)
            as t (id bigint, version int, status text, starts timestamptz, ends timestamptz, serial int)
       left join appointment_history h on h.appointment_id = t.id and h.version = t.version
     where not coalesce(h.to_status = t.status and lower(h.period) = t.starts and upper(h.period) = t.ends
                        and h.serial is not distinct from t.serial, false)`,
    [
      JSON.stringify(
        told.map(({ period, ...each }) => ({ ...each, starts: period.start, ends: period.end })),
      ),
    ],
  );
  return rows;
}

/** Rows of the history that somebody was told of: all but what time did. `givenBack`: holds that their holders ended. */
export async function toldSteps({ deps: { pool } }: TestApp): Promise<{ all: number; givenBack: number }> {
  const { rows } = await pool.query<{ all: number; givenBack: number }>(`
    select count(*) filter (where step <> 'expired') as all,
      count(*) filter (where step = 'cancelled' and a.patient_id is null) as "givenBack"
    from appointment_history h join appointments a on a.id = h.appointment_id`);
  return rows[0] ?? { all: 0, givenBack: 0 };
}

/** Most places that one person holds at the moment. */
export async function mostHeld({ deps: { pool }, clock }: TestApp): Promise<number> {
  const { rows } = await pool.query<{ most: number }>(
    `select coalesce(max(held), 0)::int as most
     from (select count(*) as held from appointments
           where status = 'held' and patient_id is null and expires_at > $1 group by booked_by) of_each`,
    [clock.now().toString()],
  );
  return rows[0]?.most ?? 0;
}

/** A database that forgets a row of the history now and then: the planted fault for what is read out of it. */
export async function loseHistory({ deps: { pool } }: TestApp): Promise<void> {
  await pool.query(`
    drop trigger guard_history on appointments;
    create function forget() returns trigger language plpgsql as $$
    begin return case when random() < 0.02 then null else new end; end $$;
    create trigger forget before insert on appointment_history for each row execute function forget()`);
}
