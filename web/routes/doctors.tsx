import { type DoctorCard, searchDoctors } from '../../src/contract/doctors.ts';
import { DoctorRow } from '../features/doctors/doctor-row.tsx';
import { ActiveFilters, SearchFilters } from '../features/doctors/search-filters.tsx';
import { findSearchLists, fitSearch, type SearchLists } from '../features/doctors/search-lists.ts';
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
import { link, type Visit } from '../lib/visit.ts';
import { ButtonLink } from '../ui/button.tsx';
import { PageHeading } from '../ui/layout.tsx';
import { Note } from '../ui/notices.tsx';

export const doctors: PageRoute = {
  path: '/doctors',
  get: async (visit) => {
    const { m } = visit;
    const results = await findResults(visit);
    const { search, lists, found } = results;
    const title = titleOf(visit, results);
    return answerPage(
      visit,
      { title, open: true },
      <>
        <PageHeading>{title}</PageHeading>
        <SearchFilters visit={visit} search={search} lists={lists} />
        {results.notes.length > 0 ? (
          <div className="mb-4 max-w-160">
            <Note>{results.notes.join(' ')}</Note>
          </div>
        ) : null}
        {found.items.length === 0 && !found.nextCursor && !results.cursor ? (
          <div className="border-l-4 border-edge pl-4">
            <h2 className="text-lead">{m.results.none}</h2>
            <p className="mb-3">{m.results.noneAdvice}</p>
            <ActiveFilters visit={visit} search={search} lists={lists} />
          </div>
        ) : (
          <>
            <ActiveFilters visit={visit} search={search} lists={lists} />
            <Found visit={visit} results={results} />
          </>
        )}
      </>,
    );
  },
};

type Results = {
  search: DoctorSearch;
  lists: SearchLists;
  cursor: string | undefined;
  found: { items: DoctorCard[]; nextCursor: string | null };
  /** What of the address could not be used. */
  notes: string[];
};

async function findResults(visit: Visit): Promise<Results> {
  const { m, query } = visit;
  const asked = readDoctorSearch(query);
  const cursor = query.get('cursor')?.slice(0, 200) || undefined;
  // Nearly every address makes sense, so both are asked at once; for one that does not, the search is done again.
  const [lists, early] = await Promise.all([
    findSearchLists(visit, asked.search),
    findDoctors(visit, asked.search, cursor),
  ]);
  const { search, leftOut } = fitSearch(visit, asked.search, lists);
  const fitting = leftOut.length === 0 ? early : await findDoctors(visit, search, cursor);
  const wrong = [...asked.leftOut, ...leftOut];
  return {
    search,
    lists,
    cursor: fitting ? cursor : undefined,
    found:
      fitting ?? (await visit.call(searchDoctors, { query: { ...apiSearch(visit, search), limit: 20 } })),
    notes: [
      ...(wrong.length > 0
        ? [m.results.leftOut(wrong.map((what) => m.results.quoted(what)).join(', '))]
        : []),
      ...(fitting ? [] : [m.results.lostPage]),
    ],
  };
}

/** Null for a cursor that is not one of ours. */
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

function titleOf({ m, language }: Visit, { search, lists }: Results): string {
  const specialty = lists.specializations.find(({ code }) => code === search.specialization);
  if (specialty) return m.results.titleOf(specializationName(language, specialty));
  return search.q ? m.results.titleFor(search.q) : m.results.title;
}

function Found({ visit, results }: { visit: Visit; results: Results }) {
  const { m, language } = visit;
  const { search, lists, cursor, found } = results;
  const places = new Map(lists.districts.map((one) => [one.name, placeName(language, one)]));
  const count = digits(language, found.items.length);
  const counted = cursor ? m.results.foundMore(count) : m.results.found(count, found.nextCursor !== null);
  const page = (at?: string): string => {
    const query = String(searchAddress(search, at));
    return link(visit, '/doctors') + (query && `?${query}`);
  };
  return (
    <>
      <h2 className="border-b border-hairline pb-2 text-body">
        {found.items.length === 0 ? m.results.noneHere : counted}
      </h2>
      <ul>
        {found.items.map((doctor, index) => (
          <DoctorRow key={doctor.id} visit={visit} doctor={doctor} places={places} first={index === 0} />
        ))}
      </ul>
      <p className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-2">
        {found.nextCursor ? (
          <ButtonLink href={page(found.nextCursor)} look="secondary">
            {m.results.next}
          </ButtonLink>
        ) : null}
        {cursor ? (
          <a href={page()} className="link inline-flex min-h-12 items-center">
            {m.results.first}
          </a>
        ) : null}
      </p>
    </>
  );
}
