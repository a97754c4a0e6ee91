import type { assistants as en } from './assistants.en.ts';

export const assistants: typeof en = {
  title: 'সহকারী',
  lead: 'যে ডেস্কে যুক্ত, সহকারী সেখানে সিরিয়াল নেন, রোগী এলে জানান, সময় বদলান; অন্য ডেস্ক দেখেন না।',
  more: 'আরও দেখুন',
  nobody: 'এখনও কোনো সহকারী নেই',
  nobodyAdvice: 'একজন যোগ করুন: কোথায় পাসওয়ার্ড ঠিক করবেন, তাঁকে জানানো হবে।',
  none: 'এখনও কোনো ডেস্কে যুক্ত নন।',
  desksOf: (name) => `${name}-এর ডেস্ক`,
  allDoctors: 'সেখানকার সব ডাক্তার, এখন ও পরে',
  attach: 'ডেস্কে যুক্ত করুন',
  attachTo: (name) => `ডেস্কে যুক্ত করুন: ${name}`,
  detach: 'সরান',
  detachFrom: (desk) => `সরান: ${desk}`,
  attached: (name) => `এখন থেকে ${name} ডেস্কটি দেখবেন`,
  detached: (name) => `${name} আর এই ডেস্ক দেখেন না`,
  notAttached: 'ফিরিয়ে নেওয়া গেল না। আবার যুক্ত করুন।',
  chamber: 'চেম্বার',
  chamberHint: 'নামের কিছু অংশ লিখুন',
  chooseChamber: 'একটি চেম্বার বেছে নিন',
  doctor: 'কার জন্য',
};
