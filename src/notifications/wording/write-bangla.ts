import type { MessageKind } from '../../contract/messages.ts';
import type { Texts } from './write-english.ts';

const facts = `সময়: {when}
স্থান: {chamber}, {address}
চেম্বারের ফোন: {phone}
রেফারেন্স: {reference}`;

const own = `

${facts}

সাইন ইন না করেই এখানে দেখুন, সময় বদলান বা বাতিল করুন:
{link}`;

const over = `

${facts}

অন্য সময় খুঁজুন:
{link}`;

const code = (what: string): Texts => ({
  title: '{sender}-এর কোড',
  mail: `${what}

{code}

কোডটি {minutes} মিনিট পর্যন্ত চলবে। কাউকে জানাবেন না, আমরা কখনো কোড চাই না। আপনি কোড না চেয়ে থাকলে কিছু করতে হবে না।`,
  sms: '{sender}: আপনার কোড {code}। {minutes} মিনিট চলবে। কাউকে জানাবেন না।',
  note: '',
});

/** The wording that Shomoy brings along, in Bangla. */
export const writeBangla: Record<MessageKind, Texts> = {
  verify: code('এই ঠিকানাটি যে আপনার, তা এই কোড দিয়ে নিশ্চিত করুন:'),
  password_reset: code('এই কোড দিয়ে নতুন পাসওয়ার্ড দিন:'),
  sign_in: code('এই কোড দিয়ে সাইন ইন করুন:'),
  guest: code('এই কোড দিয়ে বুকিং শেষ করুন:'),
  invitation: {
    title: '{sender}: আপনার পাসওয়ার্ড ঠিক করুন',
    mail: `{name}, {sender}-এ আপনার একটি অ্যাকাউন্ট আছে। এখানে তার পাসওয়ার্ড ঠিক করুন:
{link}

সেখানে এই ই-মেইল ঠিকানা দিন। এতে একটি কোড আসবে, তা দিয়ে পাসওয়ার্ড বসান। আর কেউ পাসওয়ার্ডটি জানবে না, আমরাও কখনো চাই না।`,
    sms: '{sender}: আপনার অ্যাকাউন্ট আছে। এই নম্বর দিয়ে পাসওয়ার্ড ঠিক করুন: {link}',
    note: '',
  },
  booked: {
    title: 'বুকিং হয়েছে: {doctor}, {when}',
    mail: `{doctor}-এর কাছে {patient}-এর অ্যাপয়েন্টমেন্ট হয়েছে।${own}`,
    sms: '{sender}: {patient}, {doctor}, {when}, {chamber}। বুকিং হয়েছে। {link}',
    note: '{doctor}-এর কাছে {patient}-এর বুকিং হয়েছে: {when}, {chamber}।',
  },
  requested: {
    title: 'অনুরোধ পাঠানো হয়েছে: {doctor}, {when}',
    mail: `{doctor} নিজে অনুরোধ দেখে সিদ্ধান্ত নেন। ততক্ষণ সময়টি {patient}-এর জন্য রাখা আছে, সিদ্ধান্ত হলেই জানানো হবে।${own}`,
    sms: '{sender}: {patient}-এর জন্য {doctor}, {when} চাওয়া হয়েছে। সিদ্ধান্ত হলে জানাব। {link}',
    note: '{doctor}-এর কাছে {patient}-এর অনুরোধ ({when}) উত্তরের অপেক্ষায়।',
  },
  approved: {
    title: 'নিশ্চিত হয়েছে: {doctor}, {when}',
    mail: `{doctor} {patient}-এর অনুরোধ গ্রহণ করেছেন।${own}`,
    sms: '{sender}: {doctor} অনুরোধ গ্রহণ করেছেন। {patient}, {when}, {chamber}। {link}',
    note: '{doctor} {patient}-এর অনুরোধ গ্রহণ করেছেন: {when}, {chamber}।',
  },
  declined: {
    title: 'সম্ভব হয়নি: {doctor}, {when}',
    mail: `{patient}-এর অনুরোধটি এবার গ্রহণ করা যায়নি।${over}`,
    sms: '{sender}: {doctor} {patient}-এর অনুরোধ ({when}) নিতে পারেননি। অন্য সময়: {link}',
    note: '{doctor} {patient}-এর অনুরোধ ({when}) নিতে পারেননি।',
  },
  rescheduled: {
    title: 'সময় বদলেছে: {doctor}, এখন {when}',
    mail: `{doctor}-এর কাছে {patient}-এর অ্যাপয়েন্টমেন্টের সময় বদলেছে।

আগের সময়: {oldWhen}${own}`,
    sms: '{sender}: সময় বদলেছে। {patient}, {doctor}, এখন {when}, {chamber}। {link}',
    note: '{doctor}-এর কাছে {patient}-এর সময় এখন {when}। আগে ছিল {oldWhen}।',
  },
  cancelled: {
    title: 'বাতিল হয়েছে: {doctor}, {when}',
    mail: `{doctor}-এর কাছে {patient}-এর অ্যাপয়েন্টমেন্ট বাতিল হয়েছে। আপনাকে আর কিছু করতে হবে না।${over}`,
    sms: '{sender}: বাতিল হয়েছে। {patient}, {doctor}, {when}। আবার বুকিং: {link}',
    note: '{doctor}-এর কাছে {patient}-এর {when} অ্যাপয়েন্টমেন্ট বাতিল হয়েছে।',
  },
  session_moved: {
    title: 'চেম্বার আপনার সময় বদলেছে: {doctor}, এখন {when}',
    mail: `{doctor} নির্ধারিত সময়ে বসছেন না, তাই চেম্বার {patient}-কে নতুন সময় দিয়েছে। অসুবিধার জন্য আমরা দুঃখিত।

আগের সময়: {oldWhen}${own}`,
    sms: '{sender}: চেম্বার সময় বদলেছে। {patient}, {doctor}, এখন {when}। সুবিধা না হলে: {link}',
    note: 'চেম্বার {doctor}-এর কাছে {patient}-এর সময় বদলেছে: এখন {when}। আগে ছিল {oldWhen}।',
  },
  session_cancelled: {
    title: 'চেম্বার বাতিল করেছে: {doctor}, {when}',
    mail: `{doctor}-এর কাছে {patient}-এর অ্যাপয়েন্টমেন্ট চেম্বারকে বাতিল করতে হয়েছে। অসুবিধার জন্য আমরা দুঃখিত।${over}`,
    sms: '{sender}: চেম্বার {patient}-এর সময় ({doctor}, {when}) বাতিল করেছে। অন্য সময়: {link}',
    note: 'চেম্বার {doctor}-এর কাছে {patient}-এর {when} অ্যাপয়েন্টমেন্ট বাতিল করেছে।',
  },
  reminder: {
    title: 'মনে করিয়ে দিচ্ছি: {doctor}, {when}',
    mail: `{doctor} {patient}-কে দেখবেন। আগের প্রেসক্রিপশন ও রিপোর্ট সঙ্গে আনুন।${own}`,
    sms: '{sender}: মনে করিয়ে দিচ্ছি। {patient}, {doctor}, {when}, {chamber}। {link}',
    note: '{doctor} {patient}-কে দেখবেন: {when}, {chamber}।',
  },
  doctor_late: {
    title: '{doctor} প্রায় {minutes} মিনিট দেরিতে আছেন',
    mail: `{doctor} আজ প্রায় {minutes} মিনিট দেরিতে আছেন। কখন আসবেন, তা নিচের পাতায় সব সময় দেখা যায়।${own}`,
    sms: '{sender}: {doctor} প্রায় {minutes} মিনিট দেরিতে। {patient} কখন আসবেন: {link}',
    note: '{doctor} প্রায় {minutes} মিনিট দেরিতে আছেন। {patient} কখন আসবেন, তা অ্যাপয়েন্টমেন্টের পাতায় দেখুন।',
  },
  nearly_next: {
    title: 'প্রায় আপনার পালা: {doctor}',
    mail: `{doctor}-এর কাছে এখন প্রায় {patient}-এর পালা। চেম্বারে থাকুন।${own}`,
    sms: '{sender}: {doctor}-এর কাছে প্রায় {patient}-এর পালা। {chamber}-এ থাকুন। {link}',
    note: '{doctor}-এর কাছে এখন প্রায় {patient}-এর পালা।',
  },
  waitlist_offer: {
    title: 'জায়গা খালি হয়েছে: {doctor}, {when}',
    mail: `{doctor}-এর কাছে একটি জায়গা খালি হয়েছে, {until} পর্যন্ত {patient}-এর জন্য রাখা আছে। এরপর তালিকার পরের জনকে জানানো হবে।

${facts}

নিন বা ছেড়ে দিন:
{link}`,
    sms: '{sender}: {doctor}, {when}: {patient}-এর জন্য {until} পর্যন্ত রাখা আছে। নিন: {link}',
    note: '{doctor}, {when}: {patient}-এর জন্য {until} পর্যন্ত রাখা আছে।',
  },
  monthly_report: {
    title: '{month} মাসের প্রতিবেদন',
    mail: `{doctor}, {month} মাসের প্রতিবেদন তৈরি হয়েছে: রোগী, অ্যাপয়েন্টমেন্ট ও আয়, প্রতিটির পেছনের তালিকাসহ।

দেখুন বা ডাউনলোড করুন:
{link}`,
    sms: '{sender}: {month} মাসের প্রতিবেদন তৈরি হয়েছে। {link}',
    note: '{month} মাসের প্রতিবেদন তৈরি হয়েছে।',
  },
  deposit_due: {
    title: '{until}-এর মধ্যে {amount} দিন: {doctor}, {when}',
    mail: `{doctor}-এর কাছে {patient}-এর জায়গাটি {until} পর্যন্ত রাখা আছে। এর মধ্যে চেম্বারে {amount} অগ্রিম দিলে সিরিয়ালটি হয়ে যাবে, না দিলে জায়গাটি অন্য কেউ পাবেন।${own}`,
    sms: '{sender}: {doctor}, {when}: {patient}-এর জন্য {until} পর্যন্ত রাখা আছে। এর মধ্যে {chamber}-এ {amount} দিন। {link}',
    note: '{doctor}, {when}: {patient}-এর জন্য {until} পর্যন্ত রাখা আছে। এর মধ্যে {chamber}-এ {amount} অগ্রিম দিন।',
  },
  deposit_expired: {
    title: 'বুকিং হয়নি: {doctor}, {when}',
    mail: `সময়মতো অগ্রিম দেওয়া হয়নি, তাই {doctor}-এর কাছে {patient}-এর জন্য রাখা জায়গাটি ছেড়ে দেওয়া হয়েছে।${over}`,
    sms: '{sender}: সময়মতো অগ্রিম দেওয়া হয়নি, {patient}-এর বুকিং ({doctor}, {when}) হয়নি। আবার চেষ্টা: {link}',
    note: 'সময়মতো অগ্রিম দেওয়া হয়নি: {doctor}, {when}, {patient}-এর বুকিং হয়নি।',
  },
};
