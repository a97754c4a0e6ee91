import {
  channelNames,
  figureReports,
  type AppointmentReport,
  type FigureOf,
} from '../../contract/figures.ts';
import { statusNames } from '../../contract/reports.ts';
import { doctorName, localName, type Language } from '../../contract/wording.ts';
import type { Cell } from '../../platform/tables/neutral.ts';
import type { Named } from '../monthly/present.ts';
import { rowMeasuresOf, type RowMeasure } from './policy.ts';
import type { SittingRow, VisitRow } from './read-rows.ts';

/** The columns of a file of rows, in one language. */
export type Columns<Row> = { head: string[]; cells(row: Row): Cell[] };

/** Of appointments behind a figure: what was measured, added or counted only where something was. */
export function visitColumns(
  report: AppointmentReport,
  { kind }: RowMeasure,
  { named, language }: { named: Named; language: Language },
): Columns<VisitRow> {
  const words = texts[language];
  const statuses = statusNames[language];
  const { date, time, doctor, chamber } = shared(language);
  return columnsOf<VisitRow>([
    [words.columns.reference, ({ id }) => named.reference(id)],
    date,
    time,
    [words.columns.status, ({ status }) => statuses[status]],
    [words.columns.channel, ({ channel }) => channelNames[channel][language]],
    [words.columns.patient, ({ patient }) => patient],
    doctor,
    chamber,
    [words.columns.fee, ({ fee }) => money(fee)],
    [words.columns.currency, ({ currency }) => currency],
    ...when<VisitRow>(kind === 'share', words.columns.counted, ({ counted }) =>
      counted ? words.yes : words.no,
    ),
    ...when<VisitRow>(kind === 'money', words.columns.amount, ({ amount }) =>
      amount === null ? null : money(amount),
    ),
    // A report of times has them beside its shares and counts too.
    ...when<VisitRow>(isTimed(report), words.columns.minutes, ({ minutes }) =>
      minutes === null ? null : whole(minutes),
    ),
  ]);
}

/** Of sittings behind a figure of the use of capacity: a figure is the sum of the column of its name. */
export function sittingColumns({ language }: { language: Language }): Columns<SittingRow> {
  const { date, time, doctor, chamber } = shared(language);
  return columnsOf<SittingRow>([
    date,
    time,
    doctor,
    chamber,
    ...sums.map((name): Column<SittingRow> => [
      figureReports.capacity.figures[name].title[language],
      (row) => whole(row[name]),
    ]),
  ]);
}

type Column<Row> = [title: string, cell: (row: Row) => Cell];

const columnsOf = <Row>(columns: readonly Column<Row>[]): Columns<Row> => ({
  head: columns.map(([title]) => title),
  cells: (row) => columns.map(([, cell]) => cell(row)),
});

const when = <Row>(shown: boolean, ...column: Column<Row>): Column<Row>[] => (shown ? [column] : []);

const money = (amount: string): Cell => ({ number: amount, money: true });
const whole = (number: number): Cell => ({ number: String(number) });

const isTimed = (report: AppointmentReport): boolean =>
  rowMeasuresOf(report).some(([, { kind }]) => kind === 'minutes');

const sums = ['places', 'filled', 'came', 'missed', 'free'] as const satisfies FigureOf<'capacity'>[];

/** When, who and where. */
function shared(language: Language) {
  const { columns } = texts[language];
  type Row = VisitRow | SittingRow;
  return {
    date: [columns.date, ({ date }: Row) => date],
    time: [columns.time, ({ time }: Row) => time],
    doctor: [
      columns.doctor,
      ({ doctor, doctorBn }: Row) => doctorName(language, { fullName: doctor, nameBn: doctorBn }),
    ],
    chamber: [
      columns.chamber,
      ({ chamber, chamberBn }: Row) => localName(language, { fullName: chamber, nameBn: chamberBn }),
    ],
  } satisfies Record<string, Column<Row>>;
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
