import { channelNames, noSpecialization, type ReportGrouping } from '../../contract/figures.ts';
import {
  digits,
  formatDate,
  formatMonth,
  formatTime,
  weekdays,
  type Language,
} from '../../contract/wording.ts';
import type { Queryable } from '../../platform/database.ts';
import { labelOf, labelOfDoctor } from './present.ts';
import { findChambers, findDoctors, findSpecializations, type Label } from './queries.ts';

/** What the groups with these keys are called. */
export async function findLabels(
  on: Queryable,
  groupBy: ReportGrouping,
  keys: readonly string[],
): Promise<Map<string, Label>> {
  switch (groupBy) {
    case 'doctor':
      return new Map(
        (await findDoctors(on, keys.map(Number))).map((each) => [String(each.id), labelOfDoctor(each)]),
      );
    case 'chamber':
      return new Map(
        (await findChambers(on, keys.map(Number))).map((each) => [String(each.id), labelOf(each)]),
      );
    case 'specialization':
      return new Map([
        ...(await findSpecializations(on)).map(({ code, en, bn }) => [code, { en, bn }] as const),
        ['none', noSpecialization],
      ]);
    case 'channel':
      return new Map(Object.entries(channelNames));
    default:
      return new Map(keys.map((key) => [key, inBoth((language) => say[groupBy](language, key))]));
  }
}

const inBoth = (text: (language: Language) => string): Label => ({ en: text('en'), bn: text('bn') });

const yearOf = (key: string): number => Number(key.slice(0, 4));
const day = (language: Language, date: string): string =>
  `${formatDate(language, date)} ${digits(language, yearOf(date))}`;

const say = {
  day,
  week: (language: Language, first: string) =>
    language === 'en' ? `Week from ${day('en', first)}` : `${day('bn', first)} থেকে সপ্তাহ`,
  month: (language: Language, key: string) =>
    formatMonth(language, { year: yearOf(key), month: Number(key.slice(5)) }),
  weekday_hour: (language: Language, key: string) =>
    `${weekdays[language][Number(key.slice(0, 1)) - 1] ?? ''} ${formatTime(language, `${key.slice(2)}:00`)}`,
};
