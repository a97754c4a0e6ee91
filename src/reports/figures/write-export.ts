import { z } from 'zod';
import { exportFormat, mostSheetRows, type ExportFormat } from '../../contract/exports.ts';
import { language as languages } from '../../contract/fields.ts';
import {
  appointmentReport,
  channelNames,
  reportGrouping,
  type AppointmentReport,
} from '../../contract/figures.ts';
import { fileTypes, statusNames } from '../../contract/reports.ts';
import { digits, doctorName, localName, type Language } from '../../contract/wording.ts';
import { inSnapshot } from '../../platform/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { WorkFailure, type WorkResult, type WorkRun } from '../../platform/works.ts';
import { stretchesIn } from '../../scheduling/stretches.ts';
import type { Cell } from '../../platform/tables/neutral.ts';
import { csvMark, writeCsvRow } from '../../platform/tables/write-csv.ts';
import { writeLongSheet } from '../../platform/tables/write-long-sheet.ts';
import { groupLakhs } from '../files/policy.ts';
import { mayRead } from '../monthly/policy.ts';
import type { Named } from '../monthly/present.ts';
import { findZones } from '../monthly/queries.ts';
import { rowMeasuresOf } from './policy.ts';
import type { Opened } from './queries.ts';
import { countRows, readRows, type FileRow } from './read-rows.ts';

/** What is to be written, as the work keeps it. */
export const exportParameters = z.object({
  report: appointmentReport,
  from: z.string(),
  to: z.string(),
  doctorId: z.int().nullable(),
  chamberId: z.int().nullable(),
  specialization: z.string().nullable(),
  figure: z.string(),
  group: z.object({ by: reportGrouping, key: z.string() }).nullable(),
  format: exportFormat,
  language: languages,
});
export type ExportParameters = z.output<typeof exportParameters>;

/**
 * Writes all rows behind a figure into a file, as one moment saw them. In batches from the database to the file, so that
 * memory does not grow with the rows.
 */
export const writeExport =
  ({ pool }: Pick<Deps, 'pool'>, named: Named) =>
  async (run: WorkRun): Promise<WorkResult> => {
    const asked = exportParameters.parse(run.parameters);
    const { report, figure, from, to, format, language, group } = asked;
    const { doctorId, chamberId, specialization } = asked;
    if (run.by.userType !== 'admin' && (doctorId === null || !mayRead(run.by, doctorId)))
      throw new Error(`work ${run.id} asks for what its user may not read`);
    const measure = new Map(rowMeasuresOf(report)).get(figure);
    if (!measure) throw new Error(`${report} has no figure ${figure}`);
    const opened: Opened = { measure, group };
    return inSnapshot(pool, async (client) => {
      const zones = await findZones(client);
      const stretches = zones.flatMap((zone) => stretchesIn(zone, { from, to }));
      const visits = { report, stretches, doctorId, chamberId, specialization };
      const total = await countRows(client, visits, opened);
      if (format === 'xlsx' && total > mostSheetRows) throw new WorkFailure(tooLong(total));
      await run.tell(0, total);
      const { head, cells } = columnsOf(opened, { named, language, timed: isTimed(report) });
      async function* batches(): AsyncGenerator<Cell[][]> {
        let done = 0;
        for await (const rows of readRows(client, visits, opened)) {
          yield rows.map(cells);
          done += rows.length;
          await run.tell(done, total);
        }
      }
      const name = `rows-${report}-${figure}-${from}-${to}.${format}`;
      const file = await run.keepFile({ name, type: fileTypes[format] }, writers[format](head, batches()));
      return { file, counts: { rows: total } };
    });
  };

type Writer = (
  head: readonly string[],
  batches: AsyncIterable<Cell[][]>,
) => AsyncGenerator<Uint8Array | string>;

const writers: Record<ExportFormat, Writer> = {
  async *csv(head, batches) {
    yield csvMark + writeCsvRow(head);
    for await (const rows of batches) yield rows.map(writeCsvRow).join('');
  },
  xlsx: writeLongSheet,
};

