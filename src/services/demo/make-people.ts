import type { Tx } from '../../platform/database.ts';
import { registerUser } from '../../users/accounts/register-user.ts';
import { addPatient } from '../../users/patients/add-patient.ts';
import { changePatient } from '../../users/patients/change-patient.ts';
import { listPatientsOf } from '../../users/patients/queries.ts';
import type { City } from './cities.ts';
import { fictitiousMobile } from './fictitious-mobile.ts';
import { inventName, type Gender } from './invent-name.ts';
import type { Random } from './random.ts';

export type Staff = {
  adminId: number;
  assistants: readonly Assistant[];
};

/** `helping`: the second one of the division. */
type Assistant = { userId: number; division: string; helping: boolean };

/** Someone who can be seen by a doctor. */
export type DemoPatient = {
  id: number;
  /** The account that books for them. */
  userId: number;
  division: string;
  group: Gender | 'child';
};

export type Hashes = { admin: string; assistant: string; doctors: string[]; patients: string[] };

/**
 * The administrator, and an assistant for each division with a second one in the first: `assistant@example.com` is the
 * first of all.
 */
export async function makeStaff(
  tx: Tx,
  {
    random,
    cities,
    hashes,
    registered,
  }: { random: Random; cities: readonly City[]; hashes: Hashes; registered: Temporal.Instant },
): Promise<Staff> {
  const adminId = await registerUser(
    tx,
    {
      userType: 'admin',
      fullName: 'Shahana Chowdhury',
      email: 'admin@example.com',
      passwordHash: hashes.admin,
      language: 'en',
    },
    registered,
  );
  const assistants: Assistant[] = [];
  const divisions = [...new Set(cities.map((city) => city.division))];
  for (const division of [...divisions, ...divisions.slice(0, 1)]) {
    const number = assistants.length + 1;
    const helping = number > divisions.length;
    const userId = await registerUser(
      tx,
      {
        userType: 'assistant',
        fullName: helping ? 'Rokeya Sultana' : inventName(random, random.pick(genders)).en,
        email: number === 1 ? 'assistant@example.com' : `assistant${number}@example.com`,
        mobile: fictitiousMobile('assistant', number),
        passwordHash: hashes.assistant,
        division,
      },
      registered,
    );
    assistants.push({ userId, division, helping });
  }
  return { adminId, assistants };
}

const genders: readonly Gender[] = ['female', 'male'];

// Enough that a month of visits gives most people a handful, as in life.
const accounts = 640;

/** The patients with their families. As many as there are hashes have an e-mail; the others sign in by mobile. */
export async function makePatients(
  tx: Tx,
  {
    random,
    cities,
    hashes,
    now,
  }: { random: Random; cities: readonly City[]; hashes: Hashes; now: Temporal.Instant },
): Promise<DemoPatient[]> {
  const patients: DemoPatient[] = [];
  const year = now.toZonedDateTimeISO('Asia/Dhaka').year;
  const [capital] = cities;
  // The youngest child is born by then.
  const familyAdded = now.subtract({ hours: 24 * 45 });
  for (let number = 1; number <= accounts; number++) {
    const ownHash = hashes.patients[number - 1];
    const gender = random.pick(genders);
    const { division, district, thanas } =
      number === 1 && capital ? capital : random.pickWeighted(cities, (city) => city.doctors);
    const registered = now.subtract({ hours: 24 * random.whole(50, 400) + random.whole(0, 12) });
    const userId = await registerUser(
      tx,
      {
        userType: 'patient',
        fullName: inventName(random, gender).en,
        ...(ownHash ? { email: `patient${number}@example.com` } : {}),
        mobile: fictitiousMobile('patient', number),
        passwordHash: ownHash ?? hashes.patients[0] ?? hashes.admin,
        division,
        district,
        thana: random.pick(thanas),
      },
      registered,
    );
    const by = { userId, userType: 'patient' as const, signInId: '' };
    const age = random.whole(24, 66);
    for (const self of await listPatientsOf(tx, userId)) {
      await changePatient(tx, { id: self.id, gender, birthYear: year - age }, by, registered);
      patients.push({ id: self.id, userId, division, group: gender });
    }
    for (const member of family(random, { gender, age })) {
      const { id } = await addPatient(
        tx,
        {
          fullName: inventName(random, member.gender).en,
          relation: member.relation,
          gender: member.gender,
          birthYear: year - member.age,
        },
        by,
        familyAdded,
      );
      patients.push({ id, userId, division, group: member.age < 14 ? 'child' : member.gender });
    }
  }
  return patients;
}

type Member = { relation: 'spouse' | 'child' | 'parent'; gender: Gender; age: number };

function family(random: Random, head: { gender: Gender; age: number }): Member[] {
  const members: Member[] = [];
  if (random.chance(0.15)) {
    const gender = head.gender === 'male' ? 'female' : 'male';
    members.push({ relation: 'spouse', gender, age: Math.max(20, head.age + random.whole(-6, 6)) });
  }
  if (head.age < 50 && random.chance(0.4))
    members.push({
      relation: 'child',
      gender: random.pick(genders),
      age: random.whole(1, Math.min(13, head.age - 22)),
    });
  if (head.age < 45 && random.chance(0.12))
    members.push({ relation: 'parent', gender: random.pick(genders), age: head.age + random.whole(20, 32) });
  return members;
}
