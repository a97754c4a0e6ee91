import { searchDoctors } from '../../src/contract/doctors.ts';
import { listDistricts, listSpecializations } from '../../src/contract/locations.ts';
import { DoctorRow } from '../features/doctors/doctor-row.tsx';
import { endOfDays } from '../features/doctors/search-query.ts';
import { SpecialtyList } from '../features/doctors/specialty-list.tsx';
import { answerPage, languageCookieName } from '../features/site/document.tsx';
import { readCookie } from '../lib/cookies.ts';
import { placeName } from '../lib/names.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, type Visit } from '../lib/visit.ts';
import { Button } from '../ui/button.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { PageHeading, SectionHeading } from '../ui/layout.tsx';

export const home: PageRoute = {
  path: '/',
  get: async (visit) => {
    if (wantsEnglish(visit)) return seeOther(visit, '/en');
    const { m, language } = visit;
    const [{ items: specializations }, { items: districts }, free] = await Promise.all([
      visit.call(listSpecializations, {}),
      visit.call(listDistricts, { query: {} }),
      visit.call(searchDoctors, {
        query: { availableBefore: endOfDays(visit, 1), sort: 'soonest', limit: 5 },
      }),
    ]);
    const places = new Map(districts.map((one) => [one.name, placeName(language, one)]));
    return answerPage(
      visit,
      { title: m.home.title, open: true },
      <>
        <PageHeading lead={m.home.lead}>{m.home.heading}</PageHeading>
        <search>
          <form
            method="get"
            action={link(visit, '/doctors')}
            className="mb-10 grid grid-cols-1 gap-4 md:grid-cols-[minmax(0,1fr)_14rem_auto] md:items-end"
          >
            <TextField
              name="q"
              label={m.home.searchLabel}
              hint={m.home.searchHint}
              type="search"
              inputMode="search"
            />
            <Select
              name="district"
              label={m.home.district}
              options={[
                { value: '', text: m.home.anyDistrict },
                ...districts.map((one) => ({ value: one.name, text: placeName(language, one) })),
              ]}
            />
            <Button wide>{m.home.search}</Button>
          </form>
        </search>
        <section aria-labelledby="specialties" className="mb-10">
          <SectionHeading id="specialties">{m.home.specialties}</SectionHeading>
          <SpecialtyList visit={visit} all={specializations} />
          <a href={link(visit, '/doctors')} className="link inline-flex min-h-12 items-center">
            {m.home.allSpecialties}
          </a>
        </section>
        <section aria-labelledby="free-today">
          <SectionHeading id="free-today">{m.home.freeToday}</SectionHeading>
          {free.items.length === 0 ? (
            <p>{m.home.freeTodayNone}</p>
          ) : (
            <>
              <ul className="border-t border-hairline">
                {free.items.map((doctor, index) => (
                  <DoctorRow
                    key={doctor.id}
                    visit={visit}
                    doctor={doctor}
                    places={places}
                    first={index === 0}
                  />
                ))}
              </ul>
              <a href={link(visit, '/doctors?day=today')} className="link inline-flex min-h-12 items-center">
                {m.home.freeTodayMore}
              </a>
            </>
          )}
        </section>
      </>,
    );
  },
};

/**
 * Someone who typed the bare address and last read English, or reads here for the first time where English comes first. A
 * link from within the site is always taken at its word.
 */
function wantsEnglish({ request, language, context }: Visit): boolean {
  if (language !== 'bn' || request.headers.get('sec-fetch-site') !== 'none') return false;
  const lastRead = readCookie(request.headers.get('cookie'), languageCookieName);
  return (lastRead ?? context.settings.language) === 'en';
}
