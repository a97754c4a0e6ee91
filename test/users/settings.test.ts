import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { register } from '../../src/contract/auth.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import {
  getAdminSettings,
  getSettings,
  listSettingsHistory,
  patchSettings,
  takeBackSettings,
  usualSettings,
} from '../../src/contract/settings.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import {
  aDoctor,
  anAdmin,
  anAssistant,
  aSignedInPatient,
  next,
  password,
  signedIn,
} from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let admin: { userId: number; accessToken: string };
beforeAll(async () => {
  t = await startApp();
  admin = await aSignedInAdmin();
});
afterAll(() => t.close());

async function aSignedInAdmin() {
  const { userId } = await anAdmin(t);
  return { userId, accessToken: await signedIn(t, { userId }) };
}

type Values = Omit<RouteInput<typeof patchSettings>['body'], 'expectedVersion'>;

const versionNow = async () => (await t.call(getAdminSettings, {}, admin)).settings.version;
const change = async (values: Values, by = admin) =>
  (await t.call(patchSettings, { body: { ...values, expectedVersion: await versionNow() } }, by)).settings;
const takeBack = async (version: number) =>
  (
    await t.call(
      takeBackSettings,
      { params: { version }, body: { expectedVersion: await versionNow() } },
      admin,
    )
  ).settings;
const history = async () => (await t.call(listSettingsHistory, { query: {} }, admin)).items;
const everybodyReads = async () => (await t.call(getSettings, {})).settings;

/** A page, once it shows the settings of now: gateways keep them for a second. */
const pageWith = (url: string, text: string, headers: Record<string, string> = {}) =>
  vi.waitFor(
    async () => {
      const { body } = await t.inject({ url, headers });
      expect(body).toContain(text);
      return body;
    },
    { timeout: 30_000, interval: 200 },
  );

