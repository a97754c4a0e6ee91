import { z } from 'zod';
import { appointmentStatuses, channel } from './appointments.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';
import type { Language } from './wording.ts';

const tag = 'Reports';
const readers = ['doctor', 'admin'] as const;

/** Statuses that a month tells of, in the order of a list. A hold that never became a booking is no appointment. */
export const reportStatuses = appointmentStatuses.filter((status) => status !== 'held');
export const reportStatus = z.enum(reportStatuses);
export type ReportStatus = z.output<typeof reportStatus>;

/** The figures that are sums. */
export const reportSums = ['patientVisits', 'appointments', 'earnings'] as const;
/** What can be opened: a sum, or the count of a status. */
export const reportFigure = z.enum([...reportSums, ...reportStatuses]);
export type ReportFigure = z.output<typeof reportFigure>;

/** What the statuses are called where they are counted, in files and on screens. */
export const statusNames: Readonly<Record<Language, Readonly<Record<ReportStatus, string>>>> = {
  en: {
    pending: 'Pending',
    confirmed: 'Confirmed',
    arrived: 'Arrived',
    in_consultation: 'With the doctor',
    completed: 'Completed',
    cancelled: 'Cancelled',
    no_show: 'Missed',
    expired: 'Expired',
  },
  bn: {
    pending: 'অপেক্ষমাণ',
    confirmed: 'নিশ্চিত',
    arrived: 'এসেছেন',
    in_consultation: 'ডাক্তারের কাছে',
    completed: 'সম্পন্ন',
    cancelled: 'বাতিল',
    no_show: 'অনুপস্থিত',
    expired: 'মেয়াদোত্তীর্ণ',
  },
};

type Definition = Readonly<Record<Language, string>>;

/** What each figure means, in the words that stand beside it. */
export const definitions = {
  period: {
    en: 'Appointments that begin in the month by the clock of their chamber; a doctor who sits in several time zones has each chamber’s by its own calendar.',
    bn: 'চেম্বারের ঘড়ি অনুযায়ী যেসব অ্যাপয়েন্টমেন্ট এই মাসে শুরু। একাধিক টাইম জোনে বসলে প্রতিটি চেম্বারের হিসাব তার নিজের পঞ্জিকা ধরে।',
  },
  appointments: {
    en: 'Appointments that were completed or stand confirmed. Whoever has arrived or is with the doctor stands confirmed until the visit is completed. Pending, cancelled, missed and expired ones are counted apart.',
    bn: 'সম্পন্ন ও নিশ্চিত অ্যাপয়েন্টমেন্ট। এসেছেন বা ডাক্তারের কাছে আছেন, তাঁরা সম্পন্ন হওয়া পর্যন্ত নিশ্চিতের মধ্যে। অপেক্ষমাণ, বাতিল, অনুপস্থিত ও মেয়াদোত্তীর্ণ আলাদা গোনা হয়।',
  },
  patientVisits: {
    en: 'Different patients among the completed and confirmed appointments: whoever came three times counts once.',
    bn: 'সম্পন্ন ও নিশ্চিত অ্যাপয়েন্টমেন্টের ভিন্ন ভিন্ন রোগী: যিনি তিনবার এসেছেন তিনিও একজন।',
  },
  earnings: {
    en: 'Sum of the fees of the completed and confirmed appointments, each as it was when the appointment was booked. What was paid, given back or is still due does not change it.',
    bn: 'সম্পন্ন ও নিশ্চিত অ্যাপয়েন্টমেন্টের ফির যোগফল, প্রতিটি বুকিংয়ের সময়ের ফি ধরে। কত নেওয়া হয়েছে, ফেরত গেছে বা বাকি আছে, তাতে এটি বদলায় না।',
  },
  statuses: {
    en: 'Every appointment of the month by its status. Places that were only held and never booked are not among them.',
    bn: 'মাসের সব অ্যাপয়েন্টমেন্ট, অবস্থা অনুযায়ী। শুধু ধরে রাখা, কখনো বুক না হওয়া জায়গা এতে নেই।',
  },
} as const satisfies Record<string, Definition>;

/** Of the summary over all doctors. */
export const summaryDefinitions = {
  patients: {
    en: 'Different patients over all doctors: whoever saw two doctors counts once.',
    bn: 'সব ডাক্তার মিলিয়ে ভিন্ন ভিন্ন রোগী: যিনি দুজন ডাক্তার দেখিয়েছেন তিনিও একজন।',
  },
  patientVisits: {
    en: 'Sum of the doctors’ own figures: whoever saw two doctors counts twice.',
    bn: 'ডাক্তারদের নিজ নিজ সংখ্যার যোগফল: যিনি দুজন ডাক্তার দেখিয়েছেন তিনি দুবার।',
  },
} as const satisfies Record<string, Definition>;

const definition = z.object({ en: z.string(), bn: z.string() });
const definitionsShape = z.object({
  period: definition,
  appointments: definition,
  patientVisits: definition,
  earnings: definition,
  statuses: definition,
});

const count = z.int();
const figures = z.object({
  patientVisits: count,
  appointments: count,
  earnings: fields.money,
  statuses: z.record(reportStatus, count),
});
export type Figures = z.output<typeof figures>;

