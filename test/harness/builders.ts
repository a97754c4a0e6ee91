import type { createChamber as chamberRoute } from '../../src/contract/chambers.ts';
import type { RouteRequest } from '../../src/contract/route.ts';
import type { createSchedule as scheduleRoute } from '../../src/contract/schedules.ts';
import { createChamber } from '../../src/appointments/chambers/create-chamber.ts';
import { createSchedule } from '../../src/appointments/schedules/create-schedule.ts';
import { createVisitType, type NewVisitType } from '../../src/appointments/visit-types/create-visit-type.ts';
import { hashPassword } from '../../src/platform/passwords.ts';
import { registerUser, type NewUser } from '../../src/users/accounts/register-user.ts';
import { addPatient } from '../../src/users/patients/add-patient.ts';
import { startSignIn } from '../../src/users/sign-ins/start-sign-in.ts';
import type { TestApp } from './app.ts';

export const password = 'Kodom@phul7';

export type Patient = { userId: number; patientId: number; mobile: string };
export type Doctor = {
  doctorId: number;
  slug: string;
  chamberId: number;
  /** The visit type `new` in the chamber. */
  visitTypeId: number;
  scheduleIds: number[];
};
export type Hours = Partial<RouteRequest<typeof scheduleRoute>['body']>;
type ChamberBody = RouteRequest<typeof chamberRoute>['body'];

/** A patient user with their own patient. */
export async function aPatient(t: TestApp, given: { fullName?: string } = {}): Promise<Patient> {
  const mobile = nextMobile();
  const userId = await register(t, {
    userType: 'patient',
    fullName: given.fullName ?? `Rahim Uddin ${next()}`,
    mobile,
  });
  const { id } = await t.db
    .selectFrom('patients')
    .select('id')
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return { userId, patientId: id, mobile };
}

/** Someone the user may book for. Answers their patient id. */
export async function aFamilyMember(t: TestApp, { userId }: { userId: number }): Promise<number> {
  const by = { userId, userType: 'patient', signInId: '' } as const;
  const { id } = await t.db
    .transaction()
    .execute((tx) =>
      addPatient(tx, { fullName: `Mina Begum ${next()}`, relation: 'child' }, by, t.clock.now()),
    );
  return id;
}

export async function anAdmin(t: TestApp): Promise<{ userId: number }> {
  return {
    userId: await register(t, {
      userType: 'admin',
      fullName: `Rezaul Karim ${next()}`,
      email: `admin${next()}@example.com`,
    }),
  };
}

/** An assistant with the desks they run: of one doctor in a chamber, or of all there. */
export async function anAssistant(
  t: TestApp,
  given: { attachedTo?: { chamberId: number; doctorId?: number }[] } = {},
): Promise<{ userId: number }> {
  const userId = await register(t, {
    userType: 'assistant',
    fullName: `Jahanara Begum ${next()}`,
    email: `assistant${next()}@example.com`,
  });
  for (const { chamberId, doctorId } of given.attachedTo ?? [])
    await t.db
      .insertInto('assistant_attachments')
      .values({
        assistant_id: userId,
        chamber_id: chamberId,
        doctor_id: doctorId ?? null,
        created_at: t.clock.now().toString(),
      })
      .execute();
  return { userId };
}

/** Mondays 17:00 to 18:00, a start every 15 minutes. */
const usualHours: Hours = { weekday: 1, from: '17:00', to: '18:00' };

