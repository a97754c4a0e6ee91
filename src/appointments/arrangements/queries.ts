import type pg from 'pg';
import { run, type Statement } from '../../platform/database.ts';
import type { Arrangement } from '../../contract/schedules.ts';

/** A doctor's chambers and settings; null when there is no such doctor. */
export async function findArrangement(pool: pg.Pool, doctorId: number): Promise<Arrangement | null> {
  const [arrangement] = await run<Arrangement>(pool, arrangementOfDoctor, [doctorId]);
  return arrangement ?? null;
}

// What has ended still says where in the order a chamber stands: it must not jump when a fee is set anew.
const arrangementOfDoctor: Statement = {
  name: 'arrangement-of-doctor',
  text: `
    select
      json_build_object('id', d.user_id, 'slug', d.slug, 'fullName', u.full_name, 'nameBn', d.name_bn,
                        'bookable', d.approval = 'approved' and u.status = 'active') as doctor,
      coalesce(ds.travel_minutes, 0) as "travelMinutes", coalesce(ds.needs_approval, false) as "needsApproval",
      coalesce((select json_agg(chamber) from (
         select c.id, c.name, c.name_bn as "nameBn", c.address, c.address_bn as "addressBn", c.phone, c.division,
           c.district, c.thana, c.time_zone as "timeZone", coalesce(v.live, '[]') as "visitTypes"
         from chambers c
           left join (
             select chamber_id, min(id) as first,
               json_agg(json_build_object('id', id, 'kind', kind, 'minutes', minutes,
                        'fee', json_build_object('amount', fee::text, 'currency', 'BDT'), 'windowDays', window_days) order by id)
                 filter (where ended_at is null) as live
             from visit_types where doctor_id = d.user_id group by chamber_id) v on v.chamber_id = c.id
           left join (
             select chamber_id, min(id) as first, bool_or(ended_at is null) as live
             from schedules where doctor_id = d.user_id group by chamber_id) s on s.chamber_id = c.id
         where v.live is not null or s.live
         order by v.first, s.first, c.id) chamber), '[]') as chambers
    from doctors d join users u on u.id = d.user_id
      left join doctor_settings ds on ds.doctor_id = d.user_id
    where d.user_id = $1`,
};
