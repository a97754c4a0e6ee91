import { sql } from 'kysely';
import { createChamber } from '../../appointments/chambers/create-chamber.ts';
import { ruleColumns } from '../../appointments/schedules/queries.ts';
import type { Tx } from '../../platform/database.ts';
import type { WeeklyRule } from '../../scheduling/weekly-rules.ts';
import { registerUser } from '../../users/accounts/register-user.ts';
import { decideDoctor } from '../../users/administration/decide-doctor.ts';
import type { City } from './cities.ts';
import { fictitiousMobile } from './fictitious-mobile.ts';
import { inventChambers, type InventedChamber } from './invent-chambers.ts';
import { inventDoctors, type InventedDoctor } from './invent-doctor.ts';
import { inventOffers, type InventedOffer, type VisitKind } from './invent-hours.ts';
import type { Hashes } from './make-people.ts';
import type { Random } from './random.ts';

/** What the licence number of every demonstration doctor begins with; no council gives such numbers. */
export const demoLicence = 'DEMO-';

export type DemoDoctor = InventedDoctor & {
  id: number;
  rules: WeeklyRule[];
  travelMinutes: number;
  visitTypes: { id: number; chamberId: number; kind: VisitKind; minutes: number; fee: string }[];
};

type Input = {
  random: Random;
  cities: readonly City[];
  hashes: Hashes;
  adminId: number;
  now: Temporal.Instant;
};
type Chamber = InventedChamber & { id: number };
type Settled = { doctor: InventedDoctor; id: number; offers: (InventedOffer & { chamberId: number })[] };

/** Registers and approves the doctors, opens their chambers and sets their hours. */
export async function makeDoctors(tx: Tx, input: Input): Promise<DemoDoctor[]> {
  const { random, cities } = input;
  const chambers = await makeChambers(tx, input);
  const codes = await tx.selectFrom('specializations').select(['id', 'code']).execute();
  const idOfCode = new Map(codes.map(({ id, code }) => [code, id]));
  const settled: Settled[] = [];
  for (const [index, doctor] of inventDoctors(random, cities).entries()) {
    const seats = chooseChambers(random, { doctor, index, chambers: chambers.get(doctor.city) ?? [] });
    const registered = input.now.subtract({ hours: 24 * random.whole(60, 500) + random.whole(0, 12) });
    const id = await registerUser(
      tx,
      {
        userType: 'doctor',
        fullName: doctor.name.en,
        nameBn: doctor.name.bn,
        email: doctor.email ?? `doctor${index + 1}@example.com`,
        mobile: fictitiousMobile('doctor', index + 1),
        passwordHash: input.hashes.doctors[index] ?? input.hashes.doctors[0] ?? input.hashes.admin,
        division: doctor.city.division,
        district: doctor.city.district,
        ...(seats[0] ? { thana: seats[0].thana } : {}),
        licenseNumber: `${demoLicence}${String(index + 1).padStart(4, '0')}`,
        experienceYears: doctor.experienceYears,
        consultationFee: String(doctor.fee),
        specializations: doctor.specializations.flatMap((code) => idOfCode.get(code) ?? []),
        gender: doctor.gender,
        qualifications: doctor.qualifications,
        aboutEn: doctor.about.en,
        aboutBn: doctor.about.bn,
      },
      registered,
    );
    const approved = registered.add({ hours: random.whole(4, 72) });
    await decideDoctor(
      tx,
      { doctorId: id, decision: 'approved', instead: 'pending' },
      { userId: input.adminId },
      approved,
    );
    const offers = inventOffers(random, doctor, seats.length);
    settled.push({
      doctor,
      id,
      offers: seats.flatMap((seat, chamber) => {
        const offer = offers[chamber];
        return offer ? [{ ...offer, chamberId: seat.id }] : [];
      }),
    });
  }
  return setHours(tx, settled);
}

async function makeChambers(tx: Tx, { random, cities, now }: Input): Promise<Map<City, Chamber[]>> {
  const thanas = await tx
    .selectFrom('thanas')
    .select(['district', 'name', 'name_bn as nameBn', 'kind'])
    .execute();
  const chambers = new Map<City, Chamber[]>();
  let count = 0;
  for (const city of cities) {
    const made: Chamber[] = [];
    for (const chamber of inventChambers(random, city, thanas)) {
      const { id } = await createChamber(
        tx,
        {
          name: chamber.name.en,
          nameBn: chamber.name.bn,
          address: chamber.address.en,
          addressBn: chamber.address.bn,
          phone: fictitiousMobile('chamber', ++count),
          division: chamber.division,
          district: chamber.district,
          thana: chamber.thana,
          timeZone: 'Asia/Dhaka',
        },
        now.subtract({ hours: 24 * 600 }),
      );
      made.push({ ...chamber, id });
    }
    chambers.set(city, made);
  }
  return chambers;
}

