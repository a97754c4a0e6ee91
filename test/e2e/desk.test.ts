import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { decideDoctor } from '../../src/contract/admin.ts';
import { type DeskChamber, getMyDesk } from '../../src/contract/attachments.ts';
import {
  approveAppointment,
  arrive,
  bookAppointment,
  cancelAppointment,
  undoMove,
} from '../../src/contract/appointments.ts';
import { login, register } from '../../src/contract/auth.ts';
import { addDeskPatient } from '../../src/contract/desk-patients.ts';
import { listDesk } from '../../src/contract/desk.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { createSchedule, createVisitType, patchArrangement } from '../../src/contract/schedules.ts';
import { desktop, expectGoodPage } from './browser.ts';
import { openDemo } from './demo.ts';
import { aStaffVisitor, openStaff, pointAtToast, said, standing } from './staff.ts';

// The desk of the demonstration's assistant. The demonstration is made around the real day, so nothing here depends on
// what its doctors do today: visits are booked a day or more ahead, and over capacity where the test needs one of today.

const { app, browser } = await openDemo();
let desk: Desk;

type Desk = Awaited<ReturnType<typeof findDesk>>;

beforeAll(async () => {
  desk = await findDesk();
});

const dhakaDate = (days = 0): string => Temporal.Now.plainDateISO('Asia/Dhaka').add({ days }).toString();

async function findDesk() {
  const { accessToken } = await app.call(login, {
    body: { login: 'assistant@example.com', password: 'Assistant@1' },
  });
  const by = { accessToken };
  const { chambers } = await app.call(getMyDesk, { query: {} }, by);
  const places = chambers.flatMap((chamber) => chamber.doctors.map((doctor) => ({ chamber, doctor })));
  const found: { place: (typeof places)[number]; mode: 'timed' | 'serial'; date: string }[] = [];
  for (const place of places) {
    const visitTypeId = place.doctor.visitTypes.find(({ kind }) => kind === 'new')?.id;
    if (visitTypeId === undefined) continue;
    const { days } = await app.call(getAvailability, {
      params: { id: place.doctor.id },
      query: {
        chamberId: place.chamber.id,
        visitTypeId,
        from: dhakaDate(1),
        to: dhakaDate(13),
        channel: 'phone',
      },
    });
    const sessions = days.flatMap((day) => day.sessions.map((session) => ({ date: day.date, ...session })));
    const session = sessions.find(({ remaining, places: free }) => remaining > 3 && free.length > 0);
    if (session) found.push({ place, mode: session.mode, date: session.date });
  }
  const timed = found.find(({ mode }) => mode === 'timed');
  const serial = found.find(({ mode }) => mode === 'serial');
  if (!timed || !serial) throw new Error('the assistant of the demonstration has no desk of each kind');
  return { by, timed, serial, today: await sitToday(timed.place) };
}

const doctorLogin = { login: '01799000999', password: 'Doctor@99' };

/** A doctor new to one of the desk's chambers, who sees patients today from midnight to midnight. */
async function sitToday({ chamber }: { chamber: DeskChamber }) {
  const { accessToken } = await app.call(login, {
    body: { login: 'admin@example.com', password: 'Admin@123' },
  });
  const admin = { accessToken };
  const { user } = await app.call(register, {
    body: {
      fullName: 'Selina Parvin',
      mobile: doctorLogin.login,
      password: doctorLogin.password,
      userType: 'doctor',
      licenseNumber: 'A-99999',
      experienceYears: 9,
      consultationFee: '700',
      specializations: [1],
    },
  });
  const params = { id: user.id };
  await app.call(decideDoctor, { params, body: { decision: 'approved' } }, admin);
  const { visitType } = await app.call(
    createVisitType,
    { params, body: { chamberId: chamber.id, kind: 'new', minutes: 15, fee: '700' } },
    admin,
  );
  const today = dhakaDate();
  await app.call(
    createSchedule,
    {
      params,
      body: {
        chamberId: chamber.id,
        weekday: Temporal.PlainDate.from(today).dayOfWeek,
        from: '00:00',
        to: '23:45',
        mode: 'timed',
        slotMinutes: 15,
      },
    },
    admin,
  );
  return { doctorId: user.id, chamberId: chamber.id, visitTypeId: visitType.id };
}

