import type { Language } from './wording.ts';

export const importKinds = ['patients', 'doctors', 'schedules'] as const;
export type ImportKind = (typeof importKinds)[number];

/** A column of a file. `name` is its heading; case, spaces and the other names are forgiven. */
export type ImportColumn = {
  name: string;
  others?: readonly string[];
  required?: boolean;
  example: string;
  says: Readonly<Record<Language, string>>;
};

const mobile = {
  name: 'mobile',
  others: ['phone', 'mobile_number', 'phone_number'],
  example: '01712345678',
  says: {
    en: '11 digits. A first 0 that a spreadsheet has dropped is put back.',
    bn: '১১ সংখ্যা। স্প্রেডশিট প্রথম ০ ফেলে দিলে তা আবার বসানো হয়।',
  },
};

const email = {
  name: 'email',
  others: ['e_mail', 'email_address'],
  example: 'name@example.com',
  says: { en: 'An e-mail address.', bn: 'একটি ই-মেইল ঠিকানা।' },
};

const fullName = (example: string) => ({
  name: 'full_name',
  others: ['name'],
  required: true,
  example,
  says: { en: 'Up to 100 characters.', bn: 'সর্বোচ্চ ১০০ অক্ষর।' },
});

const place = (name: string, example: string, en: string, bn: string) => ({
  name,
  example,
  says: { en, bn },
});

