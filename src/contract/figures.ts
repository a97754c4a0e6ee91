import { z } from 'zod';
import { channel } from './appointments.ts';
import * as fields from './fields.ts';
import {
  definitions,
  fileTypes,
  reportFormat,
  reportStatus,
  statusNames,
  summaryDefinitions,
  type ReportStatus,
} from './reports.ts';
import { route } from './route.ts';
import type { Language } from './wording.ts';

const tag = 'Reports';
const readers = ['doctor', 'admin'] as const;

/** What a report's rows are gathered by. `weekday_hour` is the weekday and hour at which visits begin. */
const groupings = [
  'doctor',
  'chamber',
  'specialization',
  'channel',
  'day',
  'week',
  'month',
  'weekday_hour',
] as const;
export const reportGrouping = z.enum(groupings);
export type ReportGrouping = z.output<typeof reportGrouping>;

type Wording = Readonly<Record<Language, string>>;

/**
 * What a figure is: `count` of rows; `share` of some rows among others, in percent; `minutes`, of which half or nine
 * tenths of the rows have no more; `money`, one sum for each currency.
 */
const kinds = ['count', 'share', 'minutes', 'money'] as const;
type FigureWords = { kind: (typeof kinds)[number]; title: Wording; means: Wording };

type ReportWords = {
  title: Wording;
  /** Which appointments it looks at. */
  about: Wording;
  groupings: readonly ReportGrouping[];
  figures: Readonly<Record<string, FigureWords>>;
};

const booked: FigureWords = {
  kind: 'count',
  title: { en: 'Booked', bn: 'বুক করা' },
  means: {
    en: 'Every appointment of the period, whatever became of it.',
    bn: 'এই সময়ের সব অ্যাপয়েন্টমেন্ট, পরে যা-ই হোক।',
  },
};
const came: FigureWords = {
  kind: 'count',
  title: { en: 'Came', bn: 'মোট এসেছেন' },
  means: {
    en: 'Patients who have arrived, are with the doctor, or whose visit is completed.',
    bn: 'যাঁরা এসেছেন, ডাক্তারের কাছে আছেন, বা যাঁদের দেখা সম্পন্ন।',
  },
};
const everyBooking: Wording = {
  en: 'Appointments of every status. Places that were only held and never booked are not among them.',
  bn: 'সব অবস্থার অ্যাপয়েন্টমেন্ট। শুধু ধরে রাখা, কখনো বুক না হওয়া জায়গা এতে নেই।',
};
const count = (title: Wording, means: Wording): FigureWords => ({ kind: 'count', title, means });
const share = (title: Wording, means: Wording): FigureWords => ({ kind: 'share', title, means });
const minutes = (title: Wording, means: Wording): FigureWords => ({ kind: 'minutes', title, means });
const money = (title: Wording, means: Wording): FigureWords => ({ kind: 'money', title, means });
const status = (name: ReportStatus): FigureWords =>
  count(
    { en: statusNames.en[name], bn: statusNames.bn[name] },
    { en: 'Appointments that stand so at this moment.', bn: 'এই মুহূর্তে যেগুলোর অবস্থা এই।' },
  );
const between = (en: string, bn: string): FigureWords =>
  count(
    { en, bn },
    {
      en: 'Of the measured ones, those between these limits.',
      bn: 'মাপা গেছে এমনগুলোর মধ্যে এই সীমার ভেতরে যেগুলো।',
    },
  );
const median = (means: Wording): FigureWords => minutes({ en: 'Median', bn: 'মধ্যমা' }, means);
const ninth = (means: Wording): FigureWords => minutes({ en: '90th percentile', bn: '৯০তম শতাংশক' }, means);

const everyGrouping = groupings;

