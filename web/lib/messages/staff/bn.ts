import { bnProblems } from '../problems.bn.ts';
import { bnTold } from '../told.bn.ts';
import { assistants } from './assistants.bn.ts';
import { chambers } from './chambers.bn.ts';
import { changes } from './changes.bn.ts';
import { desk } from './desk.bn.ts';
import { doctors } from './doctors.bn.ts';
import { exports } from './exports.bn.ts';
import { fees } from './fees.bn.ts';
import { figures } from './figures.bn.ts';
import { holidays } from './holidays.bn.ts';
import { home } from './home.bn.ts';
import { hours } from './hours.bn.ts';
import { kit } from './kit.bn.ts';
import { money } from './money.bn.ts';
import { overview } from './overview.bn.ts';
import { refusals } from './refusals.bn.ts';
import { reports } from './reports.bn.ts';
import { sent } from './sent.bn.ts';
import { shell } from './shell.bn.ts';
import { timeOff } from './time-off.bn.ts';
import { waitlist } from './waitlist.bn.ts';
import { why } from './why.bn.ts';
import type { StaffWords } from './en.ts';

export const bn: StaffWords = {
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
  ...bnProblems,
  ...bnTold,
};
