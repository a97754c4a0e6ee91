import { isDate } from './dates.ts';

/** The month of an address, `2026-12`; that of `today` where it names none. */
export function monthIn(search: object, today: string): string {
  const month = 'month' in search ? String(search.month) : '';
  return isDate(`${month}-01`) && /^(20|21)/.test(month) ? month : today.slice(0, 7);
}

/** The year of an address, 2000 to 2199; that of `today` where it names none. */
export function yearIn(search: object, today: string): number {
  const year = 'year' in search ? Number(search.year) : Number.NaN;
  return Number.isInteger(year) && year >= 2000 && year <= 2199 ? year : Number(today.slice(0, 4));
}
