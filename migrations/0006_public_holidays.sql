-- Public holidays of Bangladesh, 2026 to 2028: general holidays and those by executive order, for the whole country.
-- Left out: optional holidays of one religion, bank holidays, Chaitra Sankranti (13 April, three hill districts only).
-- A holiday on a Friday or Saturday is not moved. All text is Unicode NFC.
--
-- 2026: the notification of the Ministry of Public Administration of 9 November 2025, as Ekhon TV prints it and public
-- lists that cite it repeat it, and what was added later: 11 and 12 February (Jago News), 18 March (Prothom Alo), and,
-- from public calendars that cite The Business Standard, BSS and the Ministry, 25 May, 22 October and 7 November. The
-- moons of all its dates have been sighted; the month starts quoted from BSS agree with every one.
--
-- 2027 and 2028 are computed: no notification was found up to 22 November 2026. Islamic dates are Umm al-Qura plus one
-- day, which gives every date of 2026 (the civil tabular calendar plus one is a day late for Ashura and for
-- Eid-e-Miladunnabi), and agree with the first evening the crescent is easily seen from Dhaka. The Eids have the days
-- that the notifications of 2025 and 2026 give them: two before and two after, Eid-ul-Azha three after. Durga Puja,
-- Janmashtami and Buddha Purnima are days whose sunrise in Dhaka falls in the tithi, as in 2026; the notification of
-- 2025 had Buddha Purnima a day earlier. 7 November is left out: nothing says that it stays. The Shab-e-Barat after that of
-- January 2028 falls on 1 January 2029.

create table public_holidays (
  -- ISO 3166-1.
  country char(2) not null,
  first_date date not null,
  last_date date not null check (last_date >= first_date),
  name varchar(100) not null,
  name_bn varchar(100) not null,
  -- The date waits for the moon and may move by a day.
  moon_sighted boolean not null,
  primary key (country, first_date, name)
);

