import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listUsers } from '../../src/contract/admin.ts';
import { login } from '../../src/contract/auth.ts';
import type { User } from '../../src/contract/users.ts';
import type { TestApp } from '../harness/app.ts';
import { aChamber, aVisitType, next, signedIn } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';
import {
  checked,
  confirmed,
  findings,
  found,
  imported,
  inShort,
  startImports,
  takenBack,
  type By,
} from '../harness/imports.ts';

let t: TestApp;
let admin: By & { userId: number };
beforeAll(async () => {
  ({ t, admin } = await startImports());
});
afterAll(() => t.close());

const kind = 'doctors';
const headings = 'full_name,email,mobile,license_number,experience_years,consultation_fee';

const userOf = async (licence: string): Promise<User | undefined> =>
  (await t.call(listUsers, { query: { q: licence } }, admin)).items[0];

/** A file of doctors with nothing but what they need; each has an e-mail after the licence. */
const aFile = (...licences: string[]) =>
  [
    headings,
    ...licences.map((licence) => `Salma Akter,${licence.toLowerCase()}@example.com,,${licence},12,800`),
  ].join('\n');

test('a file makes doctors with all that stands in it, approved where the administrator says so', async () => {
  const licence = `IMP-${next()}`;
  const content = `${headings},name_bn,specializations,gender,qualifications,division,district,thana
Salma Akter,Salma@Example.com,1812345678,${licence},১২,"৳ 1,200.50",সালমা আক্তার,cardiology; মেডিসিন,নারী,"MBBS, FCPS",dhaka,ঢাকা,Dhanmondi
Salma Akter,,01812345679,${licence}-2,0,0,,,,,,,
`;
  const { id } = await checked(t, admin, { kind, content, approval: 'approved' });
  expect(await userOf(licence)).toBeUndefined();
  expect(await confirmed(t, admin, id)).toMatchObject({ state: 'imported', counts: { new: 2 } });
  expect(await userOf(`${licence}-2`)).toMatchObject({
    doctor: { slug: 'salma-akter-2', approval: 'approved' },
  });
  const { items } = await t.call(listUsers, { query: { q: '01812345678' } }, admin);
  expect(items).toMatchObject([
    {
      fullName: 'Salma Akter',
      email: 'salma@example.com',
      mobile: '+8801812345678',
      emailVerified: false,
      mobileVerified: false,
      userType: 'doctor',
      status: 'active',
      division: 'Dhaka',
      district: 'Dhaka',
      thana: 'Dhanmondi',
      doctor: {
        licenseNumber: licence,
        experienceYears: 12,
        consultationFee: '1200.50',
        specializations: [1, 3],
        slug: 'salma-akter',
        nameBn: 'সালমা আক্তার',
        gender: 'female',
        qualifications: 'MBBS, FCPS',
        approval: 'approved',
      },
    },
  ]);
});

test('imported doctors wait for approval unless it was said otherwise, and whoever listens is told of each', async () => {
  const told = async () =>
    (await t.deps.pool.query(`select from graphile_worker.jobs where task_identifier = 'relay-event'`))
      .rowCount ?? 0;
  const before = await told();
  const [waiting, sure] = [`IMP-${next()}`, `IMP-${next()}`];
  await imported(t, admin, { kind, content: aFile(waiting) });
  await imported(t, admin, { kind, content: aFile(sure), approval: 'approved' });
  expect(await userOf(waiting)).toMatchObject({ doctor: { approval: 'pending' } });
  expect(await userOf(sure)).toMatchObject({ doctor: { approval: 'approved' } });
  expect(await told()).toBe(before + 2);
});

test('nobody has the password of an imported doctor, not even two of them the same', async () => {
  const [one, two] = [`IMP-${next()}`, `IMP-${next()}`];
  await imported(t, admin, { kind, content: aFile(one, two) });
  for (const password of [one, 'null', 'Kodom@phul7'])
    await refused(
      t.call(login, { body: { login: `${one.toLowerCase()}@example.com`, password } }),
      'wrong_credentials',
    );
  const { rows } = await t.deps.pool.query<{ hash: string }>(
    'select password_hash as hash from users where license_number = any ($1)',
    [[one, two]],
  );
  expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
});

