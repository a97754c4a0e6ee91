import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { register } from '../../src/contract/auth.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { doctorBody, next, password, patientBody, refusal, refusedFields, sendRaw } from './people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
});
afterAll(() => app.close());

const sendRegistration = (body: unknown) => sendRaw(app, { method: 'POST', url: '/auth/register', body });

describe('a patient registers', () => {
  test('with a mobile alone, and is their own first patient', async () => {
    const { user } = await app.call(register, {
      body: patientBody({
        fullName: '  রহিমা খাতুন ',
        mobile: '০১৭৯৯-৮৮৭৭৬৬',
        division: 'Dhaka',
        district: 'Dhaka',
        thana: 'Dhanmondi',
        language: 'en',
      }),
    });
    expect(user).toMatchObject({
      fullName: 'রহিমা খাতুন',
      mobile: '+8801799887766',
      email: null,
      userType: 'patient',
      status: 'active',
      division: 'Dhaka',
      district: 'Dhaka',
      thana: 'Dhanmondi',
      language: 'en',
      profileImage: null,
      createdAt: '2026-11-02T04:00:00Z',
      doctor: null,
    });
    const patients = await app.db
      .selectFrom('patients')
      .select(['full_name', 'relation'])
      .where('user_id', '=', user.id)
      .execute();
    expect(patients).toEqual([{ full_name: 'রহিমা খাতুন', relation: 'self' }]);
  });

  test('with an e-mail alone, kept in lower case', async () => {
    const { user } = await app.call(register, {
      body: patientBody({ mobile: undefined, email: 'Nusrat.J@Example.COM' }),
    });
    expect(user).toMatchObject({ email: 'nusrat.j@example.com', mobile: null, language: 'bn' });
  });

  test('and only a hash of the password is kept', async () => {
    const { user } = await app.call(register, { body: patientBody() });
    const { password_hash } = await app.db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', user.id)
      .executeTakeFirstOrThrow();
    expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });

  test('but not with an e-mail or mobile that has an account', async () => {
    await app.call(register, { body: patientBody({ mobile: '01811111111', email: 'taken@example.com' }) });
    await refusal(app.call(register, { body: patientBody({ mobile: '+880 1811-111111' }) }), 'mobile_taken');
    await refusal(app.call(register, { body: patientBody({ email: 'TAKEN@example.com' }) }), 'email_taken');
  });

  test('and of twenty who want one mobile together one gets it', async () => {
    const body = patientBody();
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendRegistration(body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'mobile_taken')).toHaveLength(19);
  });
});

describe('a place', () => {
  const refusedPlace = (place: { division?: string; district?: string; thana?: string }) =>
    refusedFields(app.call(register, { body: patientBody(place) }));

  test.each([
    ['an unknown division', { division: 'Atlantis' }, 'division'],
    ['a district of another division', { division: 'Khulna', district: 'Dhaka' }, 'district'],
    ['a thana of another district', { division: 'Dhaka', district: 'Gazipur', thana: 'Dhanmondi' }, 'thana'],
    ['a district without its division', { district: 'Dhaka' }, 'division'],
    ['a thana without its district', { division: 'Dhaka', thana: 'Dhanmondi' }, 'district'],
  ])('%s is refused at its field', async (_, place, field) => {
    expect(await refusedPlace(place)).toEqual([field]);
  });
});

describe('a doctor registers', () => {
  test('and waits for approval', async () => {
    const { user } = await app.call(register, {
      body: doctorBody({
        fullName: 'Dr. Farhana Haqué',
        licenseNumber: 'A-77001',
        specializations: [3, 1, 3],
      }),
    });
    expect(user.doctor).toMatchObject({
      licenseNumber: 'A-77001',
      experienceYears: 12,
      consultationFee: '800.00',
      specializations: [1, 3],
      approval: 'pending',
      slug: 'dr-farhana-haque',
    });
    const jobs = await app.deps.pool.query(
      `select payload from graphile_worker._private_jobs where payload #>> '{data,doctorId}' = $1`,
      [String(user.id)],
    );
    expect(jobs.rows).toMatchObject([{ payload: { name: 'doctor.changed', data: { doctorId: user.id } } }]);
  });

  test('and gets an address of their own, also under a name that others have', async () => {
    const slugs: (string | undefined)[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { user } = await app.call(register, { body: doctorBody({ fullName: 'Tanvir Hasan' }) });
      slugs.push(user.doctor?.slug);
    }
    expect(slugs).toEqual(['tanvir-hasan', 'tanvir-hasan-2', 'tanvir-hasan-3']);
  });

  test('and gets one also under a name in Bangla, and beside many who register together', async () => {
    const { user } = await app.call(register, { body: doctorBody({ fullName: 'ডা. সালমা আক্তার' }) });
    expect(user.doctor?.slug).toBe(`doctor-${user.id}`);
    const together = await Promise.all(
      Array.from({ length: 25 }, () => app.call(register, { body: doctorBody({ fullName: 'Imran Khan' }) })),
    );
    expect(new Set(together.map((answer) => answer.user.doctor?.slug)).size).toBe(25);
  });

  test('and an address that is nobody else’s id, and short enough to be asked for', async () => {
    const { user } = await app.call(register, { body: doctorBody({ fullName: '1' }) });
    expect(user.doctor?.slug).toBe(`doctor-${user.id}`);
    const long = await app.call(register, { body: doctorBody({ fullName: '\ufb03'.repeat(100) }) });
    expect(long.user.doctor?.slug).toBe('ffi'.repeat(34).slice(0, 100));
  });

  test('but not with a licence that has an account', async () => {
    await app.call(register, { body: doctorBody({ licenseNumber: 'A-90001' }) });
    await refusal(app.call(register, { body: doctorBody({ licenseNumber: ' A-90001 ' }) }), 'license_taken');
  });

  test('but not for a specialization that is not on the list, and nothing stays behind', async () => {
    const body = doctorBody({ email: 'nobody@example.com', specializations: [1, 999] });
    expect(await refusedFields(app.call(register, { body }))).toEqual(['specializations']);
    const left = await app.db
      .selectFrom('users')
      .select('id')
      .where('email', '=', 'nobody@example.com')
      .execute();
    expect(left).toEqual([]);
  });

  test.each(['licenseNumber', 'experienceYears', 'consultationFee'])('but not without %s', async (field) => {
    const answer = await sendRegistration({ ...doctorBody(), [field]: undefined });
    expect(answer).toMatchObject({ status: 422, fields: [field] });
  });
});

