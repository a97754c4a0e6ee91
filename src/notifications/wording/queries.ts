import type { Appointment } from '../../contract/appointments.ts';
import { messageChannel, messageKind, type Wording } from '../../contract/messages.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { InstantRange } from '../../platform/instant-range.ts';
import { usualWording, type Template } from './policy.ts';

/** What can be said of an appointment, as it stands now. */
export type VisitFacts = {
  appointmentId: number;
  version: number;
  /** As calendars say it. */
  standing: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  period: InstantRange;
  serial: number | null;
  zone: string;
  expires: Temporal.Instant | null;
  /** Decimal; null: the place waits for none. */
  deposit: string | null;
  currency: string;
  /** Whose turn on the waitlist it is, while the place is only offered. */
  entryId: number | null;
  patient: string;
  doctor: Pick<Appointment['doctor'], 'fullName' | 'nameBn'>;
  chamber: Pick<Appointment['chamber'], 'fullName' | 'nameBn' | 'address' | 'addressBn' | 'phone'>;
  /** The place before the version that is spoken of; null: there was none. */
  oldPeriod: InstantRange | null;
  oldSerial: number | null;
};

/** As one of its versions is spoken of; the latest when none is named. */
export async function findVisitFacts(
  on: Queryable,
  { appointmentId, version }: { appointmentId: number; version?: number },
): Promise<VisitFacts | null> {
  const [row] = await run<VisitFacts>(on, visitFacts, [appointmentId, version ?? null]);
  return row ?? null;
}

const visitFacts: Statement = {
  name: 'visit-facts',
  text: `
    select a.id as "appointmentId", a.version,
      case when a.status in ('cancelled', 'expired') then 'CANCELLED' when a.status in ('held', 'pending') then 'TENTATIVE'
           else 'CONFIRMED' end as standing, a.period, a.serial,
      a.time_zone as zone, coalesce(a.offered_until, a.expires_at) as expires, a.deposit::text as deposit, a.currency, a.offered_to as "entryId", p.full_name as patient,
      json_build_object('fullName', u.full_name, 'nameBn', d.name_bn) as doctor,
      json_build_object('fullName', c.name, 'nameBn', c.name_bn, 'address', c.address, 'addressBn', c.address_bn,
                        'phone', c.phone) as chamber,
      old.period as "oldPeriod", old.serial as "oldSerial"
    from appointments a
      join patients p on p.id = a.patient_id
      join doctors d on d.user_id = a.doctor_id
      join users u on u.id = a.doctor_id
      join chambers c on c.id = a.chamber_id
      left join lateral (
        select h.period, h.serial from appointment_history h
        where h.appointment_id = a.id and h.version < coalesce($2::int, a.version) and h.period is not null
        order by h.version desc limit 1) old on true
    where a.id = $1`,
};

/** The appointment a preview speaks of when none is named. */
export async function findLatestVisit(on: Queryable): Promise<VisitFacts | null> {
  const [latest] = await run<{ id: number }>(on, latestVisit, []);
  return latest ? findVisitFacts(on, { appointmentId: latest.id }) : null;
}

const latestVisit: Statement = {
  name: 'latest-visit',
  text: `select id from appointments where patient_id is not null and status = 'confirmed'
         order by id desc limit 1`,
};

/** Whose month a report is of. */
export type ReportFacts = { doctor: VisitFacts['doctor']; year: number; month: number };

/** Of one, or of the latest when none is named. */
export async function findReportFacts(on: Queryable, reportId: number | null): Promise<ReportFacts | null> {
  const [row] = await run<ReportFacts>(on, reportFacts, [reportId]);
  return row ?? null;
}

const reportFacts: Statement = {
  name: 'report-facts',
  text: `
    select r.year, r.month, json_build_object('fullName', u.full_name, 'nameBn', d.name_bn) as doctor
    from monthly_reports r join users u on u.id = r.doctor_id join doctors d on d.user_id = r.doctor_id
    where r.id = coalesce($1::int, (select max(latest.id) from monthly_reports latest))`,
};

/** Whose account it is. */
export type InvitationFacts = { name: string };

/** Null when they may not use it any more. */
export async function findInvitationFacts(
  on: Queryable,
  invitationId: number,
): Promise<InvitationFacts | null> {
  const [row] = await run<InvitationFacts>(on, invitationFacts, [invitationId]);
  return row ?? null;
}

const invitationFacts: Statement = {
  name: 'invitation-facts',
  text: `select u.full_name as name from invitations i join users u on u.id = i.user_id
         where i.id = $1 and u.status = 'active'`,
};

export type SealedCode = { sealed: Buffer; minutes: number };

/** A code that still waits to be sent. */
export async function findCode(on: Queryable, codeId: string): Promise<SealedCode | null> {
  const [row] = await run<SealedCode>(on, sealedCode, [codeId]);
  return row ?? null;
}

const sealedCode: Statement = {
  name: 'sealed-code',
  text: `select sealed, round(extract(epoch from expires_at - created_at) / 60)::int as minutes
         from verification_codes where id = $1 and sealed is not null and used_at is null`,
};

/** What has happened to an appointment, for another program. */
export type EventFacts = {
  appointmentId: number;
  version: number;
  step: string;
  status: string;
  period: InstantRange | null;
  serial: number | null;
  doctorId: number;
  chamberId: number;
  zone: string;
  at: Temporal.Instant;
};

export async function findEventFacts(
  on: Queryable,
  { appointmentId, version }: { appointmentId: number; version: number },
): Promise<EventFacts | null> {
  const [row] = await run<EventFacts>(on, eventFacts, [appointmentId, version]);
  return row ?? null;
}

const eventFacts: Statement = {
  name: 'event-facts',
  text: `
    select a.id as "appointmentId", h.version, h.step, h.to_status as status, h.period, h.serial,
      a.doctor_id as "doctorId", a.chamber_id as "chamberId", a.time_zone as zone, h.at
    from appointment_history h join appointments a on a.id = h.appointment_id
    where h.appointment_id = $1 and h.version = $2`,
};

/** The wording in use: the one that was set here, else the one that Shomoy brings along. */
export async function findWording(on: Queryable, which: Template): Promise<Wording> {
  const [changed] = await run<Wording>(on, wordingOf, [which.kind, which.channel, which.language]);
  return changed ?? usualWording(which);
}

const wordingOf: Statement = {
  name: 'message-wording',
  text: `select title, text from message_templates where kind = $1 and channel = $2 and language = $3`,
};

export type ChangedWording = Template & Wording & { at: Temporal.Instant; by: string | null };

export const findChangedWordings = (on: Queryable): Promise<ChangedWording[]> =>
  run<ChangedWording>(on, changedWordings, []);

const changedWordings: Statement = {
  name: 'changed-wordings',
  text: `select t.kind, t.channel, t.language, t.title, t.text, t.updated_at as at, u.full_name as by
         from message_templates t left join users u on u.id = t.updated_by`,
};

/** Every template there is, in the order of a list. */
export const allTemplates: readonly Template[] = messageKind.options.flatMap((kind) =>
  messageChannel.options.flatMap((channel) =>
    (['bn', 'en'] as const).flatMap((language) =>
      usualWording({ kind, channel, language }).text === '' ? [] : [{ kind, channel, language }],
    ),
  ),
);