const doctor = z.object({ id: z.int(), fullName: z.string(), nameBn: z.string().nullable() });

const report = figures.extend({
  /** Null: nobody has made one yet, and these are the figures of this moment. */
  id: z.int().nullable(),
  version: z.int().nullable(),
  madeAt: fields.toldInstant,
  /** Null: the schedule, on the 1st at 02:00. */
  madeBy: z.object({ id: z.int(), fullName: z.string() }).nullable(),
  /** The month had ended in every chamber concerned. */
  closed: z.boolean(),
  /** The figures less those of the version before; null: there is none. */
  change: figures.nullable(),
});
export type Report = z.output<typeof report>;

const monthly = z.object({
  doctor,
  year: z.int(),
  month: z.int(),
  /** The latest version. */
  report,
  /**
   * As the books stand at this moment, and what has changed since the latest version. Null: fees of several currencies
   * stand there now, which have no sum; what was made before is still told.
   */
  now: figures.nullable(),
  changeSince: figures.nullable(),
  /** Every version, newest first. */
  versions: z.array(report),
  definitions: definitionsShape,
});
export type MonthlyReport = z.output<typeof monthly>;

export const reportFormat = z.enum(['json', 'csv', 'xlsx', 'pdf']);

/** Of a file to save. */
export const fileFormat = z.enum(['csv', 'xlsx', 'pdf']);
export type FileFormat = z.output<typeof fileFormat>;

/** Media types of the files. */
export const fileTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const satisfies Record<FileFormat, string>;

const year = (whole: z.ZodType<number, number | string>) =>
  whole.refine((value) => value >= 2000 && value <= 2199, 'Use a year from 2000 to 2199');
const month = (whole: z.ZodType<number, number | string>) =>
  whole.refine((value) => value >= 1 && value <= 12, 'Use a month from 1 to 12');
const inUrl = { year: year(fields.wholeNumber), month: month(fields.wholeNumber) };

export const getMonthlyReport = route({
  method: 'GET',
  path: '/reports/monthly',
  summary:
    'A doctor’s month: the latest version of its report with its definitions, all versions, and what has changed since',
  tag,
  access: readers,
  query: z.strictObject({
    ...inUrl,
    /** Of administrators only; a doctor gets their own. */
    doctorId: fields.idInUrl.optional(),
    /** A file holds the latest version, with every appointment of the month. */
    format: reportFormat.optional(),
    /** Of a file; Bangla when left out. */
    language: fields.language.optional(),
  }),
  files: Object.values(fileTypes),
  ok: { status: 200, body: monthly },
  problems: ['not_found', 'several_currencies'],
});

export const makeMonthlyReport = route({
  method: 'POST',
  path: '/reports/monthly',
  summary:
    'Make a doctor’s monthly report now. What has not changed stays the version it was; else the old one is kept beside the new one',
  tag,
  access: readers,
  idempotent: true,
  body: z.strictObject({
    year: z.int().min(2000, 'Use a year from 2000 to 2199').max(2199, 'Use a year from 2000 to 2199'),
    month: z.int().min(1, 'Use a month from 1 to 12').max(12, 'Use a month from 1 to 12'),
    doctorId: fields.id.optional(),
  }),
  ok: { status: 200, body: monthly },
  problems: ['not_found', 'several_currencies', 'key_reused', 'request_in_progress'],
});

export const getMonthlySummary = route({
  method: 'GET',
  path: '/reports/monthly/summary',
  summary: 'A month over all doctors, as the books stand at this moment',
  tag,
  access: ['admin'],
  query: z.strictObject(inUrl),
  ok: {
    status: 200,
    body: z.object({
      year: z.int(),
      month: z.int(),
      /** Doctors with an appointment in the month. */
      doctors: count,
      /** Different patients over all doctors. */
      patients: count,
      /** `patientVisits`: the sum of the doctors’ own. */
      figures,
      definitions: definitionsShape.extend({ patients: definition }),
    }),
  },
  problems: ['several_currencies'],
});
export type MonthlySummary = z.output<typeof getMonthlySummary.ok.body>;

const row = z.object({
  /** Of the appointment. */
  id: z.int(),
  reference: z.string(),
  /** When it was to begin, and how it stood, when the report was made. */
  startsAt: fields.toldInstant,
  status: reportStatus,
  /** Whether it is among `appointments` and `earnings`. */
  counted: z.boolean(),
  fee: fields.money,
  channel,
  patient: z.object({ id: z.int(), fullName: z.string() }),
  chamber: z.object({ id: z.int(), fullName: z.string(), nameBn: z.string().nullable() }),
});
export type ReportRow = z.output<typeof row>;

export const listReportAppointments = route({
  method: 'GET',
  path: '/reports/monthly/{id}/appointments',
  summary:
    'The appointments behind a figure of a version, by time; of `patientVisits` each patient’s first. They sum to the figure',
  tag,
  access: readers,
  params: z.strictObject({ id: fields.idInUrl }),
  query: z.strictObject({
    /** `appointments` when left out. */
    figure: reportFigure.optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(row) },
});
