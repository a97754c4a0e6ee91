import type { RouteInput } from '../../../src/contract/route.ts';
import type { searchDoctors } from '../../../src/contract/doctors.ts';
import * as fields from '../../../src/contract/fields.ts';
import { addDays } from '../../lib/dates.ts';
import { homeZone, todayIn } from '../../lib/when.ts';
import type { Visit } from '../../lib/visit.ts';

/** What the address asks for, as text; what makes no sense is left out. */
export type DoctorSearch = {
  q: string;
  specialization: string;
  district: string;
  thana: string;
  gender: '' | 'female' | 'male';
  maxFee: string;
  day: '' | 'today' | 'tomorrow' | 'week';
  sort: 'soonest' | 'fee';
};

export function readDoctorSearch(query: URLSearchParams): DoctorSearch {
  const text = (name: string, longest: number): string =>
    (query.get(name) ?? '')
      .replace(/[\u0000-\u001f\u007f]/g, '')
      .trim()
      .slice(0, longest);
  const maxFee = fields.asciiDigits(text('maxFee', 8));
  const district = text('district', 50);
  return {
    q: text('q', 100),
    specialization: text('specialization', 60),
    district,
    thana: district === '' ? '' : text('thana', 50),
    gender: oneOf(['female', 'male'], query.get('gender')) ?? '',
    maxFee: /^[1-9][0-9]{0,5}$/.test(maxFee) ? maxFee : '',
    day: oneOf(['today', 'tomorrow', 'week'], query.get('day')) ?? '',
    sort: oneOf(['fee'], query.get('sort')) ?? 'soonest',
  };
}

/** The address of a search; the usual order goes without saying. */
export function searchAddress(search: Partial<DoctorSearch>, cursor?: string): URLSearchParams {
  const given = Object.entries({ ...search, sort: search.sort === 'fee' ? 'fee' : '', cursor: cursor ?? '' });
  return new URLSearchParams(given.filter(([, value]) => value !== ''));
}

export function apiSearch(visit: Visit, search: DoctorSearch): RouteInput<typeof searchDoctors>['query'] {
  const { q, specialization, district, thana, gender, maxFee, day, sort } = search;
  return {
    ...(q ? { q } : {}),
    ...(specialization ? { specialization } : {}),
    ...(district ? { district } : {}),
    ...(thana ? { thana } : {}),
    ...(gender ? { gender } : {}),
    ...(maxFee ? { maxFee } : {}),
    ...(day ? { availableBefore: endOfDays(visit, dayCount[day]) } : {}),
    sort,
  };
}

const dayCount = { today: 1, tomorrow: 2, week: 7 } as const;

/** The midnight that ends the n-th day from today, today being the first. */
export function endOfDays(visit: Visit, days: number): string {
  const date = Temporal.PlainDate.from(addDays(todayIn(visit), days));
  return date.toZonedDateTime(homeZone).toString({ timeZoneName: 'never' });
}

const oneOf = <const Value extends string>(values: readonly Value[], given: string | null): Value | null =>
  values.find((value) => value === given) ?? null;