/** The columns of each kind of file, in the order of its template. */
export const importColumns: Readonly<Record<ImportKind, readonly ImportColumn[]>> = {
  patients: [
    fullName('Rahima Khatun'),
    {
      ...mobile,
      says: {
        en: `${mobile.says.en} A mobile or an e-mail is needed; several people may share one.`,
        bn: `${mobile.says.bn} মোবাইল বা ই-মেইল একটি লাগবে; একাধিক ব্যক্তির একই নম্বর হতে পারে।`,
      },
    },
    { ...email, example: '' },
    {
      name: 'gender',
      others: ['sex'],
      example: 'female',
      says: { en: 'female, male or other.', bn: 'female, male বা other; নারী, পুরুষ বা অন্যান্য।' },
    },
    {
      name: 'birth_year',
      others: ['birth', 'birth_date', 'date_of_birth', 'dob', 'year_of_birth'],
      example: '1986',
      says: {
        en: 'A year such as 1986, or a date: its year is kept.',
        bn: '১৯৮৬-এর মতো একটি সাল, অথবা তারিখ: তার সালটি রাখা হয়।',
      },
    },
  ],
  doctors: [
    fullName('Salma Akter'),
    {
      name: 'name_bn',
      others: ['full_name_bn', 'name_bangla', 'bangla_name'],
      example: 'সালমা আক্তার',
      says: { en: 'The name in Bangla.', bn: 'বাংলায় নাম।' },
    },
    { ...email, example: 'salma.akter@example.com' },
    {
      ...mobile,
      example: '01812345678',
      says: {
        en: `${mobile.says.en} A mobile or an e-mail is needed, of this doctor alone: the code for the first sign-in goes there.`,
        bn: `${mobile.says.bn} মোবাইল বা ই-মেইল একটি লাগবে, শুধু এই ডাক্তারের: প্রথমবার সাইন ইন করার কোড সেখানে যায়।`,
      },
    },
    {
      name: 'license_number',
      others: ['licence_number', 'license', 'licence', 'bmdc', 'bmdc_number'],
      required: true,
      example: 'A-12345',
      says: {
        en: 'By it a doctor is known; no two share one.',
        bn: 'এটি দিয়ে ডাক্তারকে চেনা যায়; দুজনের এক হয় না।',
      },
    },
    {
      name: 'experience_years',
      others: ['experience'],
      required: true,
      example: '12',
      says: { en: 'Whole years, 0 to 80.', bn: 'পূর্ণ বছর, ০ থেকে ৮০।' },
    },
    {
      name: 'consultation_fee',
      others: ['fee'],
      required: true,
      example: '800',
      says: { en: 'In taka, such as 800 or 800.50.', bn: 'টাকায়, যেমন 800 বা 800.50।' },
    },
    {
      name: 'specializations',
      others: ['specialization', 'specialisation', 'specialisations', 'specialty', 'specialties'],
      example: 'cardiology; medicine',
      says: {
        en: 'Codes or names from the list of specializations, with ; or , between them.',
        bn: 'বিশেষত্বের তালিকার কোড বা নাম, মাঝে ; বা , দিয়ে।',
      },
    },
    {
      name: 'gender',
      others: ['sex'],
      example: 'female',
      says: { en: 'female or male.', bn: 'female বা male; নারী বা পুরুষ।' },
    },
    {
      name: 'qualifications',
      others: ['degrees'],
      example: 'MBBS, FCPS (Cardiology)',
      says: { en: 'Up to 200 characters.', bn: 'সর্বোচ্চ ২০০ অক্ষর।' },
    },
    place('division', 'Dhaka', 'A division, in English or Bangla.', 'বিভাগ, ইংরেজি বা বাংলায়।'),
    place('district', 'Dhaka', 'A district of the division.', 'ওই বিভাগের একটি জেলা।'),
    place('thana', 'Dhanmondi', 'A thana of the district.', 'ওই জেলার একটি থানা।'),
  ],
  schedules: [
    {
      name: 'doctor',
      others: ['doctor_license', 'license_number', 'licence_number', 'doctor_email', 'doctor_mobile'],
      required: true,
      example: 'A-12345',
      says: {
        en: 'The licence number, e-mail or mobile of a doctor who is here.',
        bn: 'আগে থেকে থাকা একজন ডাক্তারের নিবন্ধন নম্বর, ই-মেইল বা মোবাইল।',
      },
    },
    {
      name: 'chamber',
      others: ['chamber_name', 'chamber_id'],
      required: true,
      example: 'Popular Chamber',
      says: {
        en: 'The name of a chamber that is here, in English or Bangla, or its number.',
        bn: 'আগে থেকে থাকা একটি চেম্বারের নাম, ইংরেজি বা বাংলায়, অথবা তার নম্বর।',
      },
    },
    {
      name: 'weekdays',
      others: ['weekday', 'days', 'day'],
      required: true,
      example: 'Sat, Mon-Wed',
      says: {
        en: 'One or more, in English or Bangla, with commas; Sat-Thu is all from one to the other.',
        bn: 'এক বা একাধিক, ইংরেজি বা বাংলায়, মাঝে কমা; শনি-বৃহস্পতি মানে মাঝের সব দিন।',
      },
    },
    {
      name: 'from',
      others: ['start', 'from_time', 'start_time'],
      required: true,
      example: '17:00',
      says: { en: 'Such as 17:00 or 5 pm.', bn: 'যেমন 17:00 বা 5 pm।' },
    },
    {
      name: 'to',
      others: ['end', 'to_time', 'end_time', 'until'],
      required: true,
      example: '21:00',
      says: { en: 'One at or before the start is on the next day.', bn: 'শুরুর সমান বা আগে হলে পরের দিনের সময়।' },
    },
    {
      name: 'mode',
      example: 'serial',
      says: {
        en: 'timed or serial. Left empty: serial where there is a capacity.',
        bn: 'timed বা serial। খালি থাকলে: ধারণক্ষমতা লেখা থাকলে serial।',
      },
    },
    {
      name: 'slot_minutes',
      others: ['slot', 'minutes', 'minutes_per_patient'],
      required: true,
      example: '8',
      says: {
        en: 'Minutes between starts, or for each patient.',
        bn: 'দুই শুরুর মাঝের মিনিট, অথবা প্রতি রোগীর মিনিট।',
      },
    },
    {
      name: 'capacity',
      others: ['serials'],
      example: '30',
      says: {
        en: 'How many serials there are; not for clock times.',
        bn: 'মোট কত সিরিয়াল; ঘড়ির সময়ের জন্য নয়।',
      },
    },
    ...['valid_from', 'valid_until'].map((name) => ({
      name,
      example: '',
      says: {
        en: 'A date such as 2027-02-08. Left empty: no limit. Dated hours replace the usual ones on their dates.',
        bn: '2027-02-08-এর মতো তারিখ। খালি থাকলে সীমা নেই। তারিখ দেওয়া সময়সূচি ওই তারিখগুলোতে সাধারণটির জায়গা নেয়।',
      },
    })),
    {
      name: 'new_fee',
      others: ['fee'],
      example: '800',
      says: {
        en: 'For a new visit here. Left empty: what the doctor has here, or the consultation fee.',
        bn: 'এখানে নতুন রোগীর ফি। খালি থাকলে: আগে যা ঠিক করা আছে, অথবা ডাক্তারের ফি।',
      },
    },
    ...(['new', 'follow_up', 'report'] as const).flatMap((visit) => [
      ...(visit === 'new'
        ? []
        : [
            {
              name: `${visit}_fee`,
              example: '',
              says: {
                en: 'Left empty: such visits are not offered by this file.',
                bn: 'খালি থাকলে: এই ফাইল থেকে এমন সাক্ষাৎ যোগ হয় না।',
              },
            },
          ]),
      {
        name: `${visit}_minutes`,
        example: '',
        says: { en: 'Left empty: as long as a slot.', bn: 'খালি থাকলে: slot_minutes যত।' },
      },
    ]),
  ],
};
