import {
  listDistricts,
  listDivisions,
  listSpecializations,
  listThanas,
} from '../../../src/contract/locations.ts';
import type { RouteAnswer } from '../../../src/contract/route.ts';
import { placeName } from '../../lib/names.ts';
import type { Visit } from '../../lib/visit.ts';
import type { DoctorSearch } from './search-query.ts';

/** What filters can be chosen from. */
export type SearchLists = {
  specializations: RouteAnswer<typeof listSpecializations>['items'];
  divisions: RouteAnswer<typeof listDivisions>['items'];
  districts: RouteAnswer<typeof listDistricts>['items'];
  /** Of the district that was asked for. */
  thanas: RouteAnswer<typeof listThanas>['items'];
};

export async function findSearchLists(visit: Visit, search: DoctorSearch): Promise<SearchLists> {
  const [specializations, divisions, districts] = await Promise.all([
    visit.call(listSpecializations, {}),
    visit.call(listDivisions, {}),
    visit.call(listDistricts, { query: {} }),
  ]);
  const district = districts.items.find(({ name }) => name === search.district);
  const thanas = district
    ? await visit.call(listThanas, { query: { district: district.name } })
    : { items: [] };
  return {
    specializations: specializations.items,
    divisions: divisions.items,
    districts: districts.items,
    thanas: thanas.items,
  };
}

/**
 * The search without what is in none of the lists, and without places that do not lie in each other: in a plain form
 * somebody can choose another division and leave the district as it was.
 */
export function fitSearch(
  visit: Visit,
  asked: DoctorSearch,
  lists: SearchLists,
): { search: DoctorSearch; leftOut: string[] } {
  const leftOut: string[] = [];
  const division = lists.divisions.find(({ name }) => name === asked.division);
  const district = lists.districts.find(
    (one) => one.name === asked.district && (!division || one.division === division.name),
  );
  const thana = district && lists.thanas.find(({ name }) => name === asked.thana);
  const specialization = lists.specializations.find(({ code }) => code === asked.specialization);
  const search = {
    ...asked,
    specialization: specialization?.code ?? '',
    division: division?.name ?? '',
    district: district?.name ?? '',
    thana: thana?.name ?? '',
  };
  const places = [...lists.divisions, ...lists.districts, ...lists.thanas];
  for (const name of ['specialization', 'division', 'district', 'thana'] as const) {
    if (asked[name] === search[name]) continue;
    const place = places.find((one) => one.name === asked[name]);
    leftOut.push(place ? placeName(visit.language, place) : asked[name]);
  }
  return { search, leftOut };
}