/** A quarter of an hour of today, near now, and the next ones. */
function quarter(later: number): string {
  const now = Temporal.Now.zonedDateTimeISO('Asia/Dhaka');
  const minutes =
    Math.min(Math.max(Math.floor((now.hour * 60 + now.minute) / 15) * 15, 15), 22 * 60) + later * 15;
  return `${dhakaDate()}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00+06:00`;
}

/** Leaves a minute for whoever is offered the next quarter of an hour: it can be booked until it begins. */
async function longBeforeNextQuarter(): Promise<void> {
  const left = quarterMs - (Date.now() % quarterMs);
  if (left < 60_000) await sleep(left + 1000);
}

const quarterMs = 900_000;

/** Through the API: somebody new, who comes today at a quarter that may be past. */
async function whoComesToday(fullName: string, later: number) {
  const { patient } = await app.call(addDeskPatient, { body: { fullName, mobile: '01799000222' } }, desk.by);
  const body = {
    ...desk.today,
    patientId: patient.id,
    channel: 'walk_in' as const,
    startsAt: quarter(later),
    overbookReason: 'the day of a test',
  };
  return app.call(bookAppointment, { body }, desk.by);
}

const dialog = (page: Page) => page.getByRole('dialog');
const timedDesk = (): string => `${desk.timed.place.chamber.id}.${desk.timed.place.doctor.id}`;
const todaysDesk = (): string => `${desk.today.chamberId}.${desk.today.doctorId}`;

const anAssistant = (path: string, options: Parameters<typeof aStaffVisitor>[3] = {}) =>
  aStaffVisitor(browser, app, 'assistant', { path, ...options });
const inEnglish = { language: 'en', locale: 'en-GB', viewport: desktop, hasTouch: false } as const;
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

/** The day that has places enough: of today there may be one left, or none. */
async function openDay(page: Page, date: string): Promise<void> {
  const name = Temporal.PlainDate.from(date).toLocaleString('en-GB', { day: 'numeric', month: 'long' });
  await page.getByRole('button', { name: new RegExp(`\\b${name},`) }).press('Enter');
}

test('an assistant books for a new caller with the keyboard alone, then for their family, in English', async () => {
  const { page, errors, context } = await anAssistant(`/appointments?where=${timedDesk()}`, inEnglish);
  await page.keyboard.press('n');
  await page.getByLabel('Mobile number').waitFor();
  await expect.poll(() => focused(page)).toBe('field-mobile');
  await page.getByText('By phone', { exact: true }).click();
  await page.getByLabel('Doctor and chamber').selectOption(timedDesk());
  // Bangla digits, as many keyboards have them.
  await page.getByLabel('Mobile number').fill('০১৭৯৯০০০১১১');
  await page.getByText('Nobody with this number yet').waitFor();
  await page.keyboard.press('Enter');
  // Enter at the number books nobody: it goes on to the name.
  await expect.poll(() => focused(page)).toBe('field-fullName');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Write the name').waitFor();
  await expect.poll(() => page.title()).toMatch(/^Error: /);
  await expectGoodPage(page, 'desk-book-missing-en-desktop', 'en');
  await page.getByLabel('Full name').fill('Rahima Khatun');
  await openDay(page, desk.timed.date);
  await page
    .getByRole('radio', { name: /^\d+:\d\d(am|pm)$/ })
    .first()
    .check();
  await expectGoodPage(page, 'desk-book-en-desktop', 'en');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Booked for Rahima Khatun' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await expectGoodPage(page, 'desk-booked-en-desktop', 'en');

  // The slip on narrow paper: nothing is cut off, and the code is there.
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 200, height: 400 });
  const slip = page.locator('[data-print-only]');
  await expect.poll(() => slip.innerText()).toMatch(/Rahima Khatun/);
  await expect.poll(() => slip.locator('svg').isVisible()).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  expect(await page.locator('nav').first().isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(desktop);

  await page.getByRole('button', { name: 'Book for somebody else' }).click();
  await page.getByLabel('Mobile number').fill('01799000111');
  await page.getByRole('radio', { name: 'Rahima Khatun' }).waitFor();
  await page.getByRole('radio', { name: 'Somebody new' }).check();
  await page.getByLabel('Full name').fill('Karim Mia');
  await page.getByText('Year of birth and sex (optional)').click();
  await page.getByLabel('Year of birth').fill('১৯৮৬');
  await openDay(page, desk.timed.date);
  await page
    .getByRole('radio', { name: /^\d+:\d\d(am|pm)$/ })
    .nth(1)
    .check();
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Booked for Karim Mia' }).waitFor();

  // Both are found by their number, and by the code that a scanner types.
  await page.keyboard.press('/');
  await expect.poll(() => focused(page)).toBe('field-find');
  await page.keyboard.type('01799-000111');
  await page.keyboard.press('Enter');
  await page.getByText('Found: 2').waitFor();
  await expectGoodPage(page, 'desk-found-en-desktop', 'en');
  const { items } = await app.call(listDesk, { query: { mobile: '01799000111' } }, desk.by);
  await page.getByLabel('Reference or mobile number').fill(`${app.url}${items[0]?.liveUrl ?? ''}`);
  await page.keyboard.press('Enter');
  await page.getByText('Found: 1').waitFor();
  // The private link does not stay in the address.
  expect(new URL(page.url()).searchParams.get('find')).toBe(items[0]?.reference);
  await page.getByLabel('Reference or mobile number').fill('ZZZZ-ZZ');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing was found').first().waitFor();
  await page.getByRole('button', { name: 'Back to the day' }).click();
  await standing(page);
  expect(errors).toEqual([]);
  await context.close();
});

