import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  endTemplate,
  listMailbox,
  listTemplates,
  previewTemplate,
  putTemplate,
} from '../../src/contract/messages.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { anAdmin, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';
import { allSent, aVisit, ledgerOf, startNow } from './visits.ts';

let t: TestApp;
let admin: { accessToken: string };
beforeAll(async () => {
  t = await startNow({ MAILBOX: 'on', SMS_COST: '0.25', PUBLIC_URL: 'https://shomoy.example' });
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

const bookedSms = { kind: 'booked', channel: 'sms', language: 'en' } as const;

test('a changed wording is used from the next message on, and can be taken back', async () => {
  const text = '{sender}: hello {patient}. {link}';
  const { template } = await t.call(putTemplate, { params: bookedSms, body: { title: null, text } }, admin);
  expect(template).toMatchObject({ text, changed: { by: expect.any(String) } });
  const { patient } = await aVisit(t);
  await allSent(t);
  const kept = async (mobile: string) =>
    (await t.call(listMailbox, { query: { channel: 'sms', limit: 100 } }, admin)).items.filter(
      ({ recipient }) => recipient === mobile,
    );
  expect((await kept(patient.mobile))[0]?.text).toMatch(/^Shomoy: hello Rahim Uddin \d+\. https:/);

  const back = await t.call(endTemplate, { params: bookedSms }, admin);
  expect(back.template.changed).toBeNull();
  const { items } = await t.call(listTemplates, { query: { kind: 'booked', language: 'en' } }, admin);
  expect(items.map(({ channel }) => channel)).toEqual(['email', 'sms', 'in_app']);
  expect(items[1]).toEqual(back.template);
  const other = await aVisit(t);
  await allSent(t);
  expect((await kept(other.patient.mobile))[0]?.text).toContain('is booked with');
  const mails = await t.call(listMailbox, { query: { channel: 'email' } }, admin);
  expect(mails.items[0]).toMatchObject({
    kind: 'booked',
    title: expect.stringContaining('Booked'),
    calendar: expect.stringContaining('BEGIN:VCALENDAR'),
  });
});

test('a wording that could not be filled is refused where it is wrong', async () => {
  const put = (text: string, title: string | null = null) =>
    t.call(putTemplate, { params: bookedSms, body: { title, text } }, admin);
  expect(await refusedFields(put('{sender}: {diagnosis}'))).toEqual(['text']);
  expect(await refusedFields(put('{sender}', 'A title'))).toEqual(['title']);
  await refused(
    t.call(
      putTemplate,
      { params: bookedSms, body: { title: null, text: '{sender}' } },
      { accessToken: (await aSignedInPatient(t)).accessToken },
    ),
    'not_allowed',
  );
});

test('a preview fills a wording with an appointment, and says what an SMS costs', async () => {
  const { appointment } = await aVisit(t, { language: 'bn' });
  const preview = (text: string, channel: 'sms' | 'email' = 'sms', language: 'bn' | 'en' = 'en') =>
    t.call(
      previewTemplate,
      {
        body: {
          kind: 'rescheduled',
          channel,
          language,
          title: channel === 'sms' ? null : 'Moved: {doctor}',
          text,
          appointmentId: appointment.id,
        },
      },
      admin,
    );
  const english = await preview('{sender}: {doctor} {reference}');
  expect(english).toEqual({
    title: null,
    text: `Shomoy: Dr. Salma Akter ${appointment.reference}`,
    html: null,
    sms: { encoding: 'gsm7', length: 31, parts: 1, cost: { amount: '0.2500', currency: 'BDT' } },
  });
  const bangla = await preview('{sender}: {when} {oldWhen} {link}', 'sms', 'bn');
  // Past 70 letters an SMS goes in parts of 67.
  const { length } = bangla.text;
  expect(length).toBeGreaterThan(70);
  expect(bangla.sms).toMatchObject({ encoding: 'ucs2', length, parts: 2, cost: { amount: '0.5000' } });
  const mail = await preview('Dear {patient},\n\n{link}', 'email');
  expect(mail.title).toBe('Moved: Dr. Salma Akter');
  expect(mail.html).toContain('<a href="https://shomoy.example/en/a/');
  expect(await refusedFields(preview('{sender} {nothing}'))).toEqual(['text']);
  await allSent(t);
  const kinds = (await ledgerOf(t, appointment.id)).map(({ kind }) => kind);
  expect(kinds).not.toContain('rescheduled');
});

test('outside a demonstration there is no mailbox', async () => {
  const real = await startApp();
  const by = { accessToken: await signedIn(real, await anAdmin(real)) };
  await refused(real.call(listMailbox, {}, by), 'not_found');
  await real.close();
});
