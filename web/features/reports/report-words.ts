import type { Report } from '../../../src/contract/reports.ts';
import { formatDateWithYear } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { changedFigures, changeText, figureName, valueOf } from '../../lib/report-figures.ts';
import type { Staff } from '../../lib/staff/context.tsx';
import { formatTime, homeWall, wallDate, wallTime } from '../../lib/times.ts';

type Speaker = Pick<Staff, 'words' | 'language'>;

/** `Version 2`, or that there is none. */
export const versionText = ({ words, language }: Speaker, { version }: Pick<Report, 'version'>): string =>
  version === null ? words.reports.standing.notMade : words.reports.version(digits(language, version));

/** `Sunday 1 November 2026, 2:00am`: reports are kept for years. */
export function madeWhen({ language }: Speaker, { madeAt }: Pick<Report, 'madeAt'>): string {
  const wall = homeWall(madeAt);
  return `${formatDateWithYear(language, wallDate(wall))}, ${formatTime(language, wallTime(wall))}`;
}

/** `Appointments −1, Earnings −৳800`. */
export function differenceText({ words, language }: Speaker, change: Report['change']): string {
  const { versions, figures } = words.reports;
  if (!change) return versions.first;
  const parts = changedFigures(change).map(
    (figure) => `${figureName(language, figures, figure)} ${changeText(language, valueOf(change, figure))}`,
  );
  return parts.length === 0 ? versions.same : parts.join(', ');
}
