import type { kit as en } from './kit.en.ts';

export const kit: typeof en = {
  optional: '(ঐচ্ছিক)',
  problemHeading: 'একটি সমস্যা আছে',
  errorTitle: (title) => `ভুল: ${title}`,
  close: 'বন্ধ করুন',
  cancel: 'থাক',
  retry: 'আবার চেষ্টা করুন',
  loading: 'লোড হচ্ছে',
  undo: 'ফিরিয়ে নিন',
  dismiss: 'বার্তাটি সরান',
  notifications: 'বার্তা',
  show: 'তালিকা দেখুন',
  clear: 'ঘরটি খালি করুন',
  none: 'কিছু মেলেনি। অন্য শব্দ লিখুন।',
  chooseDate: 'ক্যালেন্ডার থেকে বাছুন',
  earlierMonth: 'আগের মাস',
  laterMonth: 'পরের মাস',
  dateHint: 'যেমন ২৫/১১/২০২৬',
  timeHint: 'যেমন বিকাল ৫:৩০ বা ১৭:৩০',
  asTable: 'ছক আকারে',
};
