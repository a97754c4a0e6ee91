/** How dates, times, numbers and names are said in both languages: pages and messages say them alike. */
export type Language = 'bn' | 'en';

/** `Wednesday 25 November`, `বুধবার ২৫ নভেম্বর`. Dates are `YYYY-MM-DD` by the chamber's calendar. */
export const formatDate = (language: Language, date: string): string =>
  `${weekdays[language][weekdayOf(date) - 1] ?? ''} ${dayOfMonth(language, date)} ${months[language][monthOf(date)] ?? ''}`;

/** `Wed 25 Nov`, `বুধ ২৫ নভে`. */
export const formatShortDate = (language: Language, date: string): string =>
  `${shortWeekdays[language][weekdayOf(date) - 1] ?? ''} ${dayOfMonth(language, date)} ${shortMonths[language][monthOf(date)] ?? ''}`;

export const dayOfMonth = (language: Language, date: string): string =>
  digits(language, Number(date.slice(8, 10)));

/** ISO weekday, Monday 1. A Date at UTC's midnight knows no other zone, and phones have no Temporal. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** Index into the months' names. */
export const monthOf = (date: string): number => Number(date.slice(5, 7)) - 1;

/** Hours from which a part of the day runs, by the language's own division of the day. */
const dayParts = {
  bn: [
    { from: 20, name: 'রাত' },
    { from: 18, name: 'সন্ধ্যা' },
    { from: 15, name: 'বিকাল' },
    { from: 12, name: 'দুপুর' },
    { from: 6, name: 'সকাল' },
    { from: 4, name: 'ভোর' },
    { from: 0, name: 'রাত' },
  ],
  en: [
    { from: 20, name: 'Night' },
    { from: 18, name: 'Evening' },
    { from: 12, name: 'Afternoon' },
    { from: 6, name: 'Morning' },
    { from: 4, name: 'Early morning' },
    { from: 0, name: 'Night' },
  ],
} as const;

/** The part of the day that a wall time `HH:MM` lies in. */
export function dayPart(language: Language, time: string): string {
  const hour = Number(time.slice(0, 2));
  return dayParts[language].find(({ from }) => hour >= from)?.name ?? '';
}

/** The clock alone, `9:30` or `৯:৩০`: for a list that stands under its part of the day. */
export function clockFace(language: Language, time: string): string {
  const hour = Number(time.slice(0, 2));
  return digits(language, `${hour % 12 === 0 ? 12 : hour % 12}:${time.slice(3, 5)}`);
}

/** `November 2026`, `নভেম্বর ২০২৬`. */
export const formatMonth = (language: Language, { year, month }: { year: number; month: number }): string =>
  `${months[language][month - 1] ?? ''} ${digits(language, year)}`;

/** `9:30am`, `সকাল ৯:৩০`. */
export function formatTime(language: Language, time: string): string {
  if (language === 'bn') return `${dayPart('bn', time)} ${clockFace('bn', time)}`;
  return clockFace('en', time) + (Number(time.slice(0, 2)) < 12 ? 'am' : 'pm');
}

// Own tables: what Intl says for Bangla differs between versions of ICU, and some of it is wrong ("রাত্রি", "৭:৩০ PM").
export const weekdays = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  bn: ['সোমবার', 'মঙ্গলবার', 'বুধবার', 'বৃহস্পতিবার', 'শুক্রবার', 'শনিবার', 'রবিবার'],
} as const;

export const shortWeekdays = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  bn: ['সোম', 'মঙ্গল', 'বুধ', 'বৃহস্পতি', 'শুক্র', 'শনি', 'রবি'],
} as const;

export const months = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  bn: [
    'জানুয়ারি',
    'ফেব্রুয়ারি',
    'মার্চ',
    'এপ্রিল',
    'মে',
    'জুন',
    'জুলাই',
    'আগস্ট',
    'সেপ্টেম্বর',
    'অক্টোবর',
    'নভেম্বর',
    'ডিসেম্বর',
  ],
} as const;

export const shortMonths = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  bn: ['জানু', 'ফেব', 'মার্চ', 'এপ্রি', 'মে', 'জুন', 'জুল', 'আগ', 'সেপ্ট', 'অক্টো', 'নভে', 'ডিসে'],
} as const;

const bengaliZero = 0x09e6;

/** A number, or text with ASCII digits, in the digits of the language. Phone numbers and codes stay as they are. */
export function digits(language: Language, value: number | string): string {
  const text = String(value);
  if (language === 'en') return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(bengaliZero + Number(digit)));
}

/** `12,34,567.50`, as money is written in the subcontinent. */
export function groupLakhs(amount: string): string {
  const [whole = '', part] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d\d)*\d{3}$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

type Named = { fullName: string; nameBn: string | null };

/** A doctor as patients speak of them, `Dr. Nusrat Jahan`; a title that the name already carries stays. */
export function doctorName(language: Language, doctor: Named): string {
  const name = localName(language, doctor);
  if (/^(dr|prof|assoc|asst)\b/i.test(name) || /^(ডা|ডাঃ|অধ্যাপক|প্রফেসর|সহকারী|সহযোগী)/.test(name)) return name;
  return /[\u0980-\u09ff]/.test(name) ? `ডা. ${name}` : `Dr. ${name}`;
}

/** The name in the language where there is one. */
export const localName = (language: Language, { fullName, nameBn }: Named): string =>
  language === 'bn' ? (nameBn ?? fullName) : fullName;

/** What the organisation is called, in the language where there is such a name; null: it has not said. */
export const organisationName = (
  language: Language,
  { name, nameBn }: { name: string | null; nameBn: string | null },
): string | null => (language === 'bn' ? (nameBn ?? name) : name);

/** Where it is found; null: it has not said. */
export const organisationAddress = (
  language: Language,
  { address, addressBn }: { address: string | null; addressBn: string | null },
): string | null => (language === 'bn' ? (addressBn ?? address) : address);

/** The chamber's address in the language where there is one. */
export const chamberAddress = (
  language: Language,
  chamber: { address: string; addressBn: string | null },
): string => (language === 'bn' ? (chamber.addressBn ?? chamber.address) : chamber.address);