test('a walk-in is booked with a number and a name, comes in, and a press by mistake is taken back, on a phone', async () => {
  await longBeforeNextQuarter();
  const { page, errors, context } = await anAssistant(`/book?where=${todaysDesk()}`);
  await page.getByLabel('মোবাইল নম্বর').fill('০১৭৯৯ ০০০৩৩৩');
  await page.getByText('এই নম্বরে এখনও কেউ নেই').waitFor();
  await page.getByLabel('পুরো নাম').fill('জরিনা বেগম');
  // Near midnight nothing of today is left; else the next place is chosen already.
  const place = page.getByRole('radio', { name: /[০-৯]:[০-৯]/ }).first();
  await place.or(page.getByText('এই দিনে কিছু খালি নেই।')).waitFor();
  if ((await place.count()) > 0) expect(await place.isChecked()).toBe(true);
  else await over(page, { choice: 'ধারণক্ষমতার বাইরে, বা নেওয়া সময়ে', time: 'সময়', reason: 'তবুও কেন নিচ্ছেন' });
  await expectGoodPage(page, 'desk-walk-in-bn-phone');
  await page.getByLabel('পুরো নাম').press('Enter');
  await page.getByRole('heading', { level: 1, name: 'জরিনা বেগম-এর জন্য নেওয়া হয়েছে' }).waitFor();
  await expectGoodPage(page, 'desk-booked-bn-phone');

  await openStaff(page, app, `/appointments?where=${todaysDesk()}`);
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'জরিনা বেগম' }) });
  await row.getByRole('button', { name: 'এসেছেন: জরিনা বেগম' }).click();
  await pointAtToast(page, 'জরিনা বেগম এসেছেন');
  await row.getByText('অপেক্ষায় আছেন').waitFor();
  await expectGoodPage(page, 'desk-day-bn-phone');
  await page.getByRole('button', { name: 'ফিরিয়ে নিন', exact: true }).click();
  await said(page, 'ফিরিয়ে নেওয়া হয়েছে');
  await row.getByText('আসবেন').waitFor();
  await row.getByRole('button', { name: 'ভেতরে গেলেন: জরিনা বেগম' }).click();
  await row.getByText('ডাক্তারের কাছে').waitFor();
  await row.getByRole('button', { name: 'শেষ: জরিনা বেগম' }).click();
  await row.getByText('দেখা হয়েছে').waitFor();
  await row.getByRole('link', { name: 'জরিনা বেগম' }).click();
  await page.getByText('কী কী হয়েছে').waitFor();
  await page.getByText('শেষ ধাপ ফিরিয়ে নেওয়া হয়েছে').waitFor();
  await expectGoodPage(page, 'desk-appointment-bn-phone');
  expect(errors).toEqual([]);
  await context.close();
});

