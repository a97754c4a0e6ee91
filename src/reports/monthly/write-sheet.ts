import { reportStatuses, statusNames, type MonthlyReport, type ReportRow } from '../../contract/reports.ts';
import { digits, doctorName, formatMonth, localName, type Language } from '../../contract/wording.ts';

/** A report as a file shows it, in one language; numbers and money as ASCII decimals. */
export type Sheet = {
  language: Language;
  title: string;
  doctor: string;
  facts: string[];
  figures: { name: string; value: string; money: boolean; means: string }[];
  statuses: { name: string; value: string }[];
  statusesMean: string;
  columns: Record<keyof Line, string>;
  lines: Line[];
};

export type Line = {
  reference: string;
  date: string;
  time: string;
  patient: string;
  chamber: string;
  status: string;
  counted: string;
  fee: string;
};

/** Writes a report and every appointment behind it for people who read files. */
export function writeSheet(report: MonthlyReport, rows: readonly ReportRow[], language: Language): Sheet {
  const { doctor, definitions } = report;
  const { version, madeAt, closed, patientVisits, appointments, earnings, statuses } = report.report;
  const words = texts[language];
  const names = statusNames[language];
  return {
    language,
    title: words.title(formatMonth(language, report)),
    doctor: doctorName(language, doctor),
    facts: [
      version === null ? words.unkept : words.version(version),
      words.madeAt(madeAt),
      closed ? words.closed : words.open,
      definitions.period[language],
    ],
    figures: [
      {
        name: words.patientVisits,
        value: String(patientVisits),
        means: definitions.patientVisits[language],
        money: false,
      },
      {
        name: words.appointments,
        value: String(appointments),
        means: definitions.appointments[language],
        money: false,
      },
      { name: words.earnings, value: earnings.amount, means: definitions.earnings[language], money: true },
    ],
    statuses: reportStatuses.map((status) => ({
      name: names[status],
      value: String(statuses[status]),
    })),
    statusesMean: definitions.statuses[language],
    columns: words.columns,
    lines: rows.map((row) => ({
      reference: row.reference,
      date: row.startsAt.slice(0, 10),
      time: row.startsAt.slice(11, 16),
      patient: row.patient.fullName,
      chamber: localName(language, row.chamber),
      status: names[row.status],
      counted: row.counted ? words.yes : words.no,
      fee: row.fee.amount,
    })),
  };
}

type Words = {
  title(month: string): string;
  version(version: number): string;
  unkept: string;
  madeAt(instant: string): string;
  closed: string;
  open: string;
  patientVisits: string;
  appointments: string;
  earnings: string;
  columns: Record<keyof Line, string>;
  yes: string;
  no: string;
};

const texts: Record<Language, Words> = {
  en: {
    title: (month) => `Monthly report: ${month}`,
    version: (version) => `Version ${version}`,
    unkept: 'As the books stand; no version has been made',
    madeAt: (instant) => `Made at ${instant}`,
    closed: 'The month is over',
    open: 'The month is not over yet',
    patientVisits: 'Patient visits',
    appointments: 'Appointments',
    earnings: 'Earnings (BDT)',
    columns: {
      reference: 'Reference',
      date: 'Date',
      time: 'Time',
      patient: 'Patient',
      chamber: 'Chamber',
      status: 'Status',
      counted: 'Counted',
      fee: 'Fee (BDT)',
    },
    yes: 'yes',
    no: 'no',
  },
  bn: {
    title: (month) => `মাসিক প্রতিবেদন: ${month}`,
    version: (version) => `সংস্করণ ${digits('bn', version)}`,
    unkept: 'এই মুহূর্তের হিসাব; কোনো সংস্করণ তৈরি হয়নি',
    madeAt: (instant) => `তৈরির সময় ${instant}`,
    closed: 'মাস শেষ হয়েছে',
    open: 'মাস এখনো শেষ হয়নি',
    patientVisits: 'রোগী',
    appointments: 'অ্যাপয়েন্টমেন্ট',
    earnings: 'আয় (৳)',
    columns: {
      reference: 'রেফারেন্স',
      date: 'তারিখ',
      time: 'সময়',
      patient: 'রোগী',
      chamber: 'চেম্বার',
      status: 'অবস্থা',
      counted: 'গোনা হয়েছে',
      fee: 'ফি (৳)',
    },
    yes: 'হ্যাঁ',
    no: 'না',
  },
};