/** The reports there are: what each looks at, what it can be told by, and what its figures mean. */
export const figureReports = {
  outcomes: {
    title: { en: 'What became of appointments', bn: 'অ্যাপয়েন্টমেন্টের পরিণতি' },
    about: everyBooking,
    groupings: everyGrouping,
    figures: {
      booked,
      came,
      completed: status('completed'),
      pending: status('pending'),
      confirmed: status('confirmed'),
      arrived: status('arrived'),
      in_consultation: status('in_consultation'),
      no_show: status('no_show'),
      expired: status('expired'),
      cancelled: status('cancelled'),
      cancelledByPatient: count(
        { en: 'Cancelled by the patient', bn: 'রোগী বাতিল করেছেন' },
        {
          en: 'Cancelled by the patient or whoever booked for them: signed in, as a guest, or by the private link.',
          bn: 'রোগী বা তাঁর হয়ে যিনি বুক করেছেন তিনি বাতিল করেছেন: সাইন ইন করে, অতিথি হিসেবে, বা ব্যক্তিগত লিংক থেকে।',
        },
      ),
      cancelledByDoctor: count(
        { en: 'Cancelled by the doctor', bn: 'ডাক্তার বাতিল করেছেন' },
        {
          en: 'Cancelled by a doctor, also by a change of their hours. Declined requests are counted apart.',
          bn: 'ডাক্তার বাতিল করেছেন, সময়সূচি বদলের কারণেও। ফিরিয়ে দেওয়া অনুরোধ আলাদা গোনা হয়।',
        },
      ),
      cancelledByAssistant: count(
        { en: 'Cancelled by the desk', bn: 'ডেস্ক থেকে বাতিল' },
        {
          en: 'Cancelled by an assistant, also when the patient asked for it by phone.',
          bn: 'সহকারী বাতিল করেছেন, রোগী ফোনে চাইলেও।',
        },
      ),
      cancelledByAdmin: count(
        { en: 'Cancelled by an administrator', bn: 'প্রশাসক বাতিল করেছেন' },
        {
          en: 'Cancelled by an administrator, also by a holiday or the end of a chamber.',
          bn: 'প্রশাসক বাতিল করেছেন, ছুটির দিন বা চেম্বার বন্ধের কারণেও।',
        },
      ),
      declined: count(
        { en: 'Declined', bn: 'ফিরিয়ে দেওয়া' },
        {
          en: 'Requests that the doctor or the desk declined; they stand among the cancelled ones.',
          bn: 'যেসব অনুরোধ ডাক্তার বা ডেস্ক ফিরিয়ে দিয়েছেন; এগুলোও বাতিলের মধ্যে।',
        },
      ),
      cancelledShare: share(
        { en: 'Share cancelled', bn: 'বাতিলের হার' },
        { en: 'The cancelled among all that were booked.', bn: 'যত বুক হয়েছে তার মধ্যে যত বাতিল।' },
      ),
      missedShare: share(
        { en: 'Share missed', bn: 'অনুপস্থিতির হার' },
        {
          en: 'The missed among the missed and the completed. Visits to come are not in it.',
          bn: 'অনুপস্থিত ও সম্পন্ন মিলিয়ে যত অনুপস্থিত। যেসব দেখা এখনো বাকি, সেগুলো এতে নেই।',
        },
      ),
    },
  },
  patients: {
    title: { en: 'Patients', bn: 'রোগী' },
    about: definitions.appointments,
    groupings: everyGrouping,
    figures: {
      patients: count(
        { en: 'Patients, each counted once', bn: 'রোগী, প্রত্যেকে একবার' },
        summaryDefinitions.patients,
      ),
      patientVisits: count(
        { en: 'Patient visits, doctor by doctor', bn: 'রোগী, ডাক্তার ধরে ধরে' },
        {
          en: 'Different patients of each doctor, added up: whoever saw two doctors counts twice.',
          bn: 'প্রত্যেক ডাক্তারের ভিন্ন ভিন্ন রোগী, যোগ করে: যিনি দুজন ডাক্তার দেখিয়েছেন তিনি দুবার।',
        },
      ),
      appointments: count(
        { en: 'Appointments', bn: 'অ্যাপয়েন্টমেন্ট' },
        { en: 'All of these appointments.', bn: 'এসব অ্যাপয়েন্টমেন্টের সবগুলো।' },
      ),
    },
  },
  channels: {
    title: { en: 'How appointments were booked', bn: 'কীভাবে বুক হয়েছে' },
    about: everyBooking,
    groupings: ['doctor', 'chamber', 'specialization', 'day', 'week', 'month', 'weekday_hour'],
    figures: {
      booked,
      online: count(
        { en: 'Online', bn: 'অনলাইনে' },
        { en: 'Booked on the web by the patient or for them.', bn: 'রোগী বা তাঁর হয়ে কেউ ওয়েবে বুক করেছেন।' },
      ),
      phone: count(
        { en: 'By phone', bn: 'ফোনে' },
        { en: 'Booked at the desk for somebody who called.', bn: 'ফোন পেয়ে ডেস্ক থেকে বুক করা।' },
      ),
      walk_in: count(
        { en: 'Walk-ins', bn: 'সরাসরি এসে' },
        {
          en: 'Booked at the desk for somebody who stood there.',
          bn: 'যিনি সরাসরি এসেছেন তাঁর জন্য ডেস্ক থেকে বুক করা।',
        },
      ),
      onlineShare: share(
        { en: 'Share online', bn: 'অনলাইনের হার' },
        { en: 'Those booked online among all.', bn: 'সবের মধ্যে অনলাইনে বুক করা।' },
      ),
      phoneShare: share(
        { en: 'Share by phone', bn: 'ফোনের হার' },
        { en: 'Those booked by phone among all.', bn: 'সবের মধ্যে ফোনে বুক করা।' },
      ),
      walkInShare: share(
        { en: 'Share of walk-ins', bn: 'সরাসরি আসার হার' },
        { en: 'The walk-ins among all.', bn: 'সবের মধ্যে সরাসরি আসা।' },
      ),
    },
  },
  'busiest-hours': {
    title: { en: 'Busiest hours', bn: 'সবচেয়ে ব্যস্ত সময়' },
    about: {
      en: 'Appointments of every status by the weekday and hour at which they begin by the clock of their chamber. Places that were only held are not among them.',
      bn: 'সব অবস্থার অ্যাপয়েন্টমেন্ট, চেম্বারের ঘড়ি অনুযায়ী কোন বারে কোন ঘণ্টায় শুরু। শুধু ধরে রাখা জায়গা এতে নেই।',
    },
    groupings: ['weekday_hour'],
    figures: {
      booked,
      appointments: count(
        { en: 'Appointments', bn: 'অ্যাপয়েন্টমেন্ট' },
        {
          en: 'Those that were completed or stand confirmed; who has arrived or is with the doctor stands confirmed.',
          bn: 'সম্পন্ন ও নিশ্চিত; যিনি এসেছেন বা ডাক্তারের কাছে আছেন তিনিও নিশ্চিতের মধ্যে।',
        },
      ),
      came,
    },
  },
  'lead-time': {
    title: { en: 'From booking to visit', bn: 'বুকিং থেকে দেখা পর্যন্ত' },
    about: {
      en: 'Completed, confirmed and missed appointments: whole minutes from the moment the place was taken to the start of the visit as it stands now, after any move. A walk-in who was written down after the start counts as 0.',
      bn: 'সম্পন্ন, নিশ্চিত ও অনুপস্থিত অ্যাপয়েন্টমেন্ট: জায়গা নেওয়ার মুহূর্ত থেকে দেখার বর্তমান শুরু পর্যন্ত (সময় বদলালে নতুনটি) কত পূর্ণ মিনিট। শুরুর পরে লেখা হলে ০ ধরা হয়।',
    },
    groupings: everyGrouping,
    figures: {
      measured: count(
        { en: 'Measured', bn: 'মাপা হয়েছে' },
        { en: 'Appointments that the times are taken from.', bn: 'যেসব অ্যাপয়েন্টমেন্ট থেকে সময় নেওয়া।' },
      ),
      median: median({
        en: 'Half of them were booked no longer before.',
        bn: 'অর্ধেক এর চেয়ে বেশি আগে বুক করা নয়।',
      }),
      ninth: ninth({
        en: 'Nine tenths were booked no longer before.',
        bn: 'দশের নয় ভাগ এর চেয়ে বেশি আগে বুক করা নয়।',
      }),
      underHour: between('Under 1 hour', '১ ঘণ্টার কম'),
      underDay: between('1 to 24 hours', '১ থেকে ২৪ ঘণ্টা'),
      under3Days: between('1 to 3 days', '১ থেকে ৩ দিন'),
      under7Days: between('3 to 7 days', '৩ থেকে ৭ দিন'),
      under14Days: between('7 to 14 days', '৭ থেকে ১৪ দিন'),
      longer: between('14 days and more', '১৪ দিন বা বেশি'),
    },
  },
  'waiting-time': {
    title: { en: 'Waiting in the chamber', bn: 'চেম্বারে অপেক্ষা' },
    about: {
      en: 'Visits whose arrival and start were both noted at the desk, and whose patient is with the doctor or has been: whole minutes from the last arrival to the last start. Who came early waits longer here for that. Visits without both notes are not measured.',
      bn: 'যেসব দেখায় ডেস্কে আসা ও শুরু দুটোই লেখা হয়েছে এবং রোগী ডাক্তারের কাছে আছেন বা ছিলেন: শেষবার আসা থেকে শেষবার শুরু পর্যন্ত পূর্ণ মিনিট। আগে এলে অপেক্ষা বেশি দেখায়। দুটোই লেখা না থাকলে মাপা হয় না।',
    },
    groupings: everyGrouping,
    figures: {
      measured: count(
        { en: 'Measured', bn: 'মাপা হয়েছে' },
        { en: 'Visits that the times are taken from.', bn: 'যেসব দেখা থেকে সময় নেওয়া।' },
      ),
      median: median({ en: 'Half of them waited no longer.', bn: 'অর্ধেক এর চেয়ে বেশি অপেক্ষা করেননি।' }),
      ninth: ninth({ en: 'Nine tenths waited no longer.', bn: 'দশের নয় ভাগ এর চেয়ে বেশি অপেক্ষা করেননি।' }),
      under15: between('Under 15 minutes', '১৫ মিনিটের কম'),
      under30: between('15 to 30 minutes', '১৫ থেকে ৩০ মিনিট'),
      under60: between('30 to 60 minutes', '৩০ থেকে ৬০ মিনিট'),
      under120: between('1 to 2 hours', '১ থেকে ২ ঘণ্টা'),
      longer: between('2 hours and more', '২ ঘণ্টা বা বেশি'),
    },
  },
  punctuality: {
    title: { en: 'Punctuality of the queue', bn: 'সিরিয়ালের সময়ানুবর্তিতা' },
    about: {
      en: 'Visits whose start was noted at the desk, and whose patient is with the doctor or has been: whole minutes from the promised time to the last start. In a session by serials the promised time is that of the serial. Below 0: earlier than promised.',
      bn: 'যেসব দেখার শুরু ডেস্কে লেখা হয়েছে এবং রোগী ডাক্তারের কাছে আছেন বা ছিলেন: বলা সময় থেকে শেষবার শুরু পর্যন্ত পূর্ণ মিনিট। সিরিয়ালের বসায় বলা সময় মানে সেই সিরিয়ালের সময়। ০-এর নিচে: বলা সময়ের আগে।',
    },
    groupings: everyGrouping,
    figures: {
      measured: count(
        { en: 'Measured', bn: 'মাপা হয়েছে' },
        { en: 'Visits that the times are taken from.', bn: 'যেসব দেখা থেকে সময় নেওয়া।' },
      ),
      median: median({ en: 'Half of them began no later.', bn: 'অর্ধেক এর চেয়ে দেরিতে শুরু হয়নি।' }),
      ninth: ninth({ en: 'Nine tenths began no later.', bn: 'দশের নয় ভাগ এর চেয়ে দেরিতে শুরু হয়নি।' }),
      early: between('Before the promised time', 'বলা সময়ের আগে'),
      under15: between('0 to 15 minutes late', '০ থেকে ১৫ মিনিট দেরি'),
      under30: between('15 to 30 minutes late', '১৫ থেকে ৩০ মিনিট দেরি'),
      under60: between('30 to 60 minutes late', '৩০ থেকে ৬০ মিনিট দেরি'),
      longer: between('60 minutes late and more', '৬০ মিনিট বা বেশি দেরি'),
      onTimeShare: share(
        { en: 'Share on time', bn: 'সময়মতো শুরুর হার' },
        {
          en: 'Begun less than 15 minutes late, or early, among the measured.',
          bn: 'মাপাগুলোর মধ্যে ১৫ মিনিটের কম দেরিতে বা আগে শুরু।',
        },
      ),
    },
  },
  capacity: {
    title: { en: 'Use of capacity', bn: 'ধারণক্ষমতার ব্যবহার' },
    about: {
      en: 'Times that a doctor sat down to, with the places that their hours offered when they began: visits that fit one after the other, by whichever way they were booked. Hours that change later change nothing here.',
      bn: 'ডাক্তার যেসব সময়ে বসেছেন, শুরুর মুহূর্তের সময়সূচি অনুযায়ী সেগুলোর জায়গা: পরপর যতজনকে দেখা যায়, যেভাবেই বুক হোক। পরে সময়সূচি বদলালে এখানে কিছু বদলায় না।',
    },
    groupings: ['doctor', 'chamber', 'specialization', 'day', 'week', 'month', 'weekday_hour'],
    figures: {
      places: count(
        { en: 'Places offered', bn: 'মোট জায়গা' },
        { en: 'Whether somebody took them or not.', bn: 'কেউ নিন বা না নিন।' },
      ),
      filled: count(
        { en: 'Places taken', bn: 'নেওয়া জায়গা' },
        {
          en: 'Appointments that kept their place, also those who did not come and those put in over capacity.',
          bn: 'যেসব অ্যাপয়েন্টমেন্ট জায়গা ধরে রেখেছে; যাঁরা আসেননি এবং ধারণক্ষমতার বাইরে নেওয়া, তাঁরাও।',
        },
      ),
      came: count(
        { en: 'Came', bn: 'মোট এসেছেন' },
        {
          en: 'Of those, patients who have arrived, are with the doctor, or whose visit is completed.',
          bn: 'তাঁদের মধ্যে যাঁরা এসেছেন, ডাক্তারের কাছে আছেন, বা যাঁদের দেখা সম্পন্ন।',
        },
      ),
      missed: count(
        { en: 'Missed', bn: 'অনুপস্থিত' },
        { en: 'Of those, patients who did not come.', bn: 'তাঁদের মধ্যে যাঁরা আসেননি।' },
      ),
      free: count(
        { en: 'Left free', bn: 'খালি ছিল' },
        {
          en: 'Places that nobody took; where more came than there was room for, none.',
          bn: 'যেসব জায়গা কেউ নেননি; জায়গার চেয়ে বেশি নিলে শূন্য।',
        },
      ),
      filledShare: share(
        { en: 'Share taken', bn: 'নেওয়ার হার' },
        {
          en: 'The places taken among those offered; over 100 where more were put in.',
          bn: 'মোট জায়গার মধ্যে যত নেওয়া; বেশি নিলে ১০০-র ওপরে।',
        },
      ),
    },
  },
  revenue: {
    title: { en: 'Fees and money', bn: 'ফি ও টাকা' },
    about: {
      en: 'The appointments of the period, each currency by itself. Money is that of these appointments, whenever it was taken or given back; it is not the cash of these days.',
      bn: 'এই সময়ের অ্যাপয়েন্টমেন্ট, প্রতিটি মুদ্রা আলাদা। টাকা এই অ্যাপয়েন্টমেন্টগুলোরই, যেদিনই নেওয়া বা ফেরত দেওয়া হোক; এই কদিনের নগদের হিসাব নয়।',
    },
    groupings: everyGrouping,
    figures: {
      earned: money(
        { en: 'Fees earned', bn: 'ফি বাবদ আয়' },
        {
          en: 'Fees of the completed and confirmed appointments as they were when booked; who has arrived or is with the doctor stands confirmed.',
          bn: 'সম্পন্ন ও নিশ্চিত অ্যাপয়েন্টমেন্টের ফি, বুকিংয়ের সময়ের; যিনি এসেছেন বা ডাক্তারের কাছে আছেন তিনিও নিশ্চিতের মধ্যে।',
        },
      ),
      taken: money(
        { en: 'Money taken', bn: 'নেওয়া হয়েছে' },
        { en: 'Payments for appointments of every status.', bn: 'সব অবস্থার অ্যাপয়েন্টমেন্টের জন্য নেওয়া টাকা।' },
      ),
      refunded: money(
        { en: 'Given back', bn: 'ফেরত দেওয়া' },
        { en: 'Refunds for appointments of every status.', bn: 'সব অবস্থার অ্যাপয়েন্টমেন্টের জন্য ফেরত দেওয়া টাকা।' },
      ),
      kept: money(
        { en: 'Kept', bn: 'হাতে আছে' },
        { en: 'Money taken less what was given back.', bn: 'নেওয়া টাকা থেকে ফেরত বাদ দিয়ে।' },
      ),
      due: money(
        { en: 'Still due', bn: 'বাকি আছে' },
        {
          en: 'Fees of the completed and confirmed appointments less what was kept for them.',
          bn: 'সম্পন্ন ও নিশ্চিত অ্যাপয়েন্টমেন্টের ফি থেকে সেগুলোর জন্য হাতে থাকা টাকা বাদ দিয়ে।',
        },
      ),
    },
  },
} as const satisfies Record<string, ReportWords>;