async function over(page: Page, named: { choice: string; time: string; reason: string }): Promise<void> {
  await page.getByRole('radio', { name: named.choice }).check();
  await page.getByLabel(named.time, { exact: true }).fill(quarter(0).slice(11, 16));
  await page.getByLabel(named.reason).fill('জরুরি');
}

test('visits change places and times, are booked over capacity with a reason, and cancelled; two at one desk are told of each other', async () => {
  const first = await whoComesToday('Anowara Begum', 0);
  const second = await whoComesToday('Shahin Alam', 1);
  const { page, errors, context } = await anAssistant(`/appointments?where=${todaysDesk()}`, inEnglish);
  const row = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
  await row('Anowara Begum').waitFor();
  await expectGoodPage(page, 'desk-day-en-desktop', 'en');

  // From one name to the next with the arrows; C takes the first step.
  await row('Anowara Begum').getByRole('link').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('c');
  await said(page, 'Anowara Begum has arrived');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Anowara Begum');

  // Somebody else was faster, and is named.
  await app.call(undoMove, { params: { id: first.id }, body: {} }, desk.by);
  await row('Anowara Begum').getByRole('button', { name: 'Goes in: Anowara Begum' }).click();
  await row('Anowara Begum')
    .getByRole('alert')
    .filter({ hasText: 'Somebody was faster: Last step taken back, by Farhana Hossain' })
    .waitFor();
  await row('Anowara Begum').getByText('Expected').waitFor();
  await expectGoodPage(page, 'desk-overtaken-en-desktop', 'en');

  await row('Anowara Begum').getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'Anowara Begum' }).waitFor();
  await expectGoodPage(page, 'desk-appointment-en-desktop', 'en');
  await page.getByRole('button', { name: 'Swap with another' }).click();
  await dialog(page).getByRole('button', { name: 'Change places' }).click();
  await dialog(page).getByRole('alert').getByText('Choose who changes places').waitFor();
  await dialog(page)
    .getByRole('radio', { name: /Shahin Alam/ })
    .check();
  await expectGoodPage(page, 'desk-swap-en-desktop', 'en');
  await dialog(page).getByLabel('Why').fill('she is in pain');
  await dialog(page).getByRole('button', { name: 'Change places' }).click();
  await said(page, 'Anowara Begum now comes');
  await page.getByRole('list', { name: 'What has happened' }).getByText('“she is in pain”').waitFor();
  const moved = await app.call(listDesk, { query: { id: first.id } }, desk.by);
  expect(moved.items[0]?.period.start).toBe(second.period.start);

  // Another desk cancels it meanwhile: the dialog says so, and nothing is moved.
  await page.getByRole('button', { name: 'Give another time' }).click();
  await dialog(page).getByRole('radio', { name: 'Over capacity, or at a time that is taken' }).check();
  await expectGoodPage(page, 'desk-move-over-en-desktop', 'en');
  await dialog(page).getByRole('button', { name: 'Move the appointment' }).click();
  await dialog(page).getByRole('alert').getByText('Write a time').waitFor();
  await dialog(page).getByLabel('Time', { exact: true }).fill(quarter(3).slice(11, 16));
  await dialog(page).getByRole('button', { name: 'Move the appointment' }).click();
  await dialog(page).getByRole('alert').getByText('Write why it is booked all the same').waitFor();
  await dialog(page).getByLabel('Why it is booked all the same').fill('sent by the ward');
  await app.call(arrive, { params: { id: first.id }, body: {} }, desk.by);
  await dialog(page).getByRole('button', { name: 'Move the appointment' }).click();
  await dialog(page).getByText('Somebody was faster: Arrived, by Farhana Hossain').waitFor();
  await expectGoodPage(page, 'desk-move-overtaken-en-desktop', 'en');
  // Having seen that, it is moved all the same.
  await dialog(page).getByRole('button', { name: 'Move the appointment' }).click();
  await said(page, 'Anowara Begum now comes');
  await page.getByText('“sent by the ward”').first().waitFor();

  await page.getByRole('button', { name: 'Cancel the appointment' }).click();
  await dialog(page).getByLabel('Why').fill('went home');
  await expectGoodPage(page, 'desk-cancel-en-desktop', 'en');
  await dialog(page).getByRole('button', { name: 'Cancel the appointment' }).click();
  await said(page, 'Cancelled: Anowara Begum');
  await page.getByText('“went home”').waitFor();
  await page.getByRole('link', { name: 'All appointments' }).click();
  await page.getByText(/^Cancelled or did not come/).click();
  await row('Anowara Begum').getByText('Cancelled').waitFor();
  await app.call(cancelAppointment, { params: { id: second.id }, body: {} }, desk.by);

  // A time that is taken is refused in words, with the next free ones to press.
  const taken = await whoComesToday('Lipi Akter', 4);
  await openStaff(page, app, `/book?where=${todaysDesk()}`, 'en');
  await page.getByLabel('Mobile number').fill('01799000444');
  await page.getByText('Nobody with this number yet').waitFor();
  await page.getByLabel('Full name').fill('Bokul Das');
  await page.getByRole('radio', { name: 'Over capacity, or at a time that is taken' }).check();
  await page.getByLabel('Time', { exact: true }).fill(taken.period.start.slice(11, 16));
  await page.getByLabel('Why it is booked all the same').fill('his fever is high');
  await expectGoodPage(page, 'desk-book-over-en-desktop', 'en');
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Booked for Bokul Das' }).waitFor();
  await openStaff(page, app, `/appointments?where=${todaysDesk()}`, 'en');
  await row('Bokul Das').getByText('Over capacity: his fever is high').waitFor();
  await page.keyboard.press('?');
  await dialog(page).getByText('New booking').waitFor();
  await expectGoodPage(page, 'desk-keys-en-desktop', 'en');
  await dialog(page).getByLabel('Use these keys').uncheck();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.getByText('A week', { exact: true }).click();
  await page.waitForURL(/view=week/);
  await expectGoodPage(page, 'desk-week-en-desktop', 'en');
  expect(errors).toEqual([]);
  await context.close();
});

