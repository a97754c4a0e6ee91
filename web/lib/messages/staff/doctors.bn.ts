import type { doctors as en } from './doctors.en.ts';

export const doctors: typeof en = {
  title: 'ডাক্তার',
  lead: 'সময়সূচি, ফি বা ছুটি ঠিক করতে একজন ডাক্তার বেছে নিন।',
  leadToRead: 'সময়সূচি, ফি বা ছুটি দেখতে একজন ডাক্তার বেছে নিন।',
  search: 'নাম, মোবাইল নম্বর বা ই-মেইল',
  searchPublic: 'নাম, বিষয় বা চেম্বার',
  find: 'খুঁজুন',
  columns: {
    name: 'ডাক্তার',
    licence: 'নিবন্ধন',
    approval: 'অনুমোদন',
    status: 'অ্যাকাউন্ট',
    specialty: 'বিষয়',
    place: 'এলাকা',
  },
  approvals: { pending: 'অনুমোদনের অপেক্ষায়', approved: 'অনুমোদিত', refused: 'অনুমোদন হয়নি' },
  statuses: { active: 'চালু', inactive: 'চালু নেই', suspended: 'স্থগিত' },
  setUp: (name) => `${name}: ঠিক করুন`,
  found: (count, more) => (more ? `প্রথম ${count} জন ডাক্তার` : `${count} জন ডাক্তার`),
  more: 'আরও দেখুন',
  none: 'এই লেখার সঙ্গে কোনো ডাক্তার মেলেনি',
  noneAdvice: 'নামের একটি অংশ দিয়ে দেখুন।',
  nobody: 'এখনো কোনো ডাক্তার নেই',
  nobodyAdvice: 'ডাক্তাররা রোগীদের পাতা থেকে নিবন্ধন করেন, তারপর অনুমোদনের জন্য এখানে আসেন।',
  showAll: 'সব ডাক্তার দেখুন',
  tabs: 'ডাক্তারের সেটিংস',
};
