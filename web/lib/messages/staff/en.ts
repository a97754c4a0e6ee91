import { enProblems } from '../problems.en.ts';
import { enTold } from '../told.en.ts';
import { assistants } from './assistants.en.ts';
import { chambers } from './chambers.en.ts';
import { changes } from './changes.en.ts';
import { desk } from './desk.en.ts';
import { doctors } from './doctors.en.ts';
import { exports } from './exports.en.ts';
import { fees } from './fees.en.ts';
import { figures } from './figures.en.ts';
import { holidays } from './holidays.en.ts';
import { home } from './home.en.ts';
import { hours } from './hours.en.ts';
import { kit } from './kit.en.ts';
import { money } from './money.en.ts';
import { overview } from './overview.en.ts';
import { refusals } from './refusals.en.ts';
import { reports } from './reports.en.ts';
import { sent } from './sent.en.ts';
import { shell } from './shell.en.ts';
import { timeOff } from './time-off.en.ts';
import { waitlist } from './waitlist.en.ts';
import { why } from './why.en.ts';

/** What the staff's screens say in English, a file for each. The app loads one language, and all of it at once. */
export const en = {
  assistants,
  chambers,
  changes,
  desk,
  doctors,
  exports,
  fees,
  figures,
  holidays,
  home,
  hours,
  kit,
  money,
  overview,
  refusals,
  reports,
  sent,
  shell,
  timeOff,
  waitlist,
  why,
  ...enProblems,
  ...enTold,
};

export type StaffWords = typeof en;