describe('settings', () => {
  test('begin as everything has been so far, and nobody has made that', async () => {
    const fresh = await startApp();
    try {
      expect((await fresh.call(getSettings, {})).settings).toEqual(usualSettings);
      const { userId } = await anAdmin(fresh);
      const by = { accessToken: await signedIn(fresh, { userId }) };
      expect((await fresh.call(getAdminSettings, {}, by)).settings.version).toBe(1);
      expect((await fresh.call(listSettingsHistory, { query: {} }, by)).items).toEqual([]);
      const body = { expectedVersion: 1 };
      await refused(fresh.call(takeBackSettings, { params: { version: 1 }, body }, by), 'not_found');
    } finally {
      await fresh.close();
    }
  });

  test('are read by everybody and changed by administrators', async () => {
    const { doctorId } = await aDoctor(t);
    const others = [
      await aSignedInPatient(t),
      { accessToken: await signedIn(t, { userId: doctorId }) },
      { accessToken: await signedIn(t, await anAssistant(t)) },
    ];
    const body = { language: 'en', expectedVersion: 1 } as const;
    for (const other of others) {
      await refused(t.call(getAdminSettings, {}, other), 'not_allowed');
      await refused(t.call(patchSettings, { body }, other), 'not_allowed');
      await refused(t.call(listSettingsHistory, { query: {} }, other), 'not_allowed');
      const input = { params: { version: 2 }, body: { expectedVersion: 1 } };
      await refused(t.call(takeBackSettings, input, other), 'not_allowed');
    }
    await refused(t.call(patchSettings, { body }), 'not_signed_in');
    expect(await everybodyReads()).toEqual(usualSettings);
  });

  test('change where they are named, and tell who changed what', async () => {
    const before = await versionNow();
    const now = await change({ phone: '০১৭১২-৩৪৫৬৭৮', email: ' Desk@Padma.example ' });
    expect(now).toMatchObject({
      phone: '+8801712345678',
      email: 'desk@padma.example',
      firstWeekday: 6,
      version: before + 1,
    });
    const [latest] = await history();
    expect(latest).toEqual({
      version: before + 1,
      at: t.clock.now().toString(),
      by: { id: admin.userId, fullName: expect.any(String) },
      takesBack: null,
      changes: [
        { field: 'phone', from: null, to: '+8801712345678' },
        { field: 'email', from: null, to: 'desk@padma.example' },
      ],
    });
    const { rows } = await t.deps.pool.query(
      `select by_user, action, detail from audit_log where action like 'settings.%' order by id desc limit 1`,
    );
    expect(rows[0]).toMatchObject({
      by_user: admin.userId,
      action: 'settings.changed',
      detail: { version: before + 1, changes: latest?.changes },
    });
  });

  test('leave no trace of a change that changes nothing', async () => {
    await change({ phone: '16263' });
    const version = await versionNow();
    expect(await change({ phone: '16263', firstWeekday: 6 })).toMatchObject({ version });
    expect(await versionNow()).toBe(version);
  });

  test.each<[Values, string]>([
    [{ name: '' }, 'name'],
    [{ name: 'a'.repeat(61) }, 'name'],
    [{ name: 'two\nlines' }, 'name'],
    [{ nameBn: 'পদ্মা ক্লিনিক', name: null }, 'name'],
    [{ addressBn: 'মিরপুর রোড', address: null }, 'address'],
    [{ phone: 'call us' }, 'phone'],
    [{ phone: '12' }, 'phone'],
    [{ email: 'nobody' }, 'email'],
    [{ firstWeekday: 5 as 6 }, 'firstWeekday'],
    [{ language: 'fr' as 'en' }, 'language'],
  ])('refuse %j', async (values, field) => {
    const version = await versionNow();
    expect(await refusedFields(change(values))).toEqual([field]);
    expect(await versionNow()).toBe(version);
  });

  test('are not written over by who has not seen the newest', async () => {
    const version = await versionNow();
    await change({ address: '7 Mirpur Road' });
    const late = { body: { address: '9 Mirpur Road', expectedVersion: version } };
    await refused(t.call(patchSettings, late, await aSignedInAdmin()), 'changed_meanwhile');
    const early = { body: { address: '9 Mirpur Road', expectedVersion: version + 5 } };
    await refused(t.call(patchSettings, early, admin), 'changed_meanwhile');
    expect((await everybodyReads()).address).toBe('7 Mirpur Road');
  });

  test('of administrators at the same moment one wins', async () => {
    const expectedVersion = await versionNow();
    const all = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        t.call(patchSettings, { body: { address: `${index + 20} Mirpur Road`, expectedVersion } }, admin),
      ),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await versionNow()).toBe(expectedVersion + 1);
  });

  test('can be read back page by page to the first change', async () => {
    for (const phone of ['111', '222', '333']) await change({ phone });
    const all = await history();
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, ...(cursor ? { cursor } : {}) };
      const page = await t.call(listSettingsHistory, { query }, admin);
      seen.push(...page.items.map(({ version }) => version));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(all.map(({ version }) => version));
    expect(seen.at(-1)).toBe(2);
  });

  test('what was written stays as it is', async () => {
    await expect(t.deps.pool.query(`update settings set phone = '999'`)).rejects.toThrow(/append-only/);
    await expect(t.deps.pool.query('delete from settings where version > 1')).rejects.toThrow(/append-only/);
  });
});

describe('a change that is taken back', () => {
  test('gives its fields their former values and leaves the others', async () => {
    await change({ phone: '111', firstWeekday: 6 });
    const { version } = await change({ phone: '16263', firstWeekday: 7 });
    await change({ email: 'later@padma.example' });
    expect(await takeBack(version)).toMatchObject({
      phone: '111',
      firstWeekday: 6,
      email: 'later@padma.example',
      version: version + 2,
    });
    const [latest] = await history();
    expect(latest).toMatchObject({
      takesBack: version,
      changes: [
        { field: 'phone', from: '16263', to: '111' },
        { field: 'firstWeekday', from: 7, to: 6 },
      ],
    });
    // Taking that back in turn is a change like any other.
    expect(await takeBack(version + 2)).toMatchObject({ phone: '16263', firstWeekday: 7 });
    await change({ firstWeekday: 6 });
  });

  test('is one that was made, by who has seen the newest', async () => {
    const version = await versionNow();
    await refused(takeBack(version + 1), 'not_found');
    const input = { params: { version }, body: { expectedVersion: version - 1 } };
    await refused(t.call(takeBackSettings, input, admin), 'changed_meanwhile');
  });
});

