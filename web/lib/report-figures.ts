import { groupLakhs } from '../../src/contract/wording.ts';
import {
  reportStatuses,
  reportSums,
  statusNames,
  type Figures,
  type ReportFigure,
} from '../../src/contract/reports.ts';
import { digits } from './digits.ts';
import type { Language } from './language.ts';
import { formatMoney, type Money } from './money.ts';

/** Of a report, or of what has changed in it. */
export function valueOf(figures: Figures, figure: ReportFigure): number | Money {
  switch (figure) {
    case 'patientVisits':
    case 'appointments':
    case 'earnings':
      return figures[figure];
    default:
      return figures.statuses[figure];
  }
}

/** The figures that a change is more than nothing of. */
export const changedFigures = (change: Figures): ReportFigure[] =>
  [...reportSums, ...reportStatuses].filter((figure) => !isNothing(valueOf(change, figure)));

type Names = Readonly<Record<(typeof reportSums)[number], string>>;

/** What a figure is called; `sums` are the screen's words. */
export const figureName = (language: Language, sums: Names, figure: ReportFigure): string =>
  figure === 'patientVisits' || figure === 'appointments' || figure === 'earnings'
    ? sums[figure]
    : statusNames[language][figure];

/** `1,23,456` or `৳8,000`. */
export const valueText = (language: Language, value: number | Money): string =>
  typeof value === 'number' ? digits(language, groupLakhs(String(value))) : formatMoney(language, value);

/** `+3`, `−1`, `−৳800`. */
export function changeText(language: Language, change: number | Money): string {
  if (isNothing(change)) return valueText(language, change);
  const less = typeof change === 'number' ? change < 0 : change.amount.startsWith('-');
  const size =
    typeof change === 'number' ? Math.abs(change) : { ...change, amount: change.amount.replace('-', '') };
  return `${less ? '−' : '+'}${valueText(language, size)}`;
}

const isNothing = (value: number | Money): boolean =>
  typeof value === 'number' ? value === 0 : !/[1-9]/.test(value.amount);
