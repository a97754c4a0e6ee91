import type { FindingCode } from './imports.ts';
import { mostImportBytes, mostImportRows } from './imports.ts';
import { digits, type Language } from './wording.ts';

/** What the words need besides the code; each code knows its own. */
export type FindingDetail = {
  /** The other row. */
  line?: number;
  least?: number;
  most?: number;
  choices?: readonly string[];
};

/** What is wrong and what to do about it, for whoever has the file open in a spreadsheet. */
export function wordFinding(language: Language, code: FindingCode, detail: FindingDetail = {}): string {
  const count = (value: number | undefined) => digits(language, value ?? 0);
  const choices = (detail.choices ?? []).join(', ');
  const words = language === 'en' ? english : bangla;
  return words[code]({
    line: count(detail.line),
    least: count(detail.least),
    most: count(detail.most),
    choices,
  });
}

type Parts = { line: string; least: string; most: string; choices: string };
type Words = Readonly<Record<FindingCode, (parts: Parts) => string>>;

const megabytes = mostImportBytes / 1024 / 1024;

const english: Words = {
  empty_file: () => 'The file is empty. Fill in the template and upload it.',
  old_excel: () =>
    'This is an Excel file of the old kind, or has a password. Save it as .xlsx without a password.',
  broken_workbook: () => 'The file cannot be opened as a spreadsheet. Save it again as .xlsx or CSV.',
  broken_quotes: () =>
    'A quotation mark (") is opened here and never closed, or closed in the middle of a cell.',
  not_utf8: () => 'The letters are not stored as UTF-8. Save the file as “CSV UTF-8” or as .xlsx.',
  not_a_table: () => 'This is neither a CSV nor an XLSX file.',
  too_large: () => `The file is too large. Split it: at most ${megabytes} MB each.`,
  too_many_rows: () => `There are more than ${mostImportRows.toLocaleString('en-IN')} rows. Split the file.`,
  no_rows: () => 'There are column names, but no rows below them.',
  column_missing: () => 'This column is missing. Add it to the first row, spelt as in the template.',
  column_unknown: () => 'This column is not known. Rename it as in the template, or remove it.',
  column_twice: () => 'This column is there twice. Remove one.',
  empty: () => 'Fill this in.',
  too_long: ({ most }) => `Use at most ${most} characters.`,
  bad_text: () => 'Use one line of plain text.',
  bad_mobile: () => 'Use a mobile number of 11 digits, such as 01712345678.',
  bad_email: () => 'Use an e-mail address such as name@example.com.',
  bad_number: ({ least, most }) => `Use a whole number from ${least} to ${most}.`,
  bad_amount: () => 'Use an amount such as 800 or 800.50.',
  bad_year: ({ most }) => `Use a year from 1900 to ${most}, or a date such as 1986-04-12.`,
  bad_choice: ({ choices }) => `Use one of: ${choices}.`,
  no_contact: () => 'Give a mobile number or an e-mail.',
  place_incomplete: () => 'Give division, district and thana in this order: this one is missing.',
  unknown_division: () => 'There is no such division.',
  unknown_district: () => 'The division has no such district.',
  unknown_thana: () => 'The district has no such thana.',
  unknown_specialization: ({ choices }) => `Not in the list of specializations: ${choices}.`,
  twice_in_file: ({ line }) => `The same as row ${line}. Remove one of the two.`,
  same: () => 'Here already; this row is left out.',
  same_refused: () => 'Here already. Remove the row, or choose to leave such rows out.',
  email_taken: () => 'Another account has this e-mail. Use another one, or remove the row.',
  mobile_taken: () => 'Another account has this mobile number. Use another one, or remove the row.',
  unknown_doctor: () => 'No doctor here has this licence number, e-mail or mobile. Import the doctor first.',
  unknown_chamber: () => 'There is no such chamber. Add it first, or spell it as it is here.',
  chamber_unclear: ({ choices }) => `Several chambers are called that. Use the number of one: ${choices}.`,
  bad_weekday: () => 'Use days such as Sat, Mon-Wed.',
  bad_time: () => 'Use a time such as 17:30 or 5 pm.',
  bad_date: () => 'Use a date such as 2027-02-08.',
  ends_at_start: () => 'The end must differ from the start.',
  capacity_needed: () => 'Say how many serials there are.',
  capacity_unfit: () => 'Only serial hours have a capacity. Leave it out, or make the mode serial.',
  dates_turned: () => 'The last date is before the first.',
  overlaps_row: ({ line }) => `At the same time as row ${line}. A doctor is in one place at a time.`,
  overlaps_hours: ({ choices }) =>
    `The doctor has hours at that time already: ${choices}. End those, or choose another time.`,
  overlaps_later: () =>
    'On some later date these hours of the doctor meet others. Look at the dates of both.',
  would_strand: () =>
    'Booked appointments would lose their place. Set these hours on the doctor’s screen, where you decide about them.',
  hours_refused: () => 'The calendar refuses these hours. Set them on the doctor’s screen, which says why.',
  fee_differs: ({ choices }) =>
    `The doctor has another fee for this here: ${choices}. Change it on the doctor’s screen, or leave this out.`,
  fee_differs_row: ({ line, choices }) =>
    `Row ${line} says ${choices} for the same doctor and chamber. Use one fee.`,
  has_appointments: () => 'There are appointments.',
  has_waited: () => 'There are entries on waitlists.',
  has_signed_in: () => 'The doctor has signed in, or asked for a code to do so.',
  has_arrangement: () => 'The doctor has hours, fees or time off.',
  has_staff: () => 'Assistants are attached to the doctor.',
};