/** One chamber, of every sixth doctor two. */
function chooseChambers(
  random: Random,
  { doctor, index, chambers }: { doctor: InventedDoctor; index: number; chambers: Chamber[] },
): Chamber[] {
  const suitable = chambers.filter((chamber) => doctor.thana === null || chamber.thana === doctor.thana);
  const first = random.pick(suitable);
  const others = chambers.filter((chamber) => chamber !== first);
  return index % 6 === 5 && others.length > 0 ? [first, random.pick(others)] : [first];
}

// Across a city, in minutes.
const waysBetweenChambers = [30, 45, 60];

/**
 * Visit types, weekly rules and the ways between chambers of all doctors in a few statements: the commands take a transaction and six round trips
 * for each of the two and a half thousand. `inventOffers` keeps hours apart, which the commands would check.
 */
async function setHours(tx: Tx, settled: Settled[]): Promise<DemoDoctor[]> {
  const offers = settled.flatMap(({ id, doctor, offers }) =>
    offers.map((offer) => ({ ...offer, doctorId: id, mode: doctor.mode })),
  );
  const visitTypes = offers.flatMap(({ doctorId, chamberId, visits }) =>
    visits.map((visit) => ({ doctorId, chamberId, ...visit })),
  );
  const rules = offers.flatMap((offer) => offer.hours.map((hour) => ({ ...offer, ...hour })));
  const { rows: visitTypeRows } = await sql<DemoDoctor['visitTypes'][number] & { doctorId: number }>`
    insert into visit_types (doctor_id, chamber_id, kind, minutes, fee)
    select "doctorId", "chamberId", kind, minutes, fee
    from jsonb_to_recordset(${JSON.stringify(visitTypes)}::jsonb)
      as t ("doctorId" int, "chamberId" int, kind text, minutes smallint, fee numeric)
    returning id, doctor_id as "doctorId", chamber_id as "chamberId", kind, minutes, fee::text as fee`.execute(
    tx,
  );
  await sql`
    insert into schedules (doctor_id, chamber_id, weekday, from_time, to_time, mode, slot_minutes, capacity,
                           quota_online, quota_phone, quota_walk_in, quota_release_minutes, notice_minutes)
    select "doctorId", "chamberId", weekday, "from", "to", mode, "slotMinutes", capacity,
           (quotas ->> 'online')::smallint, (quotas ->> 'phone')::smallint, (quotas ->> 'walkIn')::smallint,
           "quotaReleaseMinutes", "noticeMinutes"
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb)
      as t ("doctorId" int, "chamberId" int, weekday smallint, "from" time, "to" time, mode text,
            "slotMinutes" smallint, capacity smallint, quotas jsonb, "quotaReleaseMinutes" int,
            "noticeMinutes" int)`.execute(tx);
  const { rows: ruleRows } = await sql<WeeklyRule & { doctorId: number }>`
    select s.doctor_id as "doctorId", ${sql.raw(ruleColumns)}
    from schedules s join chambers c on c.id = s.chamber_id
    where s.doctor_id = any (${settled.map(({ id }) => id)}) order by s.id`.execute(tx);
  const travellers = settled.filter(({ offers: { length } }) => length > 1);
  const travelMinutesOf = new Map(
    travellers.map(({ id }, index) => [id, waysBetweenChambers[index % waysBetweenChambers.length] ?? 0]),
  );
  await tx
    .insertInto('doctor_settings')
    .values([...travelMinutesOf].map(([doctor_id, travel_minutes]) => ({ doctor_id, travel_minutes })))
    .execute();
  const visitTypesOf = Map.groupBy(visitTypeRows, (row) => row.doctorId);
  const rulesOf = Map.groupBy(ruleRows, (row) => row.doctorId);
  return settled.map(({ doctor, id }) => ({
    ...doctor,
    id,
    rules: rulesOf.get(id) ?? [],
    travelMinutes: travelMinutesOf.get(id) ?? 0,
    visitTypes: (visitTypesOf.get(id) ?? []).toSorted((a, b) => a.id - b.id),
  }));
}