insert into public_holidays (country, first_date, last_date, name, name_bn, moon_sighted) values
  ('BD', '2026-02-04', '2026-02-04', 'Shab-e-Barat', 'শবে বরাত', true),
  ('BD', '2026-02-11', '2026-02-12', 'General Election and Referendum', 'জাতীয় সংসদ নির্বাচন ও গণভোট', false),
  ('BD', '2026-02-21', '2026-02-21', 'Shaheed Day and International Mother Language Day', 'শহীদ দিবস ও আন্তর্জাতিক মাতৃভাষা দিবস', false),
  ('BD', '2026-03-17', '2026-03-17', 'Shab-e-Qadr', 'শবে কদর', true),
  ('BD', '2026-03-18', '2026-03-23', 'Eid-ul-Fitr', 'ঈদুল ফিতর', true),
  ('BD', '2026-03-20', '2026-03-20', 'Jumatul Bida', 'জুমাতুল বিদা', true),
  ('BD', '2026-03-26', '2026-03-26', 'Independence and National Day', 'স্বাধীনতা ও জাতীয় দিবস', false),
  ('BD', '2026-04-14', '2026-04-14', 'Pahela Baishakh', 'পহেলা বৈশাখ', false),
  ('BD', '2026-05-01', '2026-05-01', 'May Day', 'মে দিবস', false),
  ('BD', '2026-05-01', '2026-05-01', 'Buddha Purnima', 'বুদ্ধ পূর্ণিমা', false),
  ('BD', '2026-05-25', '2026-05-31', 'Eid-ul-Azha', 'ঈদুল আজহা', true),
  ('BD', '2026-06-26', '2026-06-26', 'Ashura', 'আশুরা', true),
  ('BD', '2026-08-05', '2026-08-05', 'July Mass Uprising Day', 'জুলাই গণঅভ্যুত্থান দিবস', false),
  ('BD', '2026-08-26', '2026-08-26', 'Eid-e-Miladunnabi', 'ঈদে মিলাদুন্নবী', true),
  ('BD', '2026-09-04', '2026-09-04', 'Janmashtami', 'জন্মাষ্টমী', false),
  ('BD', '2026-10-20', '2026-10-20', 'Durga Puja (Maha Navami)', 'দুর্গাপূজা (মহানবমী)', false),
  ('BD', '2026-10-21', '2026-10-21', 'Durga Puja (Vijaya Dashami)', 'দুর্গাপূজা (বিজয়া দশমী)', false),
  ('BD', '2026-10-22', '2026-10-22', 'Durga Puja (additional day)', 'দুর্গাপূজা (অতিরিক্ত ছুটি)', false),
  ('BD', '2026-11-07', '2026-11-07', 'National Revolution and Solidarity Day', 'জাতীয় বিপ্লব ও সংহতি দিবস', false),
  ('BD', '2026-12-16', '2026-12-16', 'Victory Day', 'বিজয় দিবস', false),
  ('BD', '2026-12-25', '2026-12-25', 'Christmas Day', 'বড়দিন', false),

  ('BD', '2027-01-24', '2027-01-24', 'Shab-e-Barat', 'শবে বরাত', true),
  ('BD', '2027-02-21', '2027-02-21', 'Shaheed Day and International Mother Language Day', 'শহীদ দিবস ও আন্তর্জাতিক মাতৃভাষা দিবস', false),
  ('BD', '2027-03-05', '2027-03-05', 'Jumatul Bida', 'জুমাতুল বিদা', true),
  ('BD', '2027-03-07', '2027-03-07', 'Shab-e-Qadr', 'শবে কদর', true),
  ('BD', '2027-03-08', '2027-03-12', 'Eid-ul-Fitr', 'ঈদুল ফিতর', true),
  ('BD', '2027-03-26', '2027-03-26', 'Independence and National Day', 'স্বাধীনতা ও জাতীয় দিবস', false),
  ('BD', '2027-04-14', '2027-04-14', 'Pahela Baishakh', 'পহেলা বৈশাখ', false),
  ('BD', '2027-05-01', '2027-05-01', 'May Day', 'মে দিবস', false),
  ('BD', '2027-05-15', '2027-05-20', 'Eid-ul-Azha', 'ঈদুল আজহা', true),
  ('BD', '2027-05-20', '2027-05-20', 'Buddha Purnima', 'বুদ্ধ পূর্ণিমা', false),
  ('BD', '2027-06-16', '2027-06-16', 'Ashura', 'আশুরা', true),
  ('BD', '2027-08-05', '2027-08-05', 'July Mass Uprising Day', 'জুলাই গণঅভ্যুত্থান দিবস', false),
  ('BD', '2027-08-15', '2027-08-15', 'Eid-e-Miladunnabi', 'ঈদে মিলাদুন্নবী', true),
  ('BD', '2027-08-25', '2027-08-25', 'Janmashtami', 'জন্মাষ্টমী', false),
  ('BD', '2027-10-09', '2027-10-09', 'Durga Puja (Maha Navami)', 'দুর্গাপূজা (মহানবমী)', false),
  ('BD', '2027-10-10', '2027-10-10', 'Durga Puja (Vijaya Dashami)', 'দুর্গাপূজা (বিজয়া দশমী)', false),
  ('BD', '2027-12-16', '2027-12-16', 'Victory Day', 'বিজয় দিবস', false),
  ('BD', '2027-12-25', '2027-12-25', 'Christmas Day', 'বড়দিন', false),

  ('BD', '2028-01-13', '2028-01-13', 'Shab-e-Barat', 'শবে বরাত', true),
  ('BD', '2028-02-21', '2028-02-21', 'Shaheed Day and International Mother Language Day', 'শহীদ দিবস ও আন্তর্জাতিক মাতৃভাষা দিবস', false),
  ('BD', '2028-02-24', '2028-02-24', 'Shab-e-Qadr', 'শবে কদর', true),
  ('BD', '2028-02-25', '2028-02-25', 'Jumatul Bida', 'জুমাতুল বিদা', true),
  ('BD', '2028-02-25', '2028-02-29', 'Eid-ul-Fitr', 'ঈদুল ফিতর', true),
  ('BD', '2028-03-26', '2028-03-26', 'Independence and National Day', 'স্বাধীনতা ও জাতীয় দিবস', false),
  ('BD', '2028-04-14', '2028-04-14', 'Pahela Baishakh', 'পহেলা বৈশাখ', false),
  ('BD', '2028-05-01', '2028-05-01', 'May Day', 'মে দিবস', false),
  ('BD', '2028-05-04', '2028-05-09', 'Eid-ul-Azha', 'ঈদুল আজহা', true),
  ('BD', '2028-05-08', '2028-05-08', 'Buddha Purnima', 'বুদ্ধ পূর্ণিমা', false),
  ('BD', '2028-06-04', '2028-06-04', 'Ashura', 'আশুরা', true),
  ('BD', '2028-08-04', '2028-08-04', 'Eid-e-Miladunnabi', 'ঈদে মিলাদুন্নবী', true),
  ('BD', '2028-08-05', '2028-08-05', 'July Mass Uprising Day', 'জুলাই গণঅভ্যুত্থান দিবস', false),
  ('BD', '2028-08-13', '2028-08-13', 'Janmashtami', 'জন্মাষ্টমী', false),
  ('BD', '2028-09-27', '2028-09-27', 'Durga Puja (Maha Navami)', 'দুর্গাপূজা (মহানবমী)', false),
  ('BD', '2028-09-28', '2028-09-28', 'Durga Puja (Vijaya Dashami)', 'দুর্গাপূজা (বিজয়া দশমী)', false),
  ('BD', '2028-12-16', '2028-12-16', 'Victory Day', 'বিজয় দিবস', false),
  ('BD', '2028-12-25', '2028-12-25', 'Christmas Day', 'বড়দিন', false);
