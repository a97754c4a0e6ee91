import type { getHistory } from '../../../src/contract/appointments.ts';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import type { RouteAnswer } from '../../../src/contract/route.ts';
import { formatShortDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import type { Language } from '../../lib/language.ts';
import { formatPhone } from '../../lib/phone.ts';
import type { Staff } from '../../lib/staff/context.tsx';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import type { Tone } from '../../ui/tag.tsx';

type Speaker = Pick<Staff, 'words' | 'language' | 'today'>;
type Seen = Pick<DeskAppointment, 'period' | 'serial'>;
export type PastStep = RouteAnswer<typeof getHistory>['items'][number];

/** `Serial 7 · 5:30pm`, or the time alone. */
export function placeText({ words, language }: Speaker, { period, serial }: Seen): string {
  const time = timeText(language, period.start);
  return serial === undefined ? time : `${words.desk.serial(digits(language, serial))} · ${time}`;
}

/** The same with its date. */
export const whenText = (speaker: Speaker, seen: Seen): string =>
  `${formatShortDate(speaker.language, wallDate(seen.period.start))}, ${placeText(speaker, seen)}`;

/** `5:30pm` of an instant that carries its offset. */
export const timeText = (language: Language, instant: string): string =>
  formatTime(language, wallTime(instant));

/** `by Farhana Hossain, Sat 28 Nov, 5:31pm`. */
export function stepWho({ words, language }: Speaker, { by, at }: Pick<PastStep, 'by' | 'at'>): string {
  const { history } = words.desk;
  const when = `${formatShortDate(language, wallDate(at))}, ${timeText(language, at)}`;
  return `${by ? history.by(by.fullName) : history.byLink}, ${when}`;
}

type Person = { mobile: string | null; gender: 'female' | 'male' | 'other' | null; birthYear: number | null };

/** `34 years, female, 01712 345678`: what tells two of one name apart. */
export function personFacts(speaker: Speaker, person: Person): string {
  const { mobile } = person;
  return [bodyFacts(speaker, person), mobile === null ? '' : unbroken(formatPhone(mobile))]
    .filter(Boolean)
    .join(', ');
}

/** A number is read in one line. */
const unbroken = (phone: string): string => phone.replaceAll(' ', '\u00a0');

/** `34 years, female`: what a doctor looks at first. */
export function bodyFacts(
  { words, language, today }: Speaker,
  { gender, birthYear }: Omit<Person, 'mobile'>,
): string {
  const { desk } = words;
  const age = birthYear === null ? null : Number(today().slice(0, 4)) - birthYear;
  return [
    age === null ? null : desk.years(digits(language, age)),
    gender === null ? null : desk.genders[gender],
  ]
    .filter((fact) => fact !== null)
    .join(', ');
}

export const statusTones = {
  held: 'waiting',
  pending: 'waiting',
  confirmed: 'off',
  arrived: 'info',
  in_consultation: 'info',
  completed: 'done',
  cancelled: 'error',
  no_show: 'error',
  expired: 'off',
} as const satisfies Record<DeskAppointment['status'], Tone>;

/** It will not take place: such visits stand apart. */
export const isOff = ({ status }: Pick<DeskAppointment, 'status'>): boolean =>
  status === 'cancelled' || status === 'no_show' || status === 'expired';