export type FigureReportName = keyof typeof figureReports;
/** Figures of one report. */
export type FigureOf<Name extends FigureReportName> = keyof (typeof figureReports)[Name]['figures'];

/** Said beside every report. */
export const figureDefinitions = {
  period: {
    en: 'Visits that begin from the first to the last day, both included, by the clock of their chamber; days, weeks (from the day that the settings say), months and hours are its own too.',
    bn: 'যেসব দেখা প্রথম দিন থেকে শেষ দিন পর্যন্ত (দুদিনই ধরে) শুরু, চেম্বারের ঘড়ি অনুযায়ী; দিন, সপ্তাহ (সেটিংসে যে দিন থেকে), মাস ও ঘণ্টাও সেই ঘড়ির।',
  },
  specialization: {
    en: 'A doctor with several specializations counts under each, so the groups can come to more than the total.',
    bn: 'একাধিক বিশেষত্বের ডাক্তার প্রতিটিতেই গোনা হন, তাই ভাগগুলোর যোগফল মোটের চেয়ে বেশি হতে পারে।',
  },
} as const satisfies Record<string, Wording>;

/** What groups of each kind are called, as a column's head. */
export const groupingNames: Readonly<Record<Language, Readonly<Record<ReportGrouping, string>>>> = {
  en: {
    doctor: 'Doctor',
    chamber: 'Chamber',
    specialization: 'Specialization',
    channel: 'How it was booked',
    day: 'Day',
    week: 'Week',
    month: 'Month',
    weekday_hour: 'Weekday and hour',
  },
  bn: {
    doctor: 'ডাক্তার',
    chamber: 'চেম্বার',
    specialization: 'বিশেষত্ব',
    channel: 'যেভাবে বুক করা',
    day: 'দিন',
    week: 'সপ্তাহ',
    month: 'মাস',
    weekday_hour: 'বার ও ঘণ্টা',
  },
};

