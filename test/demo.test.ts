import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAppointments } from '../src/contract/appointments.ts';
import { getMyDesk } from '../src/contract/attachments.ts';
import { login } from '../src/contract/auth.ts';
import { getAvailability, getDoctor, searchDoctors } from '../src/contract/doctors.ts';
import { listHolidays } from '../src/contract/exceptions.ts';
import { demoLogins, seedDemo } from '../src/services/demo/seed-demo.ts';
import type { TestApp } from './harness/app.ts';
import { digest, evening, seedingTimeout, startDemo } from './harness/demo.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startDemo();
}, seedingTimeout);
afterAll(() => app.close());

async function count(condition: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count ${condition}`.execute(app.db);
  return rows[0]?.count ?? Number.NaN;
}

async function signIn(name: string, password: string) {
  const { accessToken, user } = await app.call(login, { body: { login: name, password } });
  return { accessToken, user };
}

describe('making it', () => {
  test('a second time changes and says nothing', async () => {
    const before = await digest(app);
    const said: string[] = [];
    await seedDemo(app.deps, (line) => said.push(line));
    expect(said).toEqual([]);
    expect(await digest(app)).toEqual(before);
  });

  test('search rows that an interrupted start did not get to are made by the next', async () => {
    const before = await digest(app);
    await sql`delete from doctor_search where doctor_id % 7 = 0`.execute(app.db);
    await seedDemo(app.deps, () => undefined);
    expect(await digest(app)).toEqual(before);
  });
});

describe('people', () => {
  test('the logins work, each as what it is called', async () => {
    for (const { who, login: name, password } of demoLogins)
      expect((await signIn(name, password)).user.userType).toBe(who);
  });

  test.each([
    ['dr.rahman@example.com', 'Doctor@2'],
    ['dr.begum@example.com', 'Doctor@5'],
    ['doctor300@example.com', 'Doctor@1'],
    ['patient20@example.com', 'Patient@20'],
  ])('%s signs in with %s', async (name, password) => {
    expect((await signIn(name, password)).user.email).toBe(name);
  });

  test('numbers have the code 010, which no operator has', async () => {
    expect(await count(sql`from users where mobile is not null`)).toBeGreaterThan(900);
    expect(await count(sql`from users where mobile !~ '^\\+88010'`)).toBe(0);
    expect(await count(sql`from chambers where phone is null or phone !~ '^\\+88010'`)).toBe(0);
  });

  test('the first patient has visits behind and before them', async () => {
    const { accessToken } = await signIn('patient1@example.com', 'Patient@1');
    const { items } = await app.call(listAppointments, { query: { limit: 100 } }, { accessToken });
    const statuses = new Set(items.map((item) => item.status));
    expect(statuses).toContain('completed');
    expect(statuses).toContain('confirmed');
  });
});

describe('desks', () => {
  test('the assistant runs a handful, the first doctor’s among them, with clock times and with serials', async () => {
    const { accessToken } = await signIn('assistant@example.com', 'Assistant@1');
    const { chambers } = await app.call(getMyDesk, {}, { accessToken });
    expect(chambers.length).toBeGreaterThanOrEqual(5);
    expect(chambers.length).toBeLessThanOrEqual(8);
    const doctors = chambers.flatMap((chamber) => chamber.doctors);
    expect(doctors.map((doctor) => doctor.slug)).toContain('david-smith');
    for (const { visitTypes } of doctors) expect(visitTypes.length).toBeGreaterThan(0);
    const here = sql.join(chambers.map(({ id }) => id));
    for (const mode of ['timed', 'serial'])
      expect(
        await count(sql`from schedules where mode = ${mode} and chamber_id in (${here})`),
      ).toBeGreaterThan(0);
    const today = sql`status in ('confirmed', 'arrived') and promised_local like '2026-11-02%'`;
    expect(await count(sql`from appointments where ${today} and chamber_id in (${here})`)).toBeGreaterThan(3);
  });

  test('every chamber where somebody works has one, run by an assistant of its division', async () => {
    expect(
      await count(sql`from (select distinct chamber_id from schedules) s
        join chambers c on c.id = s.chamber_id
        left join assistant_attachments t on t.chamber_id = c.id and t.doctor_id is null
        left join users u on u.id = t.assistant_id and u.user_type = 'assistant'
        where u.division is distinct from c.division`),
    ).toBe(0);
    expect(
      await count(sql`from appointment_history h join appointments a on a.id = h.appointment_id
        join users u on u.id = h.by_user
        where u.user_type = 'assistant' and not exists (
          select from assistant_attachments t where t.assistant_id = u.id and t.chamber_id = a.chamber_id)`),
    ).toBe(0);
  });
});

describe('finding a doctor', () => {
  test.each([
    ['an English name', { q: 'smith' }],
    ['a Bangla name', { q: 'স্মিথ' }],
    ['specialization and district', { specialization: 'medicine', district: 'Dhaka' }],
  ])('by %s shows when they are free', async (_, query) => {
    const { items } = await app.call(searchDoctors, { query: { ...query, limit: 100 } });
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(item.nextAvailable).toMatch(/^2026-11-/);
    expect(items.map((item) => item.nameBn)).toContain('ডেভিড স্মিথ');
  });

  test('dr.smith has free places in the coming week', async () => {
    const { doctor } = await app.call(getDoctor, { params: { id: 'david-smith' } });
    const { days } = await app.call(getAvailability, {
      params: { id: doctor.id },
      query: { from: '2026-11-03', to: '2026-11-09' },
    });
    // Saturday is a public holiday.
    const working = days.filter(({ date }) => date !== '2026-11-07');
    const remaining = working.flatMap((day) => day.sessions.map((session) => session.remaining));
    expect(remaining.length).toBeGreaterThanOrEqual(4);
    for (const places of remaining) expect(places).toBeGreaterThan(0);
  });

  test('a holiday is nobody’s working day', async () => {
    const { doctor } = await app.call(getDoctor, { params: { id: 'david-smith' } });
    const saturday = '2026-11-07';
    const { days } = await app.call(getAvailability, {
      params: { id: doctor.id },
      query: { from: saturday, to: saturday },
    });
    expect(days.flatMap(({ sessions }) => sessions.map(({ remaining }) => remaining))).toEqual([0]);
  });

  test('every division has timed and serial schedules', async () => {
    const { rows } = await sql<{ division: string; modes: string }>`
      select d.name as division, string_agg(distinct s.mode, ' ' order by s.mode) as modes
      from divisions d left join chambers c on c.division = d.name left join schedules s on s.chamber_id = c.id
      group by d.name`.execute(app.db);
    expect(rows).toHaveLength(8);
    for (const { modes } of rows) expect(modes).toBe('serial timed');
  });

  test('hours of one doctor never meet', async () => {
    expect(
      await count(sql`from schedules a join schedules b on b.doctor_id = a.doctor_id and b.weekday = a.weekday
                      and b.id > a.id and b.from_time < a.to_time and a.from_time < b.to_time`),
    ).toBe(0);
  });

  test('no two chambers of a district share a name', async () => {
    expect(await count(sql`from chambers a join chambers b using (district, name) where b.id > a.id`)).toBe(
      0,
    );
  });
});

describe('the calendar', () => {
  test('has the public holidays of the months around, and doctors with days off', async () => {
    const { items } = await app.call(listHolidays, { query: { from: '2026-10-01', until: '2027-12-31' } });
    const names = items.map(({ from, name }) => `${from} ${name}`);
    expect(names).toContain('2026-10-20 Durga Puja (Maha Navami)');
    expect(names).toContain('2026-11-07 National Revolution and Solidarity Day');
    expect(names.every((name) => name < '2027-12-08')).toBe(true);
    expect(await count(sql`from exceptions where kind = 'holiday' and tentative`)).toBeGreaterThan(3);
    expect(await count(sql`from exceptions where kind = 'time_off' and from_local > '2026-11-02'`)).toBe(25);
  });

  test('no appointment stands on a holiday or in time off', async () => {
    expect(
      await count(sql`from appointments a join exceptions e on e.doctor_id = a.doctor_id or e.kind = 'holiday'
        where a.promised_local < case when length(e.until_local) = 10 then e.until_local || 'T99' else e.until_local end
          and to_char(upper(a.period) + interval '6 hours', 'YYYY-MM-DD"T"HH24:MI') > e.from_local`),
    ).toBe(0);
  });

  test('some big sessions keep numbers for each channel, and nobody has another’s without its release', async () => {
    expect(await count(sql`from schedules where quota_online is not null`)).toBeGreaterThan(50);
    expect(
      await count(sql`from appointments a join sessions s on s.id = a.session_id join schedules r on r.id = s.schedule_id
        where r.quota_online is not null and a.serial <= 35
          and a.created_at < lower(s.period) - r.quota_release_minutes * interval '1 minute'
          and a.channel <> case when a.serial <= 20 then 'online' when a.serial <= 30 then 'phone' else 'walk_in' end`),
    ).toBe(0);
    expect(
      await count(sql`from appointments a join sessions s on s.id = a.session_id join schedules r on r.id = s.schedule_id
        where r.quota_online is not null and a.serial between 21 and 30 and a.channel = 'phone'`),
    ).toBeGreaterThan(10);
  });

  test('doctors of two chambers need time between them', async () => {
    expect(
      await count(sql`from (select doctor_id from schedules group by doctor_id having count(distinct chamber_id) > 1) two
        full join (select doctor_id from doctor_settings where travel_minutes > 0) travelling using (doctor_id)
        where two.doctor_id is null or travelling.doctor_id is null`),
    ).toBe(0);
    expect(await count(sql`from doctor_settings`)).toBeGreaterThan(20);
  });
});

describe('appointments', () => {
  const live = sql`status not in ('cancelled', 'no_show', 'expired')`;

  test('enough of them for reports, in every state of a working day', async () => {
    const { rows } = await sql<{ status: string; count: number }>`
      select status, count(*) as count from appointments group by status`.execute(app.db);
    const counts = new Map(rows.map((row) => [row.status, row.count]));
    expect([...counts.keys()].toSorted()).toEqual([
      'arrived',
      'cancelled',
      'completed',
      'confirmed',
      'in_consultation',
      'no_show',
    ]);
    const total = rows.reduce((sum, row) => sum + row.count, 0);
    expect(total).toBeGreaterThan(6_000);
    expect(total).toBeLessThan(10_000);
    expect(counts.get('completed')).toBeGreaterThan(4_000);
  });

  test('live ones lie in their sessions, and serials within the capacity', async () => {
    expect(await count(sql`from appointments where ${live}`)).toBeGreaterThan(6_000);
    expect(
      await count(sql`from appointments a join sessions s on s.id = a.session_id
                      where a.${live} and not (s.period @> a.period and s.period @> a.occupied)`),
    ).toBe(0);
    expect(
      await count(sql`from appointments a join sessions s on s.id = a.session_id
                      where (a.serial is not null) <> (s.mode = 'serial') or a.serial > s.capacity`),
    ).toBe(0);
  });

  test('nobody is in two consultations at once, and nothing happens in the future', async () => {
    expect(
      await count(sql`from (select doctor_id from appointments where status = 'in_consultation'
                            group by doctor_id having count(*) > 1) crowded`),
    ).toBe(0);
    expect(await count(sql`from appointment_history where at > ${evening}`)).toBe(0);
    expect(
      await count(
        sql`from appointments where status = 'confirmed' and upper(period) < ${evening}::timestamptz - interval '2 hours'`,
      ),
    ).toBe(0);
  });

  test('the history leads without gaps to the state and version', async () => {
    expect(
      await count(sql`from appointments a
        left join appointment_history h on h.appointment_id = a.id and h.version = a.version and h.to_status = a.status
        where h.id is null`),
    ).toBe(0);
    expect(
      await count(sql`from appointment_history h
        left join appointment_history b on b.appointment_id = h.appointment_id and b.version = h.version - 1
        where h.from_status is distinct from b.to_status or b.at > h.at`),
    ).toBe(0);
  });

  test('each step of the history is called what it was, and says the place it left the patient', async () => {
    const { rows } = await sql<{ steps: string }>`
      select distinct coalesce(from_status, '-') || ' ' || step || ' ' || to_status as steps
      from appointment_history order by 1`.execute(app.db);
    expect(rows.map(({ steps }) => steps)).toEqual([
      '- booked confirmed',
      'arrived started in_consultation',
      'confirmed arrived arrived',
      'confirmed cancelled cancelled',
      'confirmed missed no_show',
      'in_consultation completed completed',
    ]);
    expect(
      await count(sql`from appointment_history h join appointments a on a.id = h.appointment_id
                      where h.period is distinct from a.period or h.serial is distinct from a.serial`),
    ).toBe(0);
  });

  test('the fee is the visit type’s, and the patient is one whom the specialization sees', async () => {
    expect(
      await count(sql`from appointments a join visit_types v on v.id = a.visit_type_id
                      where a.fee <> v.fee or v.doctor_id <> a.doctor_id or v.chamber_id <> a.chamber_id`),
    ).toBe(0);
    expect(
      await count(sql`from appointments a join patients p on p.id = a.patient_id
        join doctor_specializations d on d.doctor_id = a.doctor_id
        join specializations s on s.id = d.specialization_id
        where s.code = 'gynaecology-obstetrics' and p.gender <> 'female'`),
    ).toBe(0);
  });

  test('most who came have paid the fee, with receipts without a gap and a row each in the audit log', async () => {
    const paid = await count(sql`from payments`);
    expect(paid).toBeGreaterThan(4_000);
    expect(
      await count(sql`from payments p join appointments a on a.id = p.appointment_id
                      where p.amount <> a.fee or p.at > ${evening} or a.status in ('confirmed', 'cancelled', 'no_show')`),
    ).toBe(0);
    expect(
      await count(sql`from (select chamber_id from payments group by chamber_id, receipt_year
                            having max(right(receipt_number, 6)::int) <> count(*)) gaps`),
    ).toBe(0);
    expect(await count(sql`from audit_log where action = 'payments.taken'`)).toBe(paid);
  });
});
