import type { SearchLists } from './search-lists.ts';
import { specializationName } from '../../lib/names.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';

/** The eight specialties most people come for, each with what they come with. */
export function SpecialtyList({ visit, all }: { visit: Visit; all: SearchLists['specializations'] }) {
  const { m, language } = visit;
  const hints: Readonly<Record<string, string>> = m.specialtyHints;
  const shown = Object.keys(hints).flatMap((code) => all.find((one) => one.code === code) ?? []);
  return (
    <ul className="grid grid-cols-2 gap-x-5 border-t border-hairline md:grid-cols-4 md:gap-x-8">
      {shown.map((one) => (
        <li key={one.code} className="border-b border-hairline">
          <a
            href={withQuery(link(visit, '/doctors'), { specialization: one.code })}
            data-block
            className="block h-full min-h-16 py-2 hover:bg-tint"
          >
            <span className="block font-semibold text-green underline underline-offset-4">
              {specializationName(language, one)}
            </span>
            <span className="block text-note text-quiet">{hints[one.code]}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