/** What groups by channel are called. */
export const channelNames = {
  online: { en: 'Online', bn: 'অনলাইনে' },
  phone: { en: 'By phone', bn: 'ফোনে' },
  walk_in: { en: 'Walk-ins', bn: 'সরাসরি এসে' },
} as const satisfies Record<z.output<typeof channel>, Wording>;

export const noSpecialization: Wording = { en: 'No specialization', bn: 'বিশেষত্ব নেই' };

const names = Object.keys(figureReports) as [FigureReportName, ...FigureReportName[]];
export const figureName = z.enum(names, { error: `There is no such report. Use ${names.join(', ')}` });

/** Reports whose figures are made of appointments; those of `capacity` are made of sittings. */
const ofAppointments = names.filter((each) => each !== 'capacity');
export const appointmentReport = z.enum(ofAppointments, {
  error: `No such report has appointments behind its figures. Use ${ofAppointments.join(', ')}`,
});
export type AppointmentReport = z.output<typeof appointmentReport>;

const filters = {
  /** Dates by the clock of each chamber, both included; three years at most. */
  from: fields.date,
  to: fields.date,
  /** Doctors have their own reports and need not name themselves. */
  doctorId: fields.idInUrl.optional(),
  chamberId: fields.idInUrl.optional(),
  /** A code of `/specializations`. */
  specialization: z.string().max(60).optional(),
  /** Left out: totals alone. A report that is told by one thing only is always told by it. */
  groupBy: reportGrouping.optional(),
};

