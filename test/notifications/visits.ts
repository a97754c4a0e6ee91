import { expect, vi } from 'vitest';
import { bookAppointment, type Appointment } from '../../src/contract/appointments.ts';
import { listMessages, type LedgerMessage } from '../../src/contract/messages.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn, type Doctor, type Patient } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { aMailServer, anHttpServer } from './capture.ts';

/** The ledger goes by the database's clock, so the app's clock stands at the same time. */
export async function startNow(env: Record<string, string> = {}): Promise<TestApp> {
  const t = await startApp({ QUIET_HOURS: 'none', ...env });
  const { rows } = await t.deps.pool.query<{ now: Temporal.Instant }>('select now() as now');
  t.clock.set((rows[0]?.now ?? t.clock.now()).toString());
  return t;
}

/** The same with a mail server and an SMS gateway, which answers as the test says. */
export async function startReachable(
  env: Record<string, string> = {},
  { smsPath = '', answerSms }: { smsPath?: string; answerSms?: Parameters<typeof anHttpServer>[0] } = {},
) {
  const mail = await aMailServer();
  const sms = await anHttpServer(answerSms);
  const t = await startNow({
    SMTP_URL: mail.url,
    MAIL_FROM: 'desk@shomoy.example',
    SMS_URL: sms.url + smsPath,
    SMS_BODY: '{"to":"{to}","text":"{text}"}',
    ...env,
  });
  const close = async (): Promise<void> => {
    await t.close();
    await mail.close();
    await sms.close();
  };
  return { t, mail, sms, close };
}

export type Reachable = Awaited<ReturnType<typeof startReachable>>;

export type Visit = {
  doctor: Doctor;
  patient: Patient & { accessToken: string };
  appointment: Appointment;
  startsAt: string;
};

/** The wall time of a date so many days from now in Dhaka. */
export function inDays(t: TestApp, days: number, time = '17:00'): { weekday: number; startsAt: string } {
  const day = t.clock.now().toZonedDateTimeISO('Asia/Dhaka').add({ days });
  return { weekday: day.dayOfWeek, startsAt: `${day.toPlainDate().toString()}T${time}:00+06:00` };
}

/** A visit booked by its patient, who can be reached by the ways that are given. */
export async function aVisit(
  t: TestApp,
  given: {
    daysAhead?: number;
    email?: string | null;
    /** Has no phone; then there must be an address. */
    mobile?: null;
    language?: 'bn' | 'en';
    doctor?: Doctor;
    time?: string;
  } = {},
): Promise<Visit> {
  const { weekday, startsAt } = inDays(t, given.daysAhead ?? 5, given.time);
  const doctor =
    given.doctor ??
    (await aDoctor(t, { fullName: 'Salma Akter', hours: [{ weekday, from: '08:00', to: '22:00' }] }));
  const patient = await aPatient(t);
  await t.db
    .updateTable('users')
    .set({
      language: given.language ?? 'en',
      email: given.email === undefined ? `patient${patient.userId}@example.com` : given.email,
      ...(given.mobile === null ? { mobile: null } : {}),
    })
    .where('id', '=', patient.userId)
    .execute();
  const accessToken = await signedIn(t, patient);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const appointment = await t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, startsAt } },
    { accessToken },
  );
  return { doctor, patient: { ...patient, accessToken }, appointment, startsAt };
}

/** What the ledger has about an appointment, oldest first, once every event has been handled. */
export async function ledgerOf(
  t: TestApp,
  appointmentId: number,
  filter: Partial<Pick<LedgerMessage, 'kind' | 'channel' | 'state'>> = {},
): Promise<LedgerMessage[]> {
  await jobsDone(t);
  const accessToken = await signedIn(t, await anAdmin(t));
  const { items } = await t.call(
    listMessages,
    { query: { appointmentId, limit: 100, ...filter } },
    { accessToken },
  );
  return items.toReversed();
}

/** Resolves when nothing that is due is pending or being sent. */
export async function allSent(t: TestApp): Promise<void> {
  await jobsDone(t);
  await vi.waitFor(
    async () => {
      const { rows } = await t.deps.pool.query(
        `select id from messages where state = 'sending' or (state = 'pending' and try_at <= now())`,
      );
      expect(rows).toEqual([]);
    },
    { timeout: 30_000, interval: 20 },
  );
}

/** Lets time pass for the ledger alone: everything in it is so much older. */
export const timePasses = (t: TestApp, interval: string): Promise<unknown> =>
  t.deps.pool.query(
    `update messages set due_at = due_at - $1::interval, try_at = try_at - $1::interval,
       stale_at = stale_at - $1::interval, leased_until = leased_until - $1::interval`,
    [interval],
  );
