import { digits } from './digits.ts';
import type { Language } from './language.ts';
import type { figures } from './messages/staff/figures.en.ts';
import type { TrendUnit, Uneven } from './report-period.ts';

/** What charts show, in words: the text alternative that everybody reads. */

type Words = typeof figures;

/** A value of a chart: where it stands, how large it is, and how it is told. */
export type Point = { label: string; size: number; text: string };

/** The highest and the lowest; of equals the first. */
function extremesOf(points: readonly Point[]): { most: Point; least: Point } | null {
  const [first, ...rest] = points;
  if (!first) return null;
  let [most, least] = [first, first];
  for (const point of rest) {
    if (point.size > most.size) most = point;
    if (point.size < least.size) least = point;
  }
  return { most, least };
}

/** `points`: in the order of time, those that could be told. `uneven`: why the first and the last are not alike, if so. */
export function saysTrend(
  { trend }: Words,
  asked: { figure: string; unit: TrendUnit; uneven: Uneven | null; points: readonly Point[] },
): string {
  const { figure, unit, uneven, points } = asked;
  const extremes = extremesOf(points);
  const [first, last] = [points[0], points.at(-1)];
  if (!extremes || !first || !last) return trend.none;
  const { most, least } = extremes;
  if (points.length === 1) return trend.one(figure, first.text, first.label);
  if (most.size === least.size) return trend.flat(figure, most.text);
  const say = { day: trend.says, week: trend.saysWeek, month: trend.saysMonth }[unit];
  const where = say(figure, most.text, most.label, least.text, least.label);
  if (uneven) return `${where} ${trend.ends[uneven]}`;
  if (first.size === last.size) return `${where} ${trend.level(first.text)}`;
  return `${where} ${(first.size < last.size ? trend.rose : trend.fell)(first.text, last.text)}`;
}

/** `points`: the largest first. */
export function saysGroups(
  { groups }: Words,
  { figure, points }: { figure: string; points: readonly Point[] },
): string {
  const extremes = extremesOf(points);
  if (!extremes) return '';
  const { most, least } = extremes;
  if (points.length === 1) return groups.one(figure, most.text, most.label);
  if (most.size === least.size) return groups.even(figure, most.text);
  return groups.says(figure, most.text, most.label, least.text, least.label);
}

/** `weekdays`: what each comes to; empty where values have no sum. */
export function saysHeat(
  { heat }: Words,
  { figure, cells, weekdays }: { figure: string; cells: readonly Point[]; weekdays: readonly Point[] },
): string {
  const cell = extremesOf(cells)?.most;
  const day = extremesOf(weekdays)?.most;
  if (!cell || cell.size <= 0) return heat.none;
  const highest = heat.says(figure, cell.label, cell.text);
  return day ? `${highest} ${heat.day(day.label, day.text)}` : highest;
}

/** The largest of parts that come to a whole. */
export function saysParts(words: Words, language: Language, parts: readonly Point[]): string {
  const most = extremesOf(parts)?.most;
  const all = parts.reduce((sum, { size }) => sum + size, 0);
  if (!most || all === 0) return '';
  return words.parts.says(most.label, shareText(language, most.size, all), most.text);
}

/** Steps in their order, the first of them whole; `lost`: those who went no further, anywhere. */
export function saysFunnel(
  { funnel }: Words,
  language: Language,
  { steps, lost }: { steps: readonly Point[]; lost: readonly Point[] },
): string {
  const [whole, ...others] = steps;
  if (!whole) return '';
  const went = others.map((step) =>
    funnel.step(step.text, shareText(language, step.size, whole.size), step.label),
  );
  const most = extremesOf(lost)?.most;
  const sentence = funnel.says(whole.text, went.join(funnel.and));
  return most && most.size > 0 ? `${sentence} ${funnel.most(most.label, most.text)}` : sentence;
}

/** `54%`, whole percent. */
export const shareText = (language: Language, part: number, whole: number): string =>
  `${digits(language, whole === 0 ? 0 : Math.round((part / whole) * 100))}%`;
