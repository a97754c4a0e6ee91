import type { Language } from '../../contract/wording.ts';
import { run, type Statement, type Tx } from '../../platform/database.ts';
import type { InstantRange } from '../../platform/instant-range.ts';
import { supersedingSteps, type QuietHours, type Reader, type Step } from './policy.ts';

/** What is to be told of one version of an appointment, to whom, as it stands now. */
export type Situation = Step &
  Reader & {
    /** By the database's clock. */
    now: Temporal.Instant;
    /** A later step has made whatever this one would say untrue. */
    superseded: boolean;
    period: InstantRange;
    zone: string;
    language: Language;
    /** Undefined: the site's own. */
    quiet: QuietHours | undefined;
    reminderMinutes: number[];
  };

/** Null when there is no such step, or nobody who would come. */
export async function findSituation(
  tx: Tx,
  { appointmentId, version }: { appointmentId: number; version: number },
): Promise<Situation | null> {
  const [row] = await run<Situation & QuietRow>(tx, situation, [appointmentId, version, supersedingSteps]);
  return row ? withQuiet(row) : null;
}

type QuietRow = { quietSet: boolean; quietNow: QuietHours };

const withQuiet = <Row extends QuietRow>(row: Row): Row & { quiet: QuietHours | undefined } => ({
  ...row,
  quiet: row.quietSet ? row.quietNow : undefined,
});

const choicesOf = (user: string): string => `
  coalesce((select json_agg(json_build_object('kind', n.kind, 'channel', n.channel, 'wanted', n.wanted))
            from notification_choices n where n.user_id = ${user}), '[]') as choices`;

/** Of quiet_hours q. */
const quietColumns = `
  q.user_id is not null as "quietSet",
  case when q.from_time is not null
       then json_build_object('from', to_char(q.from_time, 'HH24:MI'), 'until', to_char(q.until_time, 'HH24:MI'))
  end as "quietNow"`;

// Whoever has no account goes on reading the language they were first told in: that in which they confirmed their number.
const situation: Statement = {
  name: 'message-situation',
  text: `
    select now() as now, h.step, h.from_status as "from", h.to_status as "to", a.period, a.time_zone as zone,
      a.deposit is not null as deposit, coalesce(actor.user_type <> 'patient', false) as "byStaff",
      exists (select from appointment_history later
              where later.appointment_id = a.id and later.version > h.version and later.step = any ($3)) as superseded,
      p.user_id as "userId", coalesce(u.email, p.email) as email, coalesce(u.mobile, p.mobile) as mobile,
      coalesce(u.language, (select m.language from messages m where m.appointment_id = a.id order by m.id limit 1),
        (select v.language from verification_codes v where v.destination in (p.mobile, p.email)
           order by v.created_at desc limit 1), 'bn') as language,
      ${choicesOf('p.user_id')}, ${quietColumns},
      c.reminder_minutes as "reminderMinutes"
    from appointments a
      join appointment_history h on h.appointment_id = a.id and h.version = $2
      join chambers c on c.id = a.chamber_id
      join patients p on p.id = a.patient_id
      left join users u on u.id = p.user_id
      left join users actor on actor.id = h.by_user
      left join quiet_hours q on q.user_id = p.user_id
    where a.id = $1`,
};

/** The doctor whose report it is. */
export type ReportSituation = Reader & Pick<Situation, 'now' | 'zone' | 'language' | 'quiet'>;

export async function findReportSituation(tx: Tx, reportId: number): Promise<ReportSituation | null> {
  const [row] = await run<ReportSituation & QuietRow>(tx, reportSituation, [reportId]);
  return row ? withQuiet(row) : null;
}

// Of the doctor's chambers that of the month's last visit tells when it is night.
const reportSituation: Statement = {
  name: 'report-situation',
  text: `
    select now() as now, u.id as "userId", u.email, u.mobile, u.language, ${choicesOf('u.id')}, ${quietColumns},
      coalesce((select c.time_zone from appointments a join chambers c on c.id = a.chamber_id
                where a.id = r.row_ids[cardinality(r.row_ids)]),
               (select c.time_zone from chambers c order by c.id limit 1)) as zone
    from monthly_reports r join users u on u.id = r.doctor_id left join quiet_hours q on q.user_id = u.id
    where r.id = $1`,
};

/** Who was invited, and where that can be told. */
export type InvitationSituation = Pick<Situation, 'now' | 'language' | 'email' | 'mobile'> & {
  userId: number;
};

export async function findInvitationSituation(
  tx: Tx,
  invitationId: number,
): Promise<InvitationSituation | null> {
  const [row] = await run<InvitationSituation>(tx, invitationSituation, [invitationId]);
  return row ?? null;
}

// A code opens an account only by what is proven to be its owner's, or by everything while nothing is.
const invitationSituation: Statement = {
  name: 'invitation-situation',
  text: `
    select now() as now, u.id as "userId", u.language,
      case when u.email_verified_at is not null or u.mobile_verified_at is null then u.email end as email,
      case when u.mobile_verified_at is not null or u.email_verified_at is null then u.mobile end as mobile
    from invitations i join users u on u.id = i.user_id where i.id = $1`,
};

/** Ids of the webhooks that want to know of an event. */
export async function findWebhooks(tx: Tx, event: string): Promise<number[]> {
  const rows = await run<{ id: number }>(tx, webhooksFor, [event]);
  return rows.map(({ id }) => id);
}

const webhooksFor: Statement = {
  name: 'webhooks-for-event',
  text: `select id from webhooks where ended_at is null and $1 = any (events) order by id`,
};

export type Awaited = { appointmentId: number; version: number };

/** Those still to come or waiting in a session. */
export const findAwaited = (tx: Tx, sessionId: number): Promise<Awaited[]> =>
  run<Awaited>(tx, awaited, [sessionId]);

const awaited: Statement = {
  name: 'awaited-of-session',
  text: `select id as "appointmentId", version from appointments
         where session_id = $1 and status in ('confirmed', 'arrived') order by id`,
};
