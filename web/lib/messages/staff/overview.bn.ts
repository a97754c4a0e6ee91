import type { overview as en } from './overview.en.ts';

export const overview: typeof en = {
  today: 'আজ',
  at: (time) => `${time} পর্যন্ত`,
  attention: 'যা কাউকে দেখতে হবে',
  nothing: 'কারও দেখার মতো কিছু বাকি নেই',
  byDoctor: 'ডাক্তার ও চেম্বার অনুযায়ী আজ',
  doctor: 'ডাক্তার',
  here: 'এখন আছেন',
  everyone: (count) => `${count}টির সব দেখুন`,
  busiest: 'শুধু সবচেয়ে ব্যস্তদের দেখুন',
  nobodyToday: 'আজ কারও অ্যাপয়েন্টমেন্ট নেই',
  nobodyTodayNote: 'কেউ নিলেই তাঁর ডাক্তারের নাম এখানে আসবে।',
  states: {
    expected: 'আসবেন',
    arrived: 'এসেছেন',
    inConsultation: 'ডাক্তারের কাছে',
    completed: 'সম্পন্ন',
    noShow: 'আসেননি',
    cancelled: 'বাতিল',
  },
  concerns: {
    unansweredRequests: {
      title: 'এক দিনের মধ্যের অনুরোধ, উত্তর দেওয়া হয়নি',
      what: 'উত্তর না দিলে সময় এলে এগুলোর মেয়াদ ফুরাবে।',
      since: (moment) => `পরেরটি ${moment}।`,
    },
    uncertainMessages: {
      title: 'পৌঁছেছে কি না জানা নেই, এমন বার্তা',
      what: 'Shomoy নিজে থেকে দ্বিতীয়বার পাঠায় না।',
      since: (moment) => `সবচেয়ে পুরোনোটি ${moment}।`,
    },
    doctorsToApprove: {
      title: 'অনুমোদনের অপেক্ষায় থাকা ডাক্তার',
      what: 'লাইসেন্স যাচাই না হওয়া পর্যন্ত রোগীরা তাঁদের খুঁজে পান না।',
      since: (moment) => `প্রথমজন অপেক্ষায় আছেন ${moment} থেকে।`,
    },
    failedMessages: {
      title: 'পাঠানো যায়নি, এমন বার্তা',
      what: 'যাঁদের জন্য, তাঁরা কিছুই জানেন না।',
      since: (moment) => `সবচেয়ে পুরোনোটি ${moment}।`,
    },
    deadLetters: {
      title: 'যে কাজ ছেড়ে দেওয়া হয়েছে',
      what: 'প্রতিবার চেষ্টা করেও হয়নি।',
      since: (moment) => `সবচেয়ে পুরোনোটি ${moment}।`,
    },
    keptVisits: {
      title: 'সময়সূচি বন্ধ হলেও রাখা অ্যাপয়েন্টমেন্ট',
      what: '৩০ দিনের মধ্যে; ডাক্তার তবু দেখবেন বলে কেউ ঠিক করেছেন।',
      since: (moment) => `পরেরটি ${moment}।`,
    },
  },
};
