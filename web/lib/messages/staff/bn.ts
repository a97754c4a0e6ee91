import { bnProblems } from '../problems.bn.ts';
import { chambers } from './chambers.bn.ts';
import { changes } from './changes.bn.ts';
import { doctors } from './doctors.bn.ts';
import { fees } from './fees.bn.ts';
import { holidays } from './holidays.bn.ts';
import { home } from './home.bn.ts';
import { hours } from './hours.bn.ts';
import { kit } from './kit.bn.ts';
import { refusals } from './refusals.bn.ts';
import { shell } from './shell.bn.ts';
import { timeOff } from './time-off.bn.ts';
import { why } from './why.bn.ts';
import type { StaffWords } from './en.ts';

export const bn: StaffWords = {
  chambers,
  changes,
  doctors,
  fees,
  holidays,
  home,
  hours,
  kit,
  refusals,
  shell,
  timeOff,
  why,
  ...bnProblems,
};