describe('registration refuses', () => {
  test.each(['admin', 'assistant', 'root', 7, null])('to make a %s', async (userType) => {
    const answer = await sendRegistration({ ...patientBody(), userType });
    expect(answer).toMatchObject({ status: 422, fields: ['userType'] });
  });

  test.each([
    ['too short', 'Ab@1'],
    ['without upper case', 'kodom@phul7'],
    ['without a digit', 'Kodom@phul'],
    ['without a special character', 'Kodomphul7'],
    ['too long', `Aa1@${'x'.repeat(200)}`],
    ['first in every breach', 'P@ssw0rd123'],
    ['first in every breach', 'Admin@123'],
    ['first in every breach', '1qaz@WSX'],
    ['not text', 12_345_678],
  ])('a password that is %s', async (_, weak) => {
    const answer = await sendRegistration({ ...patientBody(), password: weak });
    expect(answer).toMatchObject({ status: 422, code: 'invalid_input' });
    expect(new Set(answer.fields)).toEqual(new Set(['password']));
  });

  test.each([
    ['neither e-mail nor mobile', { mobile: undefined }, 'mobile'],
    ['a mobile of ten digits', { mobile: '0171234567' }, 'mobile'],
    ['a mobile of another country', { mobile: '+919812345678' }, 'mobile'],
    ['an e-mail without a domain', { email: 'nusrat@' }, 'email'],
    ['an e-mail of 101 characters', { email: `${'a'.repeat(89)}@example.com` }, 'email'],
    ['an empty name', { fullName: '   ' }, 'fullName'],
    ['a name of 101 characters', { fullName: 'ক'.repeat(101) }, 'fullName'],
    ['a name of two lines', { fullName: 'Nusrat\nJahan' }, 'fullName'],
    ['a name with NUL', { fullName: 'Nusrat\u0000Jahan' }, 'fullName'],
    ['a division with NUL', { division: 'Dhaka\u0000' }, 'division'],
    ['a name that is a list', { fullName: ['Nusrat'] }, 'fullName'],
    ['an unknown language', { language: 'fr' }, 'language'],
    ['a field it does not know', { status: 'active' }, 'status'],
    ['a licence of a patient', { licenseNumber: 'A-1' }, 'licenseNumber'],
  ])('%s', async (_, wrong, field) => {
    const answer = await sendRegistration({ ...patientBody(), ...wrong });
    expect(answer).toMatchObject({ status: 422, fields: [field] });
  });

  test.each([
    ['a negative fee', { consultationFee: '-1' }, 'consultationFee'],
    ['a fee in floating point', { consultationFee: 800.5 }, 'consultationFee'],
    ['a hundred years of experience', { experienceYears: 100 }, 'experienceYears'],
    ['half a year', { experienceYears: 1.5 }, 'experienceYears'],
    ['specializations past an integer', { specializations: [2 ** 40] }, 'specializations.0'],
  ])('%s of a doctor', async (_, wrong, field) => {
    const answer = await sendRegistration({ ...doctorBody(), ...wrong });
    expect(answer).toMatchObject({ status: 422, fields: [field] });
  });

  test('what is no object, and what is no JSON', async () => {
    expect(await sendRegistration([])).toMatchObject({ status: 422 });
    expect(await sendRegistration('{"fullName":')).toMatchObject({ status: 400, code: 'malformed_request' });
    expect(await sendRegistration({ ...patientBody(), fullName: 'x'.repeat(70_000) })).toMatchObject({
      status: 413,
    });
  });

  test('half a character is no reason to fail', async () => {
    const answer = await sendRegistration({ ...patientBody(), fullName: `Nusrat \ud83d ${next()}` });
    expect(answer.status).toBeLessThan(500);
  });
});

test('the logs name nobody', async () => {
  await app.call(register, {
    body: patientBody({ fullName: 'Zulekha Unmistakable', mobile: '01955443322' }),
  });
  await sendRegistration(patientBody({ fullName: 'Zulekha Unmistakable', mobile: '01955443322' }));
  expect(app.logs.join('')).toContain('/api/v1/auth/register');
  await expectNoPersonalData(app, [password, '01955443322']);
});