/** The same in a body. */
export const filtersInBody = {
  from: fields.date,
  to: fields.date,
  doctorId: fields.id.optional(),
  chamberId: fields.id.optional(),
  specialization: z.string().max(60).optional(),
};

const mostYears = 3;

export function mistakesOfPeriod({ from, to }: { from: string; to: string }): fields.Mistake[] {
  if (to < from) return [{ path: 'to', message: 'The last day comes before the first' }];
  const farthest = `${Number(from.slice(0, 4)) + mostYears}${from.slice(4)}`;
  return to < farthest ? [] : [{ path: 'to', message: `Use at most ${mostYears} years` }];
}

const wording = z.object({ en: z.string(), bn: z.string() });

/** By the figure's kind: a whole number; percent as a decimal string; whole minutes; sums. Null: nothing to tell it from. */
const value = z.union([z.int(), z.string(), z.array(fields.money), z.null()]);
const values = z.record(z.string(), value);
export type FigureValues = z.output<typeof values>;

const group = z.object({
  /**
   * An id, a code, a channel, `2026-11-23`, the day a week begins with, `2026-11`, or ISO weekday and hour `6-17`.
   * `none`: doctors without a specialization.
   */
  key: z.string(),
  label: wording,
  values,
});

const figureReport = z.object({
  name: z.string(),
  title: wording,
  from: z.string(),
  to: z.string(),
  doctor: z.object({ id: z.int(), label: wording }).nullable(),
  chamber: z.object({ id: z.int(), label: wording }).nullable(),
  specialization: z.object({ code: z.string(), label: wording }).nullable(),
  groupBy: reportGrouping.nullable(),
  /** In the order to show them. */
  figures: z.array(z.object({ name: z.string(), kind: z.enum(kinds), title: wording, means: wording })),
  totals: values,
  /** Those that have an appointment: by time, or the largest first. */
  groups: z.array(group),
  /** As many days before. */
  before: z.object({ from: z.string(), to: z.string(), totals: values }).nullable(),
  definitions: z.object({
    about: wording,
    /** From when on it is known, where that is not from the beginning. */
    since: wording.nullable(),
    period: wording,
    groups: wording.nullable(),
  }),
});
export type FigureReport = z.output<typeof figureReport>;

