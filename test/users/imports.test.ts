import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { confirmImport, listFindings, listImports, takeBackImport } from '../../src/contract/imports.ts';
import { importTasks } from '../../src/users/imports/tasks.ts';
import { addDeskPatient, findPatients } from '../../src/contract/desk-patients.ts';
import type { TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';
import {
  checked,
  confirmed,
  expectCode,
  findings,
  found,
  handOver,
  imported,
  inShort,
  settled,
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

let last = 0;
/** A mobile number that nobody has yet. */
const aMobile = () => `0199${String((last += 1)).padStart(7, '0')}`;

const byMobile = async (mobile: string) => (await t.call(findPatients, { query: { mobile } }, admin)).items;
const namesAt = async (mobile: string) => (await byMobile(mobile)).map(({ fullName }) => fullName);

describe('a file of patients', () => {
  test('is checked first and writes nothing, then makes patients whom the desk finds by mobile', async () => {
    const mobile = aMobile();
    const content = `full_name,mobile,gender,birth_year\r\nRahima Khatun,${mobile},female,1986\r\nকরিম মিয়া,${mobile},পুরুষ,12/04/1979\r\n`;
    const { id, counts, state } = await checked(t, admin, { content });
    expect(state).toBe('checked');
    expect(counts).toEqual({ rows: 2, new: 2, same: 0, refused: 0, findings: 0 });
    expect(await byMobile(mobile)).toEqual([]);
    const done = await confirmed(t, admin, id);
    expect(done).toMatchObject({
      state: 'imported',
      importedBy: { id: admin.userId },
      work: { state: 'done' },
    });
    expect(await byMobile(mobile)).toMatchObject([
      { fullName: 'Rahima Khatun', gender: 'female', birthYear: 1986 },
      { fullName: 'করিম মিয়া', gender: 'male', birthYear: 1979 },
    ]);
    const { rows } = await t.deps.pool.query(
      `select by_user, detail from audit_log where action = 'import.done' and detail ->> 'importId' = $1`,
      [String(id)],
    );
    expect(rows).toEqual([{ by_user: admin.userId, detail: { importId: id, kind: 'patients', rows: 2 } }]);
  });

  test('has every fault told with its row, its column and what to do, and is then not imported', async () => {
    const [good, other] = [aMobile(), aMobile()];
    const content = [
      'Full Name,Mobile,E-mail,Sex,Date of birth',
      `Nobody Wrong,${good},,,`,
      `,${other},,,`,
      `Salma Akter,0171,,,`,
      `Salma Akter,${other},not an address,,`,
      `Salma Akter,${aMobile()},,unknown,`,
      `Salma Akter,${aMobile()},,,2199`,
      `Salma Akter,,,,`,
      `${'x'.repeat(101)},${aMobile()},,,`,
      `"Two\nlines",${aMobile()},,,`,
      `nobody wrong,${good},,,`,
    ].join('\n');
    const { id, counts } = await checked(t, admin, { content });
    const all = await findings(t, admin, id);
    expect(inShort(all)).toEqual([
      '3 full_name empty',
      '4 mobile bad_mobile',
      '5 email bad_email',
      '6 gender bad_choice',
      '7 birth_year bad_year',
      '8 mobile no_contact',
      '9 full_name too_long',
      '10 full_name bad_text',
      '11 full_name twice_in_file',
    ]);
    expect(counts).toEqual({ rows: 10, new: 1, same: 0, refused: 9, findings: 9 });
    expect(all[1]).toMatchObject({
      value: '0171',
      says: {
        en: 'Use a mobile number of 11 digits, such as 01712345678.',
        bn: expect.stringContaining('মোবাইল'),
      },
    });
    // Both rows are named: the one it stands at and the one it repeats.
    expect(all[8]?.says).toEqual({
      en: 'The same as row 2. Remove one of the two.',
      bn: 'সারি ২-এর মতোই। দুটির একটি বাদ দিন।',
    });
    await refused(t.call(confirmImport, { params: { id } }, admin), 'import_not_ready');
    expect(await byMobile(good)).toEqual([]);
  });

  test('takes a number that a spreadsheet has cut, and one in Bangla digits', async () => {
    const mobile = aMobile();
    const bangla = mobile.replace(/[0-9]/g, (digit) => '০১২৩৪৫৬৭৮৯'.charAt(Number(digit)));
    const content = `name;phone\nCut Short;${mobile.slice(1)}\nIn Bangla;${bangla}\nWith Code;+88 ${mobile}\n`;
    await imported(t, admin, { content });
    expect(await namesAt(mobile)).toEqual(['Cut Short', 'In Bangla', 'With Code']);
  });

  test('leaves out who is here already, or is refused for it, as chosen', async () => {
    const mobile = aMobile();
    await t.call(addDeskPatient, { body: { fullName: 'Here Already', mobile } }, admin);
    const withAccount = await aPatient(t, { fullName: 'Has Account' });
    const content = `full_name,mobile\nHERE ALREADY,${mobile}\nHas Account,${withAccount.mobile}\nNew One,${mobile}\n`;
    expect(await found(t, admin, { content, same: 'refuse' })).toEqual([
      '2 full_name same_refused',
      '3 full_name same_refused',
    ]);
    const done = await imported(t, admin, { content });
    expect(done.counts).toEqual({ rows: 3, new: 1, same: 2, refused: 0, findings: 2 });
    expect(await namesAt(mobile)).toEqual(['Here Already', 'New One']);
    expect(await namesAt(withAccount.mobile)).toEqual(['Has Account']);
  });

  test('is written wholly or not at all: somebody who came after the check stops it', async () => {
    const [mobile, other] = [aMobile(), aMobile()];
    const content = `full_name,mobile\nFirst Row,${other}\nComes Meanwhile,${mobile}\n`;
    const { id } = await checked(t, admin, { content, same: 'refuse' });
    await t.call(addDeskPatient, { body: { fullName: 'Comes Meanwhile', mobile } }, admin);
    const stopped = await confirmed(t, admin, id);
    expect(stopped).toMatchObject({ state: 'checked', work: { state: 'failed' } });
    expect(stopped.work?.failure?.en).toContain('Nothing was imported');
    expect(inShort(await findings(t, admin, id))).toEqual(['3 full_name same_refused']);
    expect(await byMobile(other)).toEqual([]);
  });

  test('keeps what looks like a formula as text, and gives it back as text', async () => {
    const mobile = aMobile();
    const evil = '=HYPERLINK("http://example.com")';
    const quoted = `"${evil.replaceAll('"', '""')}"`;
    await imported(t, admin, { content: `full_name,mobile\n${quoted},${mobile}\n` });
    expect(await namesAt(mobile)).toEqual([evil]);
    const { id } = await checked(t, admin, { content: `full_name,mobile,email\nA,${mobile},${quoted}\n` });
    const answer = await t.inject({
      url: `/api/v1/admin/imports/${id}/findings?format=csv&language=bn`,
      headers: { authorization: `Bearer ${admin.accessToken}` },
    });
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="import-${id}-rows.csv"`);
    expect(answer.body).toBe(
      `\uFEFFসারি,কলাম,যা লেখা আছে,যা করতে হবে\r\n2,email,"'=HYPERLINK(""http://example.com"")","একটি ই-মেইল ঠিকানা দিন, যেমন name@example.com।"\r\n`,
    );
  });
});

describe('the file itself', () => {
  test('may have a mark, semicolons or tabs, quoted line feeds and empty rows; rows are counted as a spreadsheet does', async () => {
    const semicolons = `\uFEFFfull_name;mobile;gender\r\n\r\n"Two\r\nlines";${aMobile()};\r\nA;${aMobile()};nobody\r\n`;
    expect(await found(t, admin, { content: semicolons })).toEqual([
      '3 full_name bad_text',
      '4 gender bad_choice',
    ]);
    const tabs = `full_name\tmobile\nA, with a comma\t${aMobile()}\n`;
    expect((await checked(t, admin, { content: tabs })).counts).toMatchObject({ new: 1, refused: 0 });
  });

  test('has its columns told at once when they do not fit', async () => {
    const content = 'full name,colour,mobile,phone\nA,red,0171,0171\n';
    expect(await found(t, admin, { content })).toEqual(['1 colour column_unknown', '1 mobile column_twice']);
    expect(await found(t, admin, { content: 'mobile\n01712345678\n' })).toEqual([
      '1 full_name column_missing',
    ]);
  });

  test.each<[string, string | Uint8Array, string[]]>([
    ['nothing', '', ['empty_file']],
    ['no rows', 'full_name,mobile\n', ['no_rows']],
    ['letters of Windows', Buffer.from('full_name,mobile\nJos\xe9,01712345678\n', 'latin1'), ['not_utf8']],
    ['UTF-16', Buffer.from('\uFEFFfull_name,mobile\nA,01712345678\n', 'utf16le'), ['not_utf8']],
    ['a quote left open', `full_name,mobile\nA,01712345678\n"B,01712345678\n`, ['3 broken_quotes']],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), ['not_utf8']],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), ['old_excel']],
    ['half a workbook', Buffer.from('PK\x03\x04 and so on'), ['broken_workbook']],
  ])('is refused in words: %s', async (_, content, expected) => {
    const { id, counts } = await checked(t, admin, { content });
    expect(inShort(await findings(t, admin, id))).toEqual(expected);
    expect(counts).toMatchObject({ new: 0, refused: 1 });
  });

  test('may be a workbook: dates, numbers and mobiles as spreadsheets keep them', async () => {
    const mobile = aMobile();
    const content = await writeXlsx({
      sheets: [
        {
          name: 'Patients',
          rows: [
            ['Full name', 'Mobile', 'Birth date'],
            ['সালমা আক্তার', Number(mobile), new Date(Date.UTC(1986, 3, 12))],
            [null, null, null],
            ['By Year', mobile, 1990],
            ['Wrong', 12, null],
          ],
        },
      ],
    });
    const { id } = await checked(t, admin, { content, name: 'list.xlsx' });
    expect(inShort(await findings(t, admin, id))).toEqual(['5 mobile bad_mobile']);
    const good = await writeXlsx({
      sheets: [
        {
          name: '1',
          rows: [
            ['full_name', 'mobile', 'birth_year'],
            ['সালমা আক্তার', Number(mobile), new Date(Date.UTC(1986, 3, 12))],
          ],
        },
      ],
    });
    await imported(t, admin, { content: good, name: 'list.xlsx' });
    expect(await byMobile(mobile)).toMatchObject([{ fullName: 'সালমা আক্তার', birthYear: 1986 }]);
  });

  test('is refused when a workbook would unpack to more than anybody fills in', async () => {
    const content = Buffer.from(await writeXlsx({ sheets: [{ name: '1', rows: [['full_name']] }] }));
    // What the first entry of its directory says of its size.
    content.writeUInt32LE(0x7fffffff, content.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24);
    expect(await found(t, admin, { content })).toEqual(['too_large']);
  });

  test('is given out empty with every column and an example that passes the check', async () => {
    const fetchTemplate = (format: string) =>
      t.inject({
        url: `/api/v1/admin/imports/templates/patients?format=${format}`,
        headers: { authorization: `Bearer ${admin.accessToken}` },
      });
    for (const format of ['csv', 'xlsx']) {
      const { rawPayload } = await fetchTemplate(format);
      const { counts } = await checked(t, admin, { content: new Uint8Array(rawPayload) });
      expect(counts, format).toMatchObject({ rows: 1, refused: 0 });
    }
    const { sheets } = await readXlsx(new Uint8Array((await fetchTemplate('xlsx')).rawPayload));
    expect(sheets[0]?.rows[0]).toEqual(['full_name', 'mobile', 'email', 'gender', 'birth_year']);
  });
});

describe('taking back', () => {
  test('removes what an import has made, and nothing else', async () => {
    const mobile = aMobile();
    await t.call(addDeskPatient, { body: { fullName: 'Was Here', mobile } }, admin);
    const { id } = await imported(t, admin, {
      content: `full_name,mobile\nWas Here,${mobile}\nComes,${mobile}\n`,
    });
    expect(await namesAt(mobile)).toEqual(['Was Here', 'Comes']);
    expect(await takenBack(t, admin, id)).toMatchObject({
      state: 'taken_back',
      takenBackBy: { id: admin.userId },
    });
    expect(await namesAt(mobile)).toEqual(['Was Here']);
    await refused(t.call(takeBackImport, { params: { id } }, admin), 'import_not_ready');
  });

  test('is refused, row by row, where an appointment was booked meanwhile', async () => {
    const mobile = aMobile();
    const { id } = await imported(t, admin, {
      content: `full_name,mobile\nStays,${mobile}\nIs Booked,${mobile}\n`,
    });
    const booked = (await byMobile(mobile)).find(({ fullName }) => fullName === 'Is Booked');
    const { doctorId, chamberId, visitTypeId } = await aDoctor(t);
    const place = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
    await t.call(bookAppointment, { body: { ...place, patientId: booked?.id, channel: 'phone' } }, admin);
    const stopped = await takenBack(t, admin, id);
    expect(stopped).toMatchObject({ state: 'imported', work: { state: 'failed' } });
    expect(await findings(t, admin, id)).toMatchObject([
      { line: 3, code: 'has_appointments', value: 'Is Booked', says: { en: 'There are appointments.' } },
    ]);
    expect(await namesAt(mobile)).toEqual(['Stays', 'Is Booked']);
  });
});

describe('who may', () => {
  test('is every administrator, and nobody else', async () => {
    const patient = { accessToken: await signedIn(t, await aPatient(t)) };
    expectCode(await handOver(t, patient, { content: 'full_name\n' }), 403, 'not_allowed');
    await refused(t.call(listImports, { query: {} }, patient), 'not_allowed');
  });

  test('another administrator sees it, and may take it back, but does not import a file that they did not hand over', async () => {
    const mobile = aMobile();
    const { id } = await checked(t, admin, { content: `full_name,mobile\nA,${mobile}\n` });
    const other = { accessToken: await signedIn(t, await anAdmin(t)) };
    const { items } = await t.call(listImports, { query: { limit: 1 } }, other);
    expect(items).toMatchObject([{ id, fileName: 'list.csv', counts: { new: 1 } }]);
    await refused(t.call(confirmImport, { params: { id } }, other), 'not_allowed');
    await confirmed(t, admin, id);
    expect(await takenBack(t, other, id)).toMatchObject({ state: 'taken_back' });
  });

  test('an upload is refused when it is none, or too large', async () => {
    expectCode(await handOver(t, admin, { content: 'a', field: 'other' }), 422, 'invalid_input');
    expectCode(await handOver(t, admin, { content: 'a', kind: 'nurses' }), 422, 'invalid_input');
    expectCode(await handOver(t, admin, { content: 'a', approval: 'approved' }), 422, 'invalid_input');
    const large = Buffer.alloc(20 * 1024 * 1024 + 1, 'a');
    expectCode(await handOver(t, admin, { content: large }), 413, 'payload_too_large');
    const answer = await t.inject({
      method: 'POST',
      url: '/api/v1/admin/imports?kind=patients',
      headers: { authorization: `Bearer ${admin.accessToken}`, 'content-type': 'application/json' },
      payload: '{}',
    });
    expectCode(answer, 415, 'unsupported_media_type');
  });

  test('what was found is forgotten after thirty days, what an import came to is not', async () => {
    const { id, counts } = await checked(t, admin, { content: 'full_name,mobile\nA,12\n' });
    const forget = importTasks(t.deps)['forget-import-findings'];
    const now = t.clock.now();
    await forget?.({});
    expect(await findings(t, admin, id)).toHaveLength(1);
    t.clock.set(now.add({ hours: 24 * 31 }).toString());
    await forget?.({});
    t.clock.set(now.toString());
    expect(await findings(t, admin, id)).toEqual([]);
    expect(await settled(t, admin, id)).toMatchObject({ counts: { ...counts, findings: 0 } });
  });

  test('findings come page by page', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => `A${index},12`).join('\n');
    const { id } = await checked(t, admin, { content: `full_name,mobile\n${rows}\n` });
    const lines: (number | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.call(
        listFindings,
        { params: { id }, query: { limit: 2, ...(cursor ? { cursor } : {}) } },
        admin,
      );
      lines.push(...page.items.map(({ line }) => line));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(lines).toEqual([2, 3, 4, 5, 6]);
    await settled(t, admin, id);
  });
});
