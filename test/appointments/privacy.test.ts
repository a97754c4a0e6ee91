import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bookAppointment,
  getLive,
  listAppointments,
  swapAppointments,
} from '../../src/contract/appointments.ts';
import { countReport } from '../../src/contract/counts.ts';
import { listDesk } from '../../src/contract/desk.ts';
import { createHold } from '../../src/contract/holds.ts';
import { exportRows } from '../../src/contract/exports.ts';
import { makeMonthlyReport } from '../../src/contract/reports.ts';
import { apiPrefix, type Route, type UserType } from '../../src/contract/route.ts';
import { routesByService } from '../../src/contract/routes.ts';
import { joinWaitlist, listWaitlist } from '../../src/contract/waitlist.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAssistant, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;
let theirs: Record<Kind, number | string> & { token: string; reference: string };
let doctor: Doctor;
let strangers: Stranger[];

type Kind =
  | 'appointments'
  | 'holds'
  | 'patients'
  | 'waitlist'
  | 'me/sessions'
  | 'reports/counts'
  | 'reports/monthly'
  | 'works';
type Stranger = { who: string; userType: UserType | null; accessToken: string; booking: number };

/** Ids of what belongs to somebody; no other path may have one unless it stands in the second list. */
const missing: Record<Kind, number | string> = {
  appointments: 2_000_000_000,
  holds: 2_000_000_000,
  patients: 2_000_000_000,
  waitlist: 2_000_000_000,
  'reports/counts': 2_000_000_000,
  'reports/monthly': 2_000_000_000,
  works: 2_000_000_000,
  'me/sessions': '00000000-0000-4000-8000-000000000000',
};
/** Paths below these name what everybody may know of, or what only administrators and doctors arrange. */
const nobodys = ['admin', 'assistants', 'chambers', 'doctors', 'holidays'];

beforeAll(async () => {
  t = await startApp();
  doctor = await aDoctor(t);
  const elsewhere = await aDoctor(t);
  const owner = await aSignedInPatient(t);
  const book = (of: Doctor, time: string, by: { accessToken: string }) =>
    t.call(bookAppointment, { body: { ...visitOf(of), startsAt: at(time) } }, by);
  const booked = await book(doctor, '17:00', owner);
  const held = await t.call(createHold, { body: { ...visitOf(doctor), startsAt: at('17:15') } }, owner);
  const waiting = await t.call(joinWaitlist, { body: visitOf(doctor) }, await aSignedInPatient(t));
  const month = { body: { year: 2026, month: 11 } };
  const asDoctor = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const { report } = await t.call(makeMonthlyReport, month, asDoctor);
  const whole = { from: '2026-11-01', to: '2026-11-30' };
  const asked = { ...whole, figure: 'booked', format: 'csv' } as const;
  const { work } = await t.call(exportRows, { params: { name: 'outcomes' }, body: asked }, asDoctor);
  const counted = await t.call(countReport, { params: { name: 'outcomes' }, body: whole }, asDoctor);
  const actor = await t.deps.tokens.verify(owner.accessToken, t.clock.now());
  theirs = {
    appointments: booked.id,
    holds: held.id,
    patients: owner.patientId,
    waitlist: waiting.id,
    'reports/counts': counted.work.id,
    'reports/monthly': report.id ?? 0,
    works: work.id,
    'me/sessions': actor?.signInId ?? '',
    token: booked.liveUrl.slice('/a/'.length),
    reference: booked.reference,
  };
  const stranger = await aSignedInPatient(t);
  const { id } = await book(elsewhere, '17:00', stranger);
  const as = async (who: string, userType: UserType, { userId }: { userId: number }) => ({
    who,
    userType,
    accessToken: await signedIn(t, { userId }),
    booking: id,
  });
  const attachedTo = [{ chamberId: elsewhere.chamberId, doctorId: elsewhere.doctorId }];
  strangers = [
    { who: 'nobody', userType: null, accessToken: '', booking: id },
    await as('a stranger', 'patient', stranger),
    await as('another doctor', 'doctor', { userId: elsewhere.doctorId }),
    await as('an assistant of another desk', 'assistant', await anAssistant(t, { attachedTo })),
    await as('an assistant of none', 'assistant', await anAssistant(t)),
  ];
});
afterAll(() => t.close());

const at = (time: string) => `2026-11-02T${time}:00+06:00`;
const visitOf = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({ doctorId, chamberId, visitTypeId });

/** Bodies that whoever may do it could send, by the end of the path; the others take an empty one. */
const bodies: Record<string, object> = {
  reschedule: { startsAt: at('17:30') },
  note: { text: 'a cough' },
  payment: { method: 'cash' },
  refund: { amount: '100', method: 'cash', reason: 'paid twice' },
};
/** Queries of those that answer nothing without one. */
const queries: Partial<Record<string, string>> = { 'reports/counts': '?format=csv' };