const tooLong = (rows: number) => {
  const [found, most] = [groupLakhs(String(rows)), groupLakhs(String(mostSheetRows))];
  return {
    en: `These are ${found} rows, and an Excel file holds ${most}. Choose CSV, or a shorter period.`,
    bn: `এতে ${digits('bn', found)}টি সারি আছে, আর এক্সেল ফাইলে ${digits('bn', most)}টি ধরে। CSV নিন, অথবা সময়টা ছোট করুন।`,
  };
};

const isTimed = (report: AppointmentReport): boolean =>
  rowMeasuresOf(report).some(([, { kind }]) => kind === 'minutes');

type Column = { title: string; cell(row: FileRow): Cell };

/** The columns that a figure's rows have: what was measured only where something was. */
function columnsOf(
  { measure }: Opened,
  { named, language, timed }: { named: Named; language: Language; timed: boolean },
): { head: string[]; cells(row: FileRow): Cell[] } {
  const words = texts[language];
  const statuses = statusNames[language];
  const text = (key: keyof Words['columns'], cell: (row: FileRow) => string): Column => ({
    title: words.columns[key],
    cell,
  });
  const number = (
    key: keyof Words['columns'],
    value: (row: FileRow) => string | null,
    money = false,
  ): Column => ({
    title: words.columns[key],
    cell(row) {
      const found = value(row);
      return found === null ? null : { number: found, money };
    },
  });
  const columns = [
    text('reference', ({ id }) => named.reference(id)),
    text('date', ({ date }) => date),
    text('time', ({ time }) => time),
    text('status', ({ status }) => statuses[status]),
    text('channel', ({ channel }) => channelNames[channel][language]),
    text('patient', ({ patient }) => patient),
    text('doctor', ({ doctor, doctorBn }) => doctorName(language, { fullName: doctor, nameBn: doctorBn })),
    text('chamber', ({ chamber, chamberBn }) =>
      localName(language, { fullName: chamber, nameBn: chamberBn }),
    ),
    number('fee', ({ fee }) => fee, true),
    text('currency', ({ currency }) => currency),
    ...(measure.kind === 'share' ? [text('counted', ({ counted }) => (counted ? words.yes : words.no))] : []),
    ...(measure.kind === 'money' ? [number('amount', ({ amount }) => amount, true)] : []),
    // A report of times has them beside its shares and counts too.
    ...(timed ? [number('minutes', ({ minutes }) => (minutes === null ? null : String(minutes)))] : []),
  ];
  return { head: columns.map(({ title }) => title), cells: (row) => columns.map(({ cell }) => cell(row)) };
}

type Words = {
  columns: Record<
    | 'reference'
    | 'date'
    | 'time'
    | 'status'
    | 'channel'
    | 'patient'
    | 'doctor'
    | 'chamber'
    | 'fee'
    | 'currency'
    | 'counted'
    | 'amount'
    | 'minutes',
    string
  >;
  yes: string;
  no: string;
};

const texts: Record<Language, Words> = {
  en: {
    columns: {
      reference: 'Reference',
      date: 'Date',
      time: 'Time',
      status: 'Status',
      channel: 'Booked',
      patient: 'Patient',
      doctor: 'Doctor',
      chamber: 'Chamber',
      fee: 'Fee',
      currency: 'Currency',
      counted: 'Counted',
      amount: 'Amount',
      minutes: 'Minutes',
    },
    yes: 'yes',
    no: 'no',
  },
  bn: {
    columns: {
      reference: 'রেফারেন্স',
      date: 'তারিখ',
      time: 'সময়',
      status: 'অবস্থা',
      channel: 'যেভাবে বুক করা',
      patient: 'রোগী',
      doctor: 'ডাক্তার',
      chamber: 'চেম্বার',
      fee: 'ফি',
      currency: 'মুদ্রা',
      counted: 'গোনা হয়েছে',
      amount: 'টাকা',
      minutes: 'মিনিট',
    },
    yes: 'হ্যাঁ',
    no: 'না',
  },
};
