import { searchDoctors } from '../../src/contract/doctors.ts';
import { listDistricts, listSpecializations, listThanas } from '../../src/contract/locations.ts';
import { DoctorRow } from '../features/doctors/doctor-row.tsx';
import { ActiveFilters, SearchFilters, type SearchLists } from '../features/doctors/search-filters.tsx';
import {
  apiSearch,
  type DoctorSearch,
  readDoctorSearch,
  searchAddress,
} from '../features/doctors/search-query.ts';
import { answerPage } from '../features/site/document.tsx';
import { digits } from '../lib/digits.ts';
import { placeName, specializationName } from '../lib/names.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { refusalOf } from '../lib/refusal.ts';
import { link, seeOther, type Visit } from '../lib/visit.ts';
import { ButtonLink } from '../ui/button.tsx';
import { PageHeading } from '../ui/layout.tsx';

export const doctors: PageRoute = {
  path: '/doctors',
  get: async (visit) => {
    const { m, language, query } = visit;
    const search = readDoctorSearch(query);
    const cursor = /^[\w.~+/=-]{1,200}$/.exec(query.get('cursor') ?? '')?.[0];
    const [specializations, districts, found] = await Promise.all([
      visit.call(listSpecializations, {}),
      visit.call(listDistricts, { query: {} }),
      findDoctors(visit, search, cursor),
    ]);
    // A cursor that is not one of ours: the first page, rather than none.
    if (!found) return seeOther(visit, `${link(visit, '/doctors')}?${searchAddress(search)}`);
    const district = districts.items.find(({ name }) => name === search.district);
    const thanas = district
      ? await visit.call(listThanas, { query: { district: district.name } })
      : { items: [] };
    const lists: SearchLists = {
      specializations: specializations.items,
      districts: districts.items,
      thanas: thanas.items,
    };
    const places = new Map(lists.districts.map((one) => [one.name, placeName(language, one)]));
    const specialty = lists.specializations.find(({ code }) => code === search.specialization);
    const title = specialty
      ? m.results.titleOf(specializationName(language, specialty))
      : search.q
        ? m.results.titleFor(search.q)
        : m.results.title;
    return answerPage(
      visit,
      { title, open: true },
      <>
        <PageHeading>{title}</PageHeading>
        <SearchFilters visit={visit} search={search} lists={lists} />
        <ActiveFilters visit={visit} search={search} lists={lists} />
        {found.items.length === 0 ? (
          <div aria-live="polite" className="border-l-4 border-edge pl-4">
            <h2 className="text-lead">{m.results.none}</h2>
            <p>{m.results.noneAdvice}</p>
            <ButtonLink href={link(visit, '/doctors')} look="secondary">
              {m.results.clear}
            </ButtonLink>
          </div>
        ) : (
          <>
            <div aria-live="polite" className="border-b border-hairline pb-2">
              <h2 className="text-body">
                {m.results.found(digits(language, found.items.length), found.nextCursor !== null)}
              </h2>
            </div>
            <ul>
              {found.items.map((doctor, index) => (
                <DoctorRow
                  key={doctor.id}
                  visit={visit}
                  doctor={doctor}
                  places={places}
                  first={index === 0}
                />
              ))}
            </ul>
            {found.nextCursor ? (
              <p className="mt-6">
                <ButtonLink
                  href={`${link(visit, '/doctors')}?${searchAddress(search, found.nextCursor)}`}
                  look="secondary"
                >
                  {m.results.next}
                </ButtonLink>
              </p>
            ) : null}
          </>
        )}
      </>,
    );
  },
};

async function findDoctors(visit: Visit, search: DoctorSearch, cursor: string | undefined) {
  try {
    return await visit.call(searchDoctors, {
      query: { ...apiSearch(visit, search), limit: 20, ...(cursor ? { cursor } : {}) },
    });
  } catch (error) {
    if (cursor && refusalOf(error)?.code === 'invalid_input') return null;
    throw error;
  }
}