const all: readonly Route[] = Object.values(routesByService).flat();
const kindOf = ({ path }: Route) => /^\/(.+?)\/\{id\}/.exec(path)?.[1];
const personal = all.filter(
  (route) => kindOf(route) !== undefined && !nobodys.includes(kindOf(route)?.split('/')[0] ?? ''),
);

async function send(route: Route, id: number | string, { accessToken }: Stranger) {
  const answer = await t.inject({
    method: route.method,
    url: apiPrefix + route.path.replace('{id}', String(id)) + (queries[kindOf(route) ?? ''] ?? ''),
    headers: accessToken === '' ? {} : { authorization: `Bearer ${accessToken}` },
    ...(route.body ? { payload: bodies[route.path.split('/').at(-1) ?? ''] ?? {} } : {}),
  });
  const { requestId: _, ...said } = answer.json<{ requestId: string; code: string }>();
  return { status: answer.statusCode, said };
}

test('every path with an id is known here', () => {
  expect(new Set(personal.map(kindOf))).toEqual(new Set(Object.keys(missing)));
  expect(personal.length).toBeGreaterThan(20);
});

test.each(personal.map((route) => [`${route.method} ${route.path}`, route] as const))(
  'to strangers %s answers as if there were nothing',
  async (_, route) => {
    const kind = kindOf(route) as Kind;
    for (const stranger of strangers) {
      const { status, said } = await send(route, theirs[kind], stranger);
      expect({ status, said }, stranger.who).toEqual(await send(route, missing[kind], stranger));
      expect(said.code, stranger.who).toBe(expectedOf(route, stranger));
    }
  },
);

/** By role alone, which says nothing about what exists; else there is none of this id. */
function expectedOf({ access }: Route, { userType }: Stranger): string {
  if (userType === null) return access === 'anyone' || access === 'public' ? 'not_found' : 'not_signed_in';
  return typeof access === 'string' || access.includes(userType) ? 'not_found' : 'not_allowed';
}

const signed = () => strangers.filter(({ userType }) => userType !== null);

test('lists show strangers nothing of it, whatever they ask for', async () => {
  const { appointments, patients, reference } = theirs;
  const id = Number(appointments);
  const patientId = Number(patients);
  for (const by of signed()) {
    const found = [
      ...(await t.call(listAppointments, {}, by)).items,
      ...(await t.call(listAppointments, { query: { patientId } }, by)).items,
      ...(await t.call(listAppointments, { query: { doctorId: doctor.doctorId } }, by)).items,
      ...(await t.call(listWaitlist, { query: { doctorId: doctor.doctorId } }, by)).items,
    ];
    if (by.userType !== 'patient')
      for (const query of [{ id }, { patientId }, { reference }, { from: '2026-11-02', to: '2026-11-02' }])
        found.push(...(await t.call(listDesk, { query }, by)).items);
    expect(
      found.filter(({ patient }) => patient.id === patientId),
      by.who,
    ).toEqual([]);
  }
});

test('ids in a body say no more than those in a path', async () => {
  const place = { ...visitOf(doctor), startsAt: at('17:15') };
  const pairs = [theirs, missing].map(({ appointments, holds, patients }) => [
    Number(appointments),
    Number(holds),
    Number(patients),
  ]);
  for (const by of signed()) {
    const answers = [];
    for (const [appointment = 0, hold = 0, patientId = 0] of pairs) {
      const said = async (answer: Promise<unknown>, code: Parameters<typeof refused>[1]) => {
        const { requestId: _, ...rest } = await refused(answer, code);
        return rest;
      };
      answers.push([
        by.userType === 'patient'
          ? null
          : await said(
              t.call(swapAppointments, { body: { first: by.booking, second: appointment } }, by),
              'not_found',
            ),
        by.userType === 'patient'
          ? await said(t.call(bookAppointment, { body: { ...place, holdId: hold } }, by), 'slot_taken')
          : null,
        await said(t.call(bookAppointment, { body: { ...place, patientId } }, by), 'invalid_input'),
        await said(t.call(joinWaitlist, { body: { ...visitOf(doctor), patientId } }, by), 'invalid_input'),
      ]);
    }
    expect(answers[0], by.who).toEqual(answers[1]);
  }
});

test('a private link that was guessed or changed opens nothing', async () => {
  const { token } = theirs;
  const other = token.at(9) === 'A' ? 'B' : 'A';
  for (const guess of [token.slice(0, 9) + other + token.slice(10), token.slice(0, 8) + 'A'.repeat(22)])
    await refused(t.call(getLive, { params: { token: guess } }), 'not_found');
});
