import { instantOf } from '../../platform/instant-range.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import { epochOf } from '../availability/queries.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import type { VisitRow } from '../booking/present.ts';

/** A held place, with whose it is. */
export type HoldRow = VisitRow & {
  id: number;
  /** Null: for nobody yet; else whom the waitlist offers it. */
  patientId: number | null;
  heldBy: number | null;
  sessionKey: string;
  expires: number | null;
};

/** Null: there is no such hold, it was given back, or it is a booking by now. */
export async function findHold(on: Queryable, id: number): Promise<HoldRow | null> {
  const [row] = await run<HoldRow>(on, holdById, [id]);
  return row ?? null;
}

/** The place that is offered to somebody on the waitlist. Null: there is none now. */
export async function findOffer(
  on: Queryable,
  { entryId, now }: { entryId: number; now: EpochMs },
): Promise<HoldRow | null> {
  const [row] = await run<HoldRow>(on, offerOfEntry, [entryId, now]);
  return row ?? null;
}

const heldWhere = (condition: string): string => `
    select a.id, a.patient_id as "patientId", a.booked_by as "heldBy", s.schedule_id || '.' || s.date::text as "sessionKey", ${epochOf('a.expires_at')} as expires, s.mode,
      ${epochOf('lower(a.period)')} as starts, ${epochOf('upper(a.period)')} as ends, a.time_zone as "timeZone",
      a.serial, a.fee::text as fee, a.currency, a.visit_type_id as "visitTypeId", v.kind as "visitKind",
      json_build_object('id', d.user_id, 'fullName', u.full_name, 'nameBn', d.name_bn, 'slug', d.slug) as doctor,
      json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn, 'address', c.address,
                        'addressBn', c.address_bn, 'phone', c.phone) as chamber
    from appointments a
      join sessions s on s.id = a.session_id
      join visit_types v on v.id = a.visit_type_id
      join doctors d on d.user_id = a.doctor_id
      join users u on u.id = a.doctor_id
      join chambers c on c.id = a.chamber_id
    where ${condition}`;

const holdById: Statement = {
  name: 'hold-by-id',
  text: heldWhere(`a.id = $1 and a.patient_id is null and a.status in ('held', 'expired')`),
};

const offerOfEntry: Statement = {
  name: 'offer-of-entry',
  text: heldWhere(`a.offered_to = $1 and a.status = 'held' and a.offered_until > ${instantOf('$2')}`),
};