describe('what is set shows', () => {
  test('on every page in its language, with how the organisation is reached', async () => {
    await change({
      name: 'Padma Clinic',
      nameBn: 'পদ্মা ক্লিনিক',
      phone: '02 5501 2345',
      address: '7 Mirpur Road',
      addressBn: '৭ মিরপুর রোড',
    });
    const english = await pageWith('/en/sign-in', 'Padma Clinic');
    expect(english).toMatch(/<title>[^<]* · Padma Clinic<\/title>/);
    expect(english).toContain('href="tel:0255012345"');
    expect(english).toContain('7 Mirpur Road');
    expect(english).not.toContain('Shomoy');
    const bangla = await pageWith('/sign-in', 'পদ্মা ক্লিনিক');
    expect(bangla).toContain('৭ মিরপুর রোড');
  });

  test('on a patient’s slip, whose chamber without a number shows the organisation’s', async () => {
    await change({ name: 'Padma Clinic', nameBn: null, phone: '16263' });
    const doctor = await aDoctor(t);
    const patient = await aSignedInPatient(t);
    const { liveUrl } = await t.call(
      bookAppointment,
      {
        body: {
          doctorId: doctor.doctorId,
          chamberId: doctor.chamberId,
          visitTypeId: doctor.visitTypeId,
          startsAt: '2026-11-09T17:00:00+06:00',
          patientId: patient.patientId,
        },
      },
      { ...patient, idempotencyKey: `settings-${next()}` },
    );
    const page = await pageWith(`/en${liveUrl}`, 'tel:16263');
    const slip = /<article class="slip.*?<\/article>/s.exec(page)?.[0] ?? '';
    expect(slip).toContain('Padma Clinic');
    expect(slip).toContain('tel:16263');
  });

  test('in the order of a doctor’s weekdays', async () => {
    const doctor = await aDoctor(t);
    const { slug } = doctor;
    // A doctor is shown once their search row is ready.
    await jobsDone(t);
    const weekdays = (page: string) =>
      [...page.matchAll(/<th scope="row"[^>]*>([A-Z][a-z]+day)<\/th>/g)].map(([, name]) => name);
    await change({ name: 'From Saturday', firstWeekday: 6 });
    expect(weekdays(await pageWith(`/en/d/${slug}`, 'From Saturday'))[0]).toBe('Saturday');
    await change({ name: 'From Monday', firstWeekday: 1 });
    const page = await pageWith(`/en/d/${slug}`, 'From Monday');
    expect(weekdays(page)).toEqual([
      'Monday',
      'Tuesday',
      'Wednesday',
      'Thursday',
      'Friday',
      'Saturday',
      'Sunday',
    ]);
  });

  test('in the language of whoever comes for the first time, and of new accounts that name none', async () => {
    const typed = { 'sec-fetch-site': 'none' };
    await change({ name: 'In Bangla', language: 'bn' });
    await pageWith('/', 'In Bangla', typed);
    await change({ name: 'In English', language: 'en' });
    await pageWith('/en', 'In English');
    const visit = async (headers: Record<string, string>) => {
      const { statusCode, headers: answered } = await t.inject({ url: '/', headers });
      return [statusCode, answered.location];
    };
    expect(await visit(typed)).toEqual([303, '/en']);
    expect(await visit({ ...typed, cookie: 'shomoy-language=bn' })).toEqual([200, undefined]);
    expect(await visit({ 'sec-fetch-site': 'same-origin' })).toEqual([200, undefined]);
    const body = { userType: 'patient', fullName: 'Rahim Uddin', mobile: '01799000777', password } as const;
    expect((await t.call(register, { body })).user.language).toBe('en');
    await change({ language: 'bn' });
  });
});
