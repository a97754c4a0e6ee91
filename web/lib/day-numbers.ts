/**
 * Calendar dates as whole numbers, by plain arithmetic: phones have no Temporal, and a Date would drag their own zone in.
 * Years are counted from March, so that the leap day comes last and the months' lengths follow one formula.
 */

/** Days since 1 January 1970 of a `YYYY-MM-DD`, null when there is no such date. */
export function dayNumber(date: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12) return null;
  const ofMarch = month > 2 ? year : year - 1;
  const monthsSinceMarch = (month + 9) % 12;
  const days =
    ofMarch * 365 +
    Math.floor(ofMarch / 4) -
    Math.floor(ofMarch / 100) +
    Math.floor(ofMarch / 400) +
    Math.floor((monthsSinceMarch * 153 + 2) / 5) +
    (day - 1) -
    daysToEpoch;
  // 31 June would be 1 July.
  return dateOfDay(days) === date ? days : null;
}

/** `YYYY-MM-DD` of a day counted from 1 January 1970. */
export function dateOfDay(day: number): string {
  const sinceMarch = day + daysToEpoch;
  let year = Math.floor(sinceMarch / 365.2425);
  if (firstOfMarch(year + 1) <= sinceMarch) year++;
  if (firstOfMarch(year) > sinceMarch) year--;
  const dayOfYear = sinceMarch - firstOfMarch(year);
  const monthsSinceMarch = Math.floor((dayOfYear * 5 + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((monthsSinceMarch * 153 + 2) / 5) + 1;
  const month = ((monthsSinceMarch + 2) % 12) + 1;
  return `${String(month > 2 ? year : year + 1).padStart(4, '0')}-${pad(month)}-${pad(dayOfMonth)}`;
}

/** ISO weekday, Monday 1 … Sunday 7; 1 January 1970 was a Thursday. */
export const weekdayOfDay = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** From 1 March of the year 0 to 1 January 1970. */
const daysToEpoch = 719_468;

const firstOfMarch = (year: number): number =>
  year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);

const pad = (value: number): string => String(value).padStart(2, '0');