test('a doctor approves and declines requests, and goes through the week with the keyboard alone', async () => {
  const { accessToken } = await app.call(login, { body: doctorLogin });
  const doctor = { accessToken };
  await app.call(
    patchArrangement,
    { params: { id: desk.today.doctorId }, body: { needsApproval: true } },
    doctor,
  );
  // New, and so never elsewhere at that time.
  const patient = { login: '01799000555', password: 'Patient@55' };
  await app.call(register, {
    body: {
      fullName: 'Nadia Islam',
      mobile: patient.login,
      password: patient.password,
      userType: 'patient',
    },
  });
  const { accessToken: patientToken } = await app.call(login, { body: patient });
  // A week ahead, when the doctor sits again.
  const next = dhakaDate(7);
  const ask = (time: string) =>
    app.call(
      bookAppointment,
      { body: { ...desk.today, startsAt: `${next}T${time}:00+06:00` } },
      { accessToken: patientToken },
    );
  await ask('10:00');
  await ask('11:00');
  const third = await ask('12:00');
  const { page, errors, context } = await aStaffVisitor(browser, app, doctorLogin, {
    ...inEnglish,
    path: '/requests',
  });
  await page.getByText('3 requests wait').waitFor();
  await expectGoodPage(page, 'requests-en-desktop', 'en');
  // The list that is read anew takes its time, as on a bad line: the row goes long after the press, and the focus with it.
  const late = Promise.withResolvers<void>();
  await page.route('**/desk/appointments?**', async (route) => {
    await late.promise;
    await route.continue();
  });
  await page
    .getByRole('button', { name: /^Approve:/ })
    .first()
    .click();
  await said(page, 'Approved:');
  late.resolve();
  await page.getByText('2 requests wait').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  // Decided elsewhere while it is asked why, the row goes with its dialog when the list is read anew, as it is half a
  // minute after the last time.
  await page
    .getByRole('button', { name: /^Decline:/ })
    .last()
    .click();
  await dialog(page).getByLabel('Why').focus();
  await app.call(approveAppointment, { params: { id: third.id }, body: {} }, doctor);
  await page.getByText('1 request waits').waitFor({ timeout: 60_000 });
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.getByRole('button', { name: /^Decline:/ }).click();
  await dialog(page).getByLabel('Why').fill('I am away from ten');
  await expectGoodPage(page, 'decline-en-desktop', 'en');
  await dialog(page).getByRole('button', { name: 'Decline the request' }).click();
  await said(page, 'Declined:');
  await page.getByText('No requests are waiting').waitFor();
  // The row is gone with the dialog; the focus is not on nothing.
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

  await openStaff(page, app, '/calendar', 'en');
  const today = page.getByRole('link', { name: /Lipi Akter|Bokul Das|জরিনা বেগম/ });
  await today.first().waitFor();
  await page.keyboard.press(']');
  await page.waitForURL(/date=/);
  const visit = page.getByRole('list', { name: /\d/ }).getByRole('link', { name: /10:00/ });
  await visit.waitFor();
  await expectGoodPage(page, 'week-en-desktop', 'en');
  await page.keyboard.press('t');
  await page.waitForURL((url) => !url.search.includes('date='));
  await today.first().waitFor();
  await today.first().focus();
  const first = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).not.toBe(first);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(first);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What has happened' }).waitFor();
  await page.getByLabel('My own note').fill('asks about her diet');
  await page.getByRole('button', { name: 'Save the note' }).click();
  await said(page, 'Your note is saved');
  await expectGoodPage(page, 'appointment-of-doctor-en-desktop', 'en');
  expect(errors).toEqual([]);
  await context.close();

  const onPhone = await aStaffVisitor(browser, app, doctorLogin, { path: '/calendar' });
  await onPhone.page.getByRole('list', { name: 'সপ্তাহের দিন' }).waitFor();
  await expectGoodPage(onPhone.page, 'week-bn-phone');
  await openStaff(onPhone.page, app, '/appointments');
  await onPhone.page.getByRole('heading', { name: 'ডাক্তারের কাছে' }).waitFor();
  await expectGoodPage(onPhone.page, 'today-bn-phone');
  expect(onPhone.errors).toEqual([]);
  await onPhone.context.close();
});

