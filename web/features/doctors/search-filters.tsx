import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { placeName, specializationName } from '../../lib/names.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import type { SearchLists } from './search-lists.ts';
import { type DoctorSearch, searchAddress } from './search-query.ts';

const fees = ['500', '800', '1000', '1500', '2000'];

/** The words searched for, and everything else behind "Filters". Works as a plain form. */
export function SearchFilters(props: { visit: Visit; search: DoctorSearch; lists: SearchLists }) {
  const { visit, search, lists } = props;
  const { m, language } = visit;
  const set = activeFilters(visit, search, lists).filter(({ name }) => name !== 'q').length;
  return (
    <search className="mb-6">
      <form method="get" action={link(visit, '/doctors')}>
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 grow basis-64">
            <TextField
              name="q"
              label={m.home.searchLabel}
              type="search"
              value={search.q}
              inputMode="search"
            />
          </div>
          <Button>{m.home.search}</Button>
        </div>
        <details className="group mt-3 border-y border-hairline">
          <summary className="flex min-h-12 items-center gap-2 font-semibold text-green">
            <span aria-hidden="true" className="inline-block w-4 text-center group-open:hidden">
              +
            </span>
            <span aria-hidden="true" className="hidden w-4 text-center group-open:inline-block">
              −
            </span>
            {set > 0 ? m.results.filtersSet(digits(language, set)) : m.results.filters}
          </summary>
          <div className="grid grid-cols-1 gap-4 pb-5 sm:grid-cols-2 lg:grid-cols-4">
            <Select
              name="specialization"
              label={m.results.specialty}
              value={search.specialization}
              options={[
                { value: '', text: m.results.anySpecialty },
                ...lists.specializations.map((one) => ({
                  value: one.code,
                  text: specializationName(language, one),
                })),
              ]}
            />
            <Select
              name="division"
              label={m.results.division}
              value={search.division}
              options={[
                { value: '', text: m.results.anyDivision },
                ...lists.divisions.map((one) => ({ value: one.name, text: placeName(language, one) })),
              ]}
            />
            <Select
              name="district"
              label={m.home.district}
              value={search.district}
              options={[
                { value: '', text: search.division ? m.results.anyDistrictOf : m.home.anyDistrict },
                ...lists.districts
                  .filter(({ division }) => !search.division || division === search.division)
                  .map((one) => ({ value: one.name, text: placeName(language, one) })),
              ]}
            />
            {search.district ? (
              <Select
                name="thana"
                label={m.results.thana}
                value={search.thana}
                options={[
                  { value: '', text: m.results.anyThana },
                  ...lists.thanas.map((one) => ({ value: one.name, text: placeName(language, one) })),
                ]}
              />
            ) : null}
            <Select
              name="gender"
              label={m.results.gender}
              value={search.gender}
              options={[
                { value: '', text: m.results.anyGender },
                { value: 'female', text: m.results.female },
                { value: 'male', text: m.results.male },
              ]}
            />
            <Select
              name="maxFee"
              label={m.results.maxFee}
              value={search.maxFee}
              options={[
                { value: '', text: m.results.anyFee },
                ...[...new Set([...fees, ...(search.maxFee ? [search.maxFee] : [])])].map((amount) => ({
                  value: amount,
                  text: formatMoney(language, { amount, currency: 'BDT' }),
                })),
              ]}
            />
            <Select
              name="day"
              label={m.results.day}
              value={search.day}
              options={[
                { value: '', text: m.results.days.any },
                { value: 'today', text: m.results.days.today },
                { value: 'tomorrow', text: m.results.days.tomorrow },
                { value: 'week', text: m.results.days.week },
              ]}
            />
            <Select
              name="sort"
              label={m.results.sort}
              value={search.sort === 'fee' ? 'fee' : ''}
              options={[
                { value: '', text: m.results.sorts.soonest },
                { value: 'fee', text: m.results.sorts.fee },
              ]}
            />
            <div className="flex items-end">
              <Button look="secondary" wide>
                {m.results.apply}
              </Button>
            </div>
          </div>
        </details>
      </form>
    </search>
  );
}

/** One link for each filter that is set: the same search without it. */
export function ActiveFilters(props: { visit: Visit; search: DoctorSearch; lists: SearchLists }) {
  const { visit, search, lists } = props;
  const { m } = visit;
  const active = activeFilters(visit, search, lists);
  if (active.length === 0) return null;
  return (
    <ul className="mb-4 flex flex-wrap gap-2">
      {active.map(({ name, text }) => (
        <li key={name}>
          <a
            href={withQuery(link(visit, '/doctors'), without(search, name))}
            aria-label={m.results.remove(text)}
            data-block
            className="inline-flex min-h-12 items-center gap-2 rounded-input border border-edge bg-white px-3 hover:bg-tint"
          >
            {text} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      {active.length > 1 ? (
        <li>
          <a href={link(visit, '/doctors')} className="link inline-flex min-h-12 items-center px-2">
            {m.results.clear}
          </a>
        </li>
      ) : null}
    </ul>
  );
}

/** A thana goes with its district. */
const without = (search: DoctorSearch, name: keyof DoctorSearch): Record<string, string> =>
  Object.fromEntries(searchAddress({ ...search, [name]: '', ...(name === 'district' ? { thana: '' } : {}) }));

function activeFilters(visit: Visit, search: DoctorSearch, lists: SearchLists) {
  const { m, language } = visit;
  const specialty = lists.specializations.find(({ code }) => code === search.specialization);
  const district = lists.districts.find(({ name }) => name === search.district);
  const thana = lists.thanas.find(({ name }) => name === search.thana);
  const division = lists.divisions.find(({ name }) => name === search.division);
  const texts: { name: keyof DoctorSearch; text: string }[] = [
    { name: 'q', text: search.q && m.results.search(search.q) },
    {
      name: 'specialization',
      text: specialty ? specializationName(language, specialty) : search.specialization,
    },
    { name: 'thana', text: thana ? placeName(language, thana) : search.thana },
    { name: 'district', text: district ? placeName(language, district) : search.district },
    {
      name: 'division',
      text: division ? m.results.inDivision(placeName(language, division)) : search.division,
    },
    { name: 'gender', text: search.gender && `${m.results.gender}: ${m.results[search.gender]}` },
    {
      name: 'maxFee',
      text:
        search.maxFee && m.results.feeUpTo(formatMoney(language, { amount: search.maxFee, currency: 'BDT' })),
    },
    { name: 'day', text: search.day && `${m.results.day}: ${m.results.days[search.day]}` },
  ];
  return texts.filter(({ text }) => text !== '');
}