describe('a row is refused', () => {
  const row = (cells: Record<string, string>) => {
    const all = {
      full_name: 'Salma Akter',
      mobile: '',
      email: `someone${next()}@example.com`,
      license_number: `IMP-${next()}`,
      experience_years: '12',
      consultation_fee: '800',
      ...cells,
    };
    return `${Object.keys(all).join(',')}\n${Object.values(all)
      .map((cell) => `"${cell}"`)
      .join(',')}\n`;
  };

  test.each<[Record<string, string>, string[]]>([
    [{ license_number: '' }, ['license_number empty']],
    [{ experience_years: '81' }, ['experience_years bad_number']],
    [{ experience_years: '-1' }, ['experience_years bad_number']],
    [{ consultation_fee: 'free' }, ['consultation_fee bad_amount']],
    [{ email: '' }, ['mobile no_contact']],
    [{ specializations: 'medicine, wizardry' }, ['specializations unknown_specialization']],
    [{ gender: 'other' }, ['gender bad_choice']],
    [{ division: 'Atlantis', district: 'Dhaka' }, ['division unknown_division']],
    [{ division: 'Dhaka', district: 'Cumilla', thana: 'Dhanmondi' }, ['district unknown_district']],
    [{ division: 'Dhaka', district: 'Dhaka', thana: 'Savor' }, ['thana unknown_thana']],
    [{ district: 'Dhaka' }, ['division place_incomplete']],
  ])('for %j', async (cells, expected) => {
    const all = await found(t, admin, { kind, content: row(cells) });
    expect(all).toEqual(expected.map((each) => `2 ${each}`));
  });

  test('whose licence, e-mail or mobile stands twice in the file or belongs to somebody else', async () => {
    const [known, free, mobile] = [`IMP-${next()}`, `IMP-${next()}`, '01712999888'];
    await imported(t, admin, {
      kind,
      content: `${headings}\nSalma Akter,taken@example.com,${mobile},${known},1,1\n`,
    });
    const content = [
      headings,
      `Salma Akter,taken@example.com,${mobile},${known},1,1`,
      `Other One,taken@example.com,,${free}-1,1,1`,
      `Other Two,,${mobile},${free}-2,1,1`,
      `Other Three,once@example.com,,${free}-3,1,1`,
      `Other Four,once@example.com,,${free}-3,1,1`,
    ].join('\n');
    const { id, counts } = await checked(t, admin, { kind, content });
    expect(inShort(await findings(t, admin, id)).toSorted()).toEqual([
      '2 license_number same',
      '3 email email_taken',
      '3 email twice_in_file',
      '4 mobile mobile_taken',
      '4 mobile twice_in_file',
      '6 email twice_in_file',
      '6 license_number twice_in_file',
    ]);
    expect(counts).toMatchObject({ rows: 5, new: 1, same: 1, refused: 3 });
  });
});

test('who registers with an e-mail of the file after its check keeps it, and nothing is imported', async () => {
  const [first, second] = [`IMP-${next()}`, `IMP-${next()}`];
  const { id } = await checked(t, admin, { kind, content: aFile(first, second) });
  await t.db
    .insertInto('users')
    .values({
      full_name: 'Faster One',
      email: `${second.toLowerCase()}@example.com`,
      password_hash: 'none',
      user_type: 'patient',
    })
    .execute();
  expect(await confirmed(t, admin, id)).toMatchObject({ state: 'checked', work: { state: 'failed' } });
  expect(inShort(await findings(t, admin, id))).toEqual(['3 email email_taken']);
  expect(await userOf(first)).toBeUndefined();
});

describe('taking doctors back', () => {
  test('frees their licence and address', async () => {
    const licence = `IMP-${next()}`;
    const { id } = await imported(t, admin, { kind, content: aFile(licence), approval: 'approved' });
    expect(await takenBack(t, admin, id)).toMatchObject({ state: 'taken_back' });
    expect(await userOf(licence)).toBeUndefined();
    await imported(t, admin, { kind, content: aFile(licence) });
    expect(await userOf(licence)).toBeDefined();
  });

  test('is refused while one has signed in or has fees, and says so of each', async () => {
    const [in1, in2, in3] = [`IMP-${next()}`, `IMP-${next()}`, `IMP-${next()}`];
    const { id } = await imported(t, admin, { kind, content: aFile(in1, in2, in3) });
    await signedIn(t, { userId: (await userOf(in1))?.id ?? 0 });
    await aVisitType(t, { doctorId: (await userOf(in3))?.id ?? 0, chamberId: await aChamber(t) });
    expect(await takenBack(t, admin, id)).toMatchObject({ state: 'imported', work: { state: 'failed' } });
    expect(inShort(await findings(t, admin, id))).toEqual([
      '2 full_name has_signed_in',
      '4 full_name has_arrangement',
    ]);
    expect(await userOf(in2)).toBeDefined();
  });
});