/** A doctor with a chamber, a fee for a new visit there, and hours; approved unless the test says otherwise. */
export async function aDoctor(
  t: TestApp,
  given: {
    fullName?: string;
    nameBn?: string;
    gender?: 'female' | 'male';
    specializations?: number[];
    approval?: 'approved' | 'pending' | 'refused';
    fee?: string;
    minutes?: number;
    chamber?: Partial<ChamberBody>;
    /** Sits in this chamber instead of one of their own. */
    chamberId?: number;
    hours?: Hours[];
  } = {},
): Promise<Doctor> {
  const doctorId = await register(t, {
    userType: 'doctor',
    fullName: given.fullName ?? `Salma Akter ${next()}`,
    mobile: nextMobile(),
    licenseNumber: `A-${next()}`,
    experienceYears: 12,
    consultationFee: '500',
    ...(given.nameBn ? { nameBn: given.nameBn } : {}),
    ...(given.gender ? { gender: given.gender } : {}),
    specializations: given.specializations ?? [1],
  });
  const { slug } = await t.db
    .updateTable('doctors')
    .set({ approval: given.approval ?? 'approved' })
    .where('user_id', '=', doctorId)
    .returning('slug')
    .executeTakeFirstOrThrow();
  const chamberId = given.chamberId ?? (await aChamber(t, given.chamber));
  const visitType = await aVisitType(t, {
    doctorId,
    chamberId,
    minutes: given.minutes ?? 15,
    fee: given.fee ?? '800',
  });
  const scheduleIds: number[] = [];
  for (const hours of given.hours ?? [usualHours])
    scheduleIds.push(await someHours(t, { doctorId, chamberId, ...hours }));
  return { doctorId, slug, chamberId, visitTypeId: visitType.id, scheduleIds };
}

/** A visit of a doctor in a chamber, a new one of 15 minutes unless the test says otherwise. */
export const aVisitType = (
  t: TestApp,
  given: Partial<NewVisitType> & { doctorId: number; chamberId: number },
): Promise<{ id: number }> =>
  t.db.transaction().execute((tx) => createVisitType(tx, { kind: 'new', minutes: 15, fee: '800', ...given }));

/** Weekly hours; serial when a capacity is given, else timed. Answers the schedule's id. */
export async function someHours(
  t: TestApp,
  given: Hours & { doctorId: number; chamberId: number },
): Promise<number> {
  const answer = await createSchedule(
    t.db,
    {
      weekday: 1,
      from: '17:00',
      to: '18:00',
      validFrom: null,
      validUntil: null,
      mode: given.capacity ? 'serial' : 'timed',
      slotMinutes: 15,
      capacity: null,
      quotas: null,
      quotaReleaseMinutes: null,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      noticeMinutes: 30,
      horizonDays: 30,
      ...given,
    },
    { by: { userId: given.doctorId }, now: t.clock.now(), query: {} },
  );
  if (!('schedule' in answer)) throw new Error('a change that was not a preview answered one');
  return answer.schedule.id;
}

export async function aChamber(t: TestApp, given: Partial<ChamberBody> = {}): Promise<number> {
  const { id } = await createChamber(
    t.db,
    {
      name: `Popular Chamber ${next()}`,
      address: 'House 16, Road 2',
      division: 'Dhaka',
      district: 'Dhaka',
      thana: 'Dhanmondi',
      timeZone: 'Asia/Dhaka',
      ...given,
    },
    t.clock.now(),
  );
  return id;
}

/** An access token of a sign-in begun now; it ends 15 minutes later by the test's clock. */
export async function signedIn(t: TestApp, { userId }: { userId: number }): Promise<string> {
  const now = t.clock.now();
  const { actor } = await t.db
    .transaction()
    .execute((tx) => startSignIn(tx, { userId, userAgent: null }, now));
  return t.deps.tokens.sign(actor, now);
}

/** A patient with an access token. */
export async function aSignedInPatient(t: TestApp): Promise<Patient & { accessToken: string }> {
  const patient = await aPatient(t);
  return { ...patient, accessToken: await signedIn(t, patient) };
}

let last = 0;
/** Never the same twice in a file. */
export const next = (): number => (last += 1);

const nextMobile = (): string => `+88017${String(next()).padStart(8, '0')}`;

type Unhashed<User> = User extends { passwordHash: string } ? Omit<User, 'passwordHash'> : never;

let passwordHash: Promise<string> | undefined;

async function register(t: TestApp, user: Unhashed<NewUser>): Promise<number> {
  const hash = await (passwordHash ??= hashPassword(password));
  return t.db.transaction().execute((tx) => registerUser(tx, { ...user, passwordHash: hash }, t.clock.now()));
}
