import { expect, test } from 'vitest';
import { getAvailability } from '../../src/contract/doctors.ts';
import { createException } from '../../src/contract/exceptions.ts';
import { listVisitTypes } from '../../src/contract/schedules.ts';
import { desktop, expectGoodPage } from './browser.ts';
import { callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff } from './staff.ts';

const { app, browser } = await openDemo();

test('why a time is not offered: free, between two starts, away, too far, and what is free instead', async () => {
  const { page, errors, context, id } = await aStaffVisitor(browser, app, 'doctor', {
    language: 'en',
    locale: 'en-GB',
    viewport: desktop,
    path: '/doctors/me/why',
  });
  const { date, time, visitTypeId } = await aFreeStart(id);
  await page.getByRole('button', { name: 'Find out' }).click();
  await page.getByRole('alert').getByText('Write a time').waitFor();
  await expectGoodPage(page, 'why-no-time-en-desktop', 'en');
  await page.getByLabel('Date', { exact: true }).fill(date);
  await page.getByLabel('Time', { exact: true }).fill(time);
  await page.getByLabel('Visit').selectOption(String(visitTypeId));
  await page.getByRole('button', { name: 'Find out' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Offered', { exact: true }).waitFor();
  // The answer has the focus, and the address the question.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('answer');
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    date,
    time,
    visitType: String(visitTypeId),
    channel: 'online',
  });
  await expectGoodPage(page, 'why-free-en-desktop', 'en');

  const path = (more: Record<string, string>) =>
    `/doctors/${id}/why?${new URLSearchParams({ date, time, visitType: String(visitTypeId), channel: 'online', ...more })}`;
  await openStaff(page, app, path({ time: `${time.slice(0, 3)}07` }), 'en');
  await page.getByText('Outside the hours').waitFor();
  await page.getByText(/Visits start every \d+ minutes from/).waitFor();
  // What is free instead is beside it, and one press away.
  await page
    .getByRole('region', { name: /^Free on/ })
    .getByRole('list')
    .getByRole('link')
    .first()
    .click();
  await page.getByText('Offered', { exact: true }).waitFor();

  await takeOff(date);
  await openStaff(page, app, path({}), 'en');
  await page.getByText('The doctor is away at this time').waitFor();
  await expectGoodPage(page, 'why-time-off-en-desktop', 'en');
  await page.getByRole('link', { name: 'Go to the time off' }).click();
  await page.waitForURL(/time-off$/);

  const far = Temporal.PlainDate.from(date).add({ days: 7 * 20 });
  await openStaff(page, app, path({ date: far.toString() }), 'en');
  await page.getByText('Not open for booking yet').waitFor();
  // Its number comes with the hours, which are read apart.
  await page.getByText(/^It can be booked from/).waitFor();
  const opens = /It can be booked from (.+), (\d+) days ahead/.exec(await page.locator('main').innerText());
  const day = far.subtract({ days: Number(opens?.[2]) });
  expect(opens?.[1]).toContain(`${day.day} `);
  expect(opens?.[1]).toContain(String(day.year));

  await openStaff(page, app, path({ channel: 'fax' }));
  await page.getByText('একটি অংশ বোঝা যায়নি').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('a taken time and a time outside all hours are told on a phone in Bangla', async () => {
  const { page, errors, context, id } = await aStaffVisitor(browser, app, 'doctor', {
    path: '/doctors/me/why',
  });
  const taken = await aTakenStart(id);
  await openStaff(page, app, `/doctors/${id}/why?${new URLSearchParams(taken)}`);
  await page.getByText('আগেই নেওয়া').waitFor();
  await expectGoodPage(page, 'why-taken-bn-phone');
  await openStaff(page, app, `/doctors/${id}/why?${new URLSearchParams({ ...taken, time: '03:00' })}`);
  await page.getByText('এই সময়ে এই চেম্বারে ডাক্তার বসেন না').waitFor();
  await expectGoodPage(page, 'why-outside-bn-phone');
  await expect.poll(() => page.getByRole('link', { name: 'সময়সূচিতে যান' }).count()).toBe(1);
  await openStaff(page, app, `/doctors/${id}/fees`);
  await expectGoodPage(page, 'fees-bn-phone');
  expect(errors).toEqual([]);
  await context.close();
});

type Start = { date: string; time: string; visitTypeId: number };

/** The first free start of the doctor's timed hours, some days from now so that nobody takes it meanwhile. */
async function aFreeStart(doctorId: number): Promise<Start> {
  for (const { places, visitTypeId } of await timedSittings(doctorId)) {
    const [startsAt] = places;
    if (startsAt) return { date: startsAt.slice(0, 10), time: startsAt.slice(11, 16), visitTypeId };
  }
  throw new Error('the doctor has no free start');
}

/** A start that availability leaves out between two that it has: on the grid, and taken. */
async function aTakenStart(doctorId: number): Promise<Record<string, string>> {
  for (const { places, step, visitTypeId } of await timedSittings(doctorId))
    for (const [index, startsAt] of places.entries()) {
      const next = Temporal.Instant.from(startsAt).add({ minutes: step });
      const following = places[index + 1];
      if (!following || Temporal.Instant.from(following).equals(next)) continue;
      const local = next.toZonedDateTimeISO('Asia/Dhaka').toPlainDateTime().toString();
      return { date: local.slice(0, 10), time: local.slice(11, 16), visitType: String(visitTypeId) };
    }
  throw new Error('nothing of the doctor is taken');
}

async function timedSittings(id: number): Promise<{ places: string[]; step: number; visitTypeId: number }[]> {
  const { items } = await app.call(listVisitTypes, { params: { id } });
  const type = items.find(({ kind }) => kind === 'new');
  const from = Temporal.Now.plainDateISO('Asia/Dhaka').add({ days: 1 });
  const query = { from: from.toString(), to: from.add({ days: 20 }).toString() };
  const { days } = await app.call(getAvailability, {
    params: { id },
    query: { ...query, ...(type ? { visitTypeId: type.id, chamberId: type.chamberId } : {}) },
  });
  return days
    .flatMap(({ sessions }) => sessions)
    .filter(({ mode }) => mode === 'timed')
    .map(({ places }) => ({
      places: places.map(({ startsAt }) => startsAt),
      step: type?.minutes ?? 15,
      visitTypeId: type?.id ?? 0,
    }));
}

/** Gives the doctor a day off, whatever is booked then. */
async function takeOff(date: string): Promise<void> {
  const { accessToken, id } = await callAs(app, 'doctor');
  await app.call(
    createException,
    {
      params: { id },
      query: { stranded: 'keep' },
      body: { kind: 'time_off', from: date, until: date },
    },
    { accessToken, idempotencyKey: `day-off-${date}` },
  );
}
