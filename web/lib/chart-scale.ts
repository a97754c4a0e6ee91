/** The geometry of charts: plain numbers in, plain numbers out. */

/** Round numbers that enclose all values and nothing: at most six, the lowest and the highest among them. */
export function ticksOf(values: readonly number[], steps: readonly number[] = decimalSteps): number[] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const step = steps.find((each) => (high - low) / each <= mostSteps) ?? steps.at(-1) ?? 1;
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

const mostSteps = 4;

/** 1, 2, 5, 10, 20 … */
const decimalSteps = Array.from({ length: 14 }, (_, power) =>
  [1, 2, 5].map((each) => each * 10 ** power),
).flat();

const [hour, day] = [60, 24 * 60];

/** Steps of a scale of minutes at which clocks and calendars have their marks. */
export const minuteSteps = [
  1,
  2,
  5,
  10,
  15,
  30,
  ...[1, 2, 3, 6, 12].map((each) => each * hour),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((each) => each * day),
];

/** How far along from `low` to `high` a value lies, 0 to 1. */
export const along = (value: number, { low, high }: { low: number; high: number }): number =>
  high === low ? 0 : (value - low) / (high - low);

/** The bar from nothing to a value, in percent of the room from the least to the greatest of all. */
export function barOf(value: number, all: readonly number[]): { start: number; length: number } {
  const range = { low: Math.min(0, ...all), high: Math.max(0, ...all) };
  const [from, to] = [along(Math.min(0, value), range), along(Math.max(0, value), range)];
  return { start: percent(from), length: percent(to - from) };
}

const percent = (part: number): number => Math.round(part * 1000) / 10;

/** Shades of a heat map beside the white of nothing. */
export const shades = 5;

/** 0 for nothing, else 1 to 5: equal steps up to the greatest. */
export const shadeOf = (value: number, greatest: number): number =>
  value <= 0 || greatest <= 0 ? 0 : Math.min(shades, Math.ceil((value / greatest) * shades));

/** Of so many marks every how-manyth is written, so that no more stand there than there is room for. */
export const everyNth = (marks: number, room: number): number =>
  Math.max(1, Math.ceil(marks / Math.max(1, Math.floor(room))));

/** The stretches of a line: where a value is missing it breaks, and a value alone is a stretch of one point. */
export function stretchesOf(values: readonly (number | null)[]): { index: number; value: number }[][] {
  const found: { index: number; value: number }[][] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const last = found.at(-1);
    if (last?.at(-1)?.index === index - 1) last.push({ index, value });
    else found.push([{ index, value }]);
  }
  return found;
}