test('an administrator attaches an assistant to a desk, takes it away and back', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    ...inEnglish,
    path: '/assistants',
  });
  const desks = page.getByRole('list', { name: 'Desks of Farhana Hossain' });
  await page.getByText('Desks of Farhana Hossain').click();
  await desks.waitFor();
  const before = await desks.getByRole('listitem').count();
  await expectGoodPage(page, 'assistants-en-desktop', 'en');
  await page.getByRole('button', { name: 'Attach to a desk: Farhana Hossain' }).click();
  await dialog(page).getByRole('button', { name: 'Attach to a desk' }).click();
  await dialog(page).getByRole('alert').getByText('Choose a chamber').waitFor();
  await dialog(page).getByRole('combobox', { name: 'Chamber' }).fill('Medical');
  await dialog(page).getByRole('option').first().click();
  await dialog(page).getByLabel('For whom').waitFor();
  await expectGoodPage(page, 'attach-en-desktop', 'en');
  await dialog(page).getByLabel('For whom').selectOption({ index: 1 });
  await dialog(page).getByRole('button', { name: 'Attach to a desk' }).click();
  await said(page, 'Farhana Hossain runs the desk from now on');
  await expect.poll(() => desks.getByRole('listitem').count()).toBe(before + 1);
  await desks.getByRole('button').last().click();
  await pointAtToast(page, 'Farhana Hossain no longer runs this desk');
  await expect.poll(() => desks.getByRole('listitem').count()).toBe(before);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => desks.getByRole('listitem').count()).toBe(before + 1);
  await openStaff(page, app, '/appointments', 'en');
  await page.getByText('Look for one by its reference').waitFor();
  await expectGoodPage(page, 'desk-of-admin-en-desktop', 'en');
  expect(errors).toEqual([]);
  await context.close();

  const onPhone = await aStaffVisitor(browser, app, 'admin', { path: '/assistants' });
  await onPhone.page
    .getByRole('button', { name: /ডেস্কে যুক্ত করুন/ })
    .first()
    .waitFor();
  await expectGoodPage(onPhone.page, 'assistants-bn-phone');
  expect(onPhone.errors).toEqual([]);
  await onPhone.context.close();
});