const bangla: Words = {
  empty_file: () => 'ফাইলটি খালি। নমুনা ফাইলটি পূরণ করে আপলোড করুন।',
  old_excel: () => 'এটি পুরোনো ধরনের এক্সেল ফাইল, অথবা এতে পাসওয়ার্ড আছে। পাসওয়ার্ড ছাড়া .xlsx হিসেবে সেভ করুন।',
  broken_workbook: () => 'ফাইলটি স্প্রেডশিট হিসেবে খোলা যায় না। আবার .xlsx বা CSV হিসেবে সেভ করুন।',
  broken_quotes: () => 'এখানে একটি উদ্ধৃতি চিহ্ন (") খোলা হয়ে আর বন্ধ হয়নি, অথবা ঘরের মাঝখানে বন্ধ হয়েছে।',
  not_utf8: () => 'অক্ষরগুলো UTF-8 হিসেবে রাখা নেই। ফাইলটি “CSV UTF-8” বা .xlsx হিসেবে সেভ করুন।',
  not_a_table: () => 'এটি CSV বা XLSX ফাইল নয়।',
  too_large: () => `ফাইলটি অনেক বড়। ভাগ করুন: প্রতিটি সর্বোচ্চ ${digits('bn', megabytes)} MB।`,
  too_many_rows: () => `${banglaRows} সারির বেশি আছে। ফাইলটি ভাগ করুন।`,
  no_rows: () => 'কলামের নাম আছে, কিন্তু তার নিচে কোনো সারি নেই।',
  column_missing: () => 'এই কলামটি নেই। নমুনার বানানে প্রথম সারিতে যোগ করুন।',
  column_unknown: () => 'এই কলামটি চেনা যায় না। নমুনার মতো নাম দিন, অথবা বাদ দিন।',
  column_twice: () => 'এই কলামটি দুবার আছে। একটি বাদ দিন।',
  empty: () => 'এটি পূরণ করুন।',
  too_long: ({ most }) => `সর্বোচ্চ ${most} অক্ষর দিন।`,
  bad_text: () => 'এক লাইনে সাধারণ লেখা দিন।',
  bad_mobile: () => '১১ সংখ্যার মোবাইল নম্বর দিন, যেমন 01712345678।',
  bad_email: () => 'একটি ই-মেইল ঠিকানা দিন, যেমন name@example.com।',
  bad_number: ({ least, most }) => `${least} থেকে ${most} পর্যন্ত একটি পূর্ণ সংখ্যা দিন।`,
  bad_amount: () => 'টাকার পরিমাণ দিন, যেমন 800 বা 800.50।',
  bad_year: ({ most }) => `১৯০০ থেকে ${most} পর্যন্ত একটি সাল, অথবা 1986-04-12-এর মতো তারিখ দিন।`,
  bad_choice: ({ choices }) => `এগুলোর একটি দিন: ${choices}।`,
  no_contact: () => 'মোবাইল নম্বর বা ই-মেইল দিন।',
  place_incomplete: () => 'বিভাগ, জেলা ও থানা এই ক্রমে দিন: এটি বাদ পড়েছে।',
  unknown_division: () => 'এই নামে কোনো বিভাগ নেই।',
  unknown_district: () => 'ওই বিভাগে এই নামে কোনো জেলা নেই।',
  unknown_thana: () => 'ওই জেলায় এই নামে কোনো থানা নেই।',
  unknown_specialization: ({ choices }) => `বিশেষত্বের তালিকায় নেই: ${choices}।`,
  twice_in_file: ({ line }) => `সারি ${line}-এর মতোই। দুটির একটি বাদ দিন।`,
  same: () => 'আগে থেকেই আছে; এই সারিটি বাদ থাকবে।',
  same_refused: () => 'আগে থেকেই আছে। সারিটি বাদ দিন, অথবা এমন সারি বাদ রাখার পছন্দটি নিন।',
  email_taken: () => 'এই ই-মেইল অন্য একটি অ্যাকাউন্টের। অন্যটি দিন, অথবা সারিটি বাদ দিন।',
  mobile_taken: () => 'এই মোবাইল নম্বর অন্য একটি অ্যাকাউন্টের। অন্যটি দিন, অথবা সারিটি বাদ দিন।',
  unknown_doctor: () => 'এই নিবন্ধন নম্বর, ই-মেইল বা মোবাইলের কোনো ডাক্তার নেই। আগে ডাক্তারকে ইমপোর্ট করুন।',
  unknown_chamber: () => 'এই নামে কোনো চেম্বার নেই। আগে যোগ করুন, অথবা এখানকার বানানে লিখুন।',
  chamber_unclear: ({ choices }) => `এই নামে একাধিক চেম্বার আছে। একটির নম্বর দিন: ${choices}।`,
  bad_weekday: () => 'শনি, সোম-বুধ-এর মতো দিন লিখুন।',
  bad_time: () => '17:30 বা 5 pm-এর মতো সময় দিন।',
  bad_date: () => '2027-02-08-এর মতো তারিখ দিন।',
  ends_at_start: () => 'শেষের সময় শুরুর থেকে আলাদা হতে হবে।',
  capacity_needed: () => 'মোট কত সিরিয়াল, তা লিখুন।',
  capacity_unfit: () => 'শুধু সিরিয়ালের সময়সূচিতে ধারণক্ষমতা থাকে। বাদ দিন, অথবা mode-এ serial লিখুন।',
  dates_turned: () => 'শেষ তারিখটি প্রথম তারিখের আগে।',
  overlaps_row: ({ line }) => `সারি ${line}-এর সঙ্গে একই সময়ে। একজন ডাক্তার একসঙ্গে এক জায়গায় থাকেন।`,
  overlaps_hours: ({ choices }) =>
    `ওই সময়ে ডাক্তারের সময়সূচি আগে থেকেই আছে: ${choices}। সেটি শেষ করুন, অথবা অন্য সময় দিন।`,
  overlaps_later: () => 'পরের কোনো তারিখে ডাক্তারের এই সময় অন্যটির সঙ্গে মিলে যায়। দুটির তারিখ দেখে নিন।',
  would_strand: () => 'বুক করা অ্যাপয়েন্টমেন্ট জায়গা হারাবে। ডাক্তারের পর্দায় সময়সূচিটি দিন, সেখানে এগুলোর সিদ্ধান্ত নেওয়া যায়।',
  hours_refused: () => 'এই সময়সূচি দেওয়া যাচ্ছে না। ডাক্তারের পর্দায় দিন, সেখানে কারণ জানা যাবে।',
  fee_differs: ({ choices }) =>
    `এখানে এর জন্য ডাক্তারের অন্য ফি আছে: ${choices}। ডাক্তারের পর্দায় বদলান, অথবা এটি বাদ দিন।`,
  fee_differs_row: ({ line, choices }) => `একই ডাক্তার ও চেম্বারের জন্য সারি ${line}-এ আছে ${choices}। একটি ফি রাখুন।`,
  has_appointments: () => 'অ্যাপয়েন্টমেন্ট আছে।',
  has_waited: () => 'অপেক্ষার তালিকায় নাম আছে।',
  has_signed_in: () => 'ডাক্তার সাইন ইন করেছেন, অথবা তার জন্য কোড চেয়েছেন।',
  has_arrangement: () => 'ডাক্তারের সময়সূচি, ফি বা ছুটি ঠিক করা হয়েছে।',
  has_staff: () => 'ডাক্তারের সঙ্গে সহকারী যুক্ত আছেন।',
};

const banglaRows = digits('bn', mostImportRows).replace(/^(.)(.*)(...)$/, '$1,$2,$3');