/** A report by each of some groupings, as one moment saw the books. */
export const countedReports = z.object({ countedAt: fields.toldInstant, reports: z.array(figureReport) });
export type CountedReports = z.output<typeof countedReports>;

export const getFigureReport = route({
  method: 'GET',
  path: '/reports/{name}',
  summary:
    'What became of appointments, how and when they were booked, waiting, punctuality, money: totals and groups as the books stand at this moment, with what each figure means',
  tag,
  access: readers,
  params: z.strictObject({ name: figureName }),
  query: z
    .strictObject({
      ...filters,
      /** Also the totals of as many days before. */
      compare: fields.flag.optional(),
      /** Of a file, Bangla when left out. */
      format: reportFormat.optional(),
      language: fields.language.optional(),
    })
    .superRefine(fields.refuseMistakes(mistakesOfPeriod)),
  files: Object.values(fileTypes),
  ok: { status: 200, body: figureReport },
  problems: ['not_found'],
});

const named = z.object({ id: z.int(), fullName: z.string(), nameBn: z.string().nullable() });

const row = z.object({
  /** Of the appointment. */
  id: z.int(),
  reference: z.string(),
  startsAt: fields.toldInstant,
  status: reportStatus,
  channel,
  fee: fields.money,
  /** Of a share: whether it is in the part, and not only in the whole. Else true. */
  counted: z.boolean(),
  /** What was measured; null in reports that measure no time. */
  minutes: z.int().nullable(),
  /** What it adds to a figure of money; null with other figures. */
  amount: fields.money.nullable(),
  patient: z.object({ id: z.int(), fullName: z.string() }),
  doctor: named,
  chamber: named,
});
export type FigureRow = z.output<typeof row>;

