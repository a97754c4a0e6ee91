import type { RouteInput } from '../../../src/contract/route.ts';
import type { searchDoctors } from '../../../src/contract/doctors.ts';
import * as fields from '../../../src/contract/fields.ts';
import { addDays } from '../../lib/dates.ts';
import { homeZone, todayIn } from '../../lib/when.ts';
import type { Visit } from '../../lib/visit.ts';

/** What the address asks for, as text. */
export type DoctorSearch = {
  q: string;
  specialization: string;
  division: string;
  district: string;
  thana: string;
  gender: '' | 'female' | 'male';
  maxFee: string;
  day: '' | 'today' | 'tomorrow' | 'week';
  sort: 'soonest' | 'fee';
};

/** The search that an address asks for. What makes no sense is left out of it and named in `leftOut`, as it stood there. */
export function readDoctorSearch(query: URLSearchParams): { search: DoctorSearch; leftOut: string[] } {
  const text = (name: string, longest: number): string =>
    (query.get(name) ?? '')
      .replace(/[\u0000-\u001f\u007f]/g, '')
      .trim()
      .slice(0, longest);
  const leftOut: string[] = [];
  const only = <Value extends string>(name: string, value: Value | undefined): Value | '' => {
    if (value === undefined && text(name, 60)) leftOut.push(text(name, 60));
    return value ?? '';
  };
  const maxFee = fields.asciiDigits(text('maxFee', 60));
  const sort = only('sort', oneOf(['soonest', 'fee'], text('sort', 60)));
  return {
    search: {
      q: text('q', 100),
      specialization: text('specialization', 60),
      division: text('division', 50),
      district: text('district', 50),
      thana: text('thana', 50),
      gender: only('gender', oneOf(['female', 'male'], text('gender', 60))),
      maxFee: only('maxFee', /^[1-9][0-9]{0,5}$/.test(maxFee) ? maxFee : undefined),
      day: only('day', oneOf(['today', 'tomorrow', 'week'], text('day', 60))),
      sort: sort === 'fee' ? 'fee' : 'soonest',
    },
    leftOut,
  };
}

/** The address of a search; the usual order goes without saying. */
export function searchAddress(search: Partial<DoctorSearch>, cursor?: string): URLSearchParams {
  const given = Object.entries({ ...search, sort: search.sort === 'fee' ? 'fee' : '', cursor: cursor ?? '' });
  return new URLSearchParams(given.filter(([, value]) => value !== ''));
}

export function apiSearch(visit: Visit, search: DoctorSearch): RouteInput<typeof searchDoctors>['query'] {
  const { q, specialization, division, district, thana, gender, maxFee, day, sort } = search;
  return {
    ...(q ? { q } : {}),
    ...(specialization ? { specialization } : {}),
    ...(division ? { division } : {}),
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

const oneOf = <const Value extends string>(values: readonly Value[], given: string): Value | undefined =>
  values.find((value) => value === given);
