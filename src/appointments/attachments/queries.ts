import type pg from 'pg';
import { mostDesks, type DeskChamber } from '../../contract/attachments.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { run, type Database, type Queryable, type Statement, type Tx } from '../../platform/database.ts';

/** SQL: whether an assistant runs the desk of a doctor in a chamber; the parameters are SQL expressions. */
export const runsDesk = (actor: string, doctor: string, chamber: string): string => `
  exists (select from assistant_attachments t
          where t.assistant_id = ${actor} and t.chamber_id = ${chamber}
            and (t.doctor_id is null or t.doctor_id = ${doctor}))`;

/** Whether somebody acts for a doctor in a chamber: the doctor, assistants attached there, administrators. */
export async function isStaffFor(
  on: Queryable,
  { userId, userType }: Pick<Actor, 'userId' | 'userType'>,
  { doctorId, chamberId }: { doctorId: number; chamberId: number },
): Promise<boolean> {
  if (userType === 'admin') return true;
  if (userType === 'doctor') return userId === doctorId;
  if (userType === 'patient') return false;
  const [row] = await run<{ staff: boolean }>(on, deskOf, [userId, doctorId, chamberId]);
  return row?.staff ?? false;
}

const deskOf: Statement = {
  name: 'desk-of-assistant',
  text: `select ${runsDesk('$1::int', '$2::int', '$3::int')} as staff`,
};

/** SQL: who works where, by a fee or by hours, as doctor_id and chamber_id; `scope` is a condition on w. */
const works = (scope: string): string => `
  select w.doctor_id, w.chamber_id from visit_types w where w.ended_at is null and ${scope}
  union
  select w.doctor_id, w.chamber_id from schedules w where w.ended_at is null and ${scope}`;

/** Whether a doctor has a fee or hours in a chamber. */
export async function worksThere(
  on: Queryable,
  { doctorId, chamberId }: { doctorId: number; chamberId: number },
): Promise<boolean> {
  const [row] = await run<{ there: boolean }>(on, workOf, [doctorId, chamberId]);
  return row?.there ?? false;
}

const workOf: Statement = {
  name: 'work-of-doctor',
  text: `select exists (${works('w.doctor_id = $1::int and w.chamber_id = $2::int')}) as there`,
};

/** Whether an assistant runs the desk of a doctor in some chamber; false for everybody who is no assistant. */
export async function isAttachedTo(
  pool: pg.Pool,
  { userId, userType }: Pick<Actor, 'userId' | 'userType'>,
  doctorId: number,
): Promise<boolean> {
  if (userType !== 'assistant') return false;
  const [row] = await run<{ attached: boolean }>(pool, anyDeskOf, [userId, doctorId]);
  return row?.attached ?? false;
}

const anyDeskOf: Statement = {
  name: 'any-desk-of-assistant',
  text: `
    select exists (
      select from assistant_attachments t
      where t.assistant_id = $1::int
        and (t.doctor_id = $2::int
          or (t.doctor_id is null and t.chamber_id in (
                select chamber_id from (${works('w.doctor_id = $2::int')}) there)))) as attached`,
};

export async function isAssistant(on: Database | Tx, userId: number): Promise<boolean> {
  const user = await on
    .selectFrom('users')
    .select('id')
    .where('id', '=', userId)
    .where('user_type', '=', 'assistant')
    .executeTakeFirst();
  return user !== undefined;
}

const attachments = (on: Database | Tx) =>
  on
    .selectFrom('assistant_attachments as t')
    .innerJoin('chambers as c', 'c.id', 't.chamber_id')
    .leftJoin('users as u', 'u.id', 't.doctor_id')
    .leftJoin('doctors as d', 'd.user_id', 't.doctor_id')
    .select([
      't.id',
      't.assistant_id',
      't.chamber_id',
      'c.name as chamber_name',
      'c.name_bn as chamber_name_bn',
      't.doctor_id',
      'u.full_name as doctor_name',
      'd.name_bn as doctor_name_bn',
    ]);
export type AttachmentRow = Awaited<ReturnType<typeof findAttachment>>;

/** Of one assistant, by id, from `after` on. */
export const findAttachments = (
  db: Database,
  { assistantId, after, limit }: { assistantId: number; after: number; limit: number },
): Promise<AttachmentRow[]> =>
  attachments(db)
    .where('t.assistant_id', '=', assistantId)
    .where('t.id', '>', after)
    .orderBy('t.id')
    .limit(limit)
    .execute();

export const findAttachment = (tx: Tx, id: number) =>
  attachments(tx).where('t.id', '=', id).executeTakeFirstOrThrow();

/** The open chambers whose desk somebody runs, with the doctors there, by name; as many as `mostDesks` says. */
export async function findDesk(
  pool: pg.Pool,
  { userId, userType }: Pick<Actor, 'userId' | 'userType'>,
  { doctorId, chamberId }: { doctorId?: number; chamberId?: number },
): Promise<DeskChamber[]> {
  if (userType === 'patient') return [];
  return run<DeskChamber>(pool, deskStatements[userType], [userId, doctorId ?? null, chamberId ?? null]);
}

const asked = '($2::int is null or w.doctor_id = $2) and ($3::int is null or w.chamber_id = $3)';

const deskStatement = (userType: string, desks: string): Statement => ({
  name: `desks-of-${userType}`,
  text: `
    with desks as (${desks})
    select c.id, c.name as "fullName", c.name_bn as "nameBn", c.address, c.address_bn as "addressBn",
      c.time_zone as "timeZone",
      (select json_agg(doctor) from (
         select d.user_id as id, u.full_name as "fullName", d.name_bn as "nameBn", d.slug,
           (select coalesce(json_agg(json_build_object('id', v.id, 'kind', v.kind, 'minutes', v.minutes,
                     'fee', json_build_object('amount', v.fee::text, 'currency', 'BDT'),
                     'windowDays', v.window_days) order by v.id), '[]')
              from visit_types v
              where v.doctor_id = d.user_id and v.chamber_id = c.id and v.ended_at is null) as "visitTypes"
         from desks k join doctors d on d.user_id = k.doctor_id join users u on u.id = d.user_id
         where k.chamber_id = c.id
         order by u.full_name, d.user_id limit ${mostDesks.doctors}) doctor) as doctors
    from chambers c
    where c.ended_at is null and c.id in (select chamber_id from desks)
    order by c.name, c.id limit ${mostDesks.chambers}`,
});

const deskStatements = {
  // $1 is the same for every kind of caller, and PostgreSQL must learn its type.
  admin: deskStatement('admin', works(`$1::int is not null and ${asked}`)),
  doctor: deskStatement('doctor', works(`w.doctor_id = $1::int and ${asked}`)),
  // A doctor whom the assistant is attached to by name stays at their desk without a fee or hours: visits may be to come.
  assistant: deskStatement(
    'assistant',
    `${works(`w.chamber_id in (select chamber_id from assistant_attachments where assistant_id = $1::int)
       and ${runsDesk('$1::int', 'w.doctor_id', 'w.chamber_id')} and ${asked}`)}
     union
     select w.doctor_id, w.chamber_id from assistant_attachments w
     where w.assistant_id = $1::int and w.doctor_id is not null and ${asked}`,
  ),
};