export const listFigureAppointments = route({
  method: 'GET',
  path: '/reports/{name}/appointments',
  summary:
    'The appointments behind a figure of a report or of one of its groups, by time. A count is their number, money the sum of their amounts, minutes the middle or the ninth tenth of theirs, a share the counted among them',
  tag,
  access: readers,
  params: z.strictObject({ name: appointmentReport }),
  query: z
    .strictObject({
      ...filters,
      figure: z.string().max(40),
      /** The key of a group; left out, of the total. */
      group: z.string().max(60).optional(),
      ...fields.paging,
    })
    .superRefine(fields.refuseMistakes(mistakesOfPeriod)),
  ok: { status: 200, body: fields.listOf(row) },
  problems: ['not_found'],
});

const sitting = z.object({
  id: z.int(),
  startsAt: fields.toldInstant,
  doctor: named,
  chamber: named,
  places: z.int(),
  filled: z.int(),
  came: z.int(),
  missed: z.int(),
  free: z.int(),
});
export type OfferedSitting = z.output<typeof sitting>;

export const listOfferedSittings = route({
  method: 'GET',
  path: '/reports/capacity/sittings',
  summary:
    'The sittings behind a figure of the use of capacity or of one of its groups, by time: those that add to it. A figure is the sum of what they say under its name',
  tag,
  access: readers,
  query: z
    .strictObject({
      ...filters,
      figure: z.enum(['places', 'filled', 'came', 'missed', 'free', 'filledShare']),
      /** The key of a group; left out, of the total. */
      group: z.string().max(60).optional(),
      ...fields.paging,
    })
    .superRefine(fields.refuseMistakes(mistakesOfPeriod)),
  ok: { status: 200, body: fields.listOf(sitting) },
  problems: ['not_found'],
});
